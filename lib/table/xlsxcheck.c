#include "lib/table/xlsxcheck.h"

#include <expat.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/archive/sink.h"
#include "lib/archive/zipin.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"

/* What a part is seen to hold while it is unpacked. */
struct part_seen {
	XML_Parser parser;		/* of XML; of a picture NULL */
	struct zipin *zip;
	const char *name;		/* of the part */
	size_t cells, pictures;
	int declared;			/* XML begins as such */
	unsigned char last[2];		/* bytes of a picture */
	struct buf *err;
};

static const char *
attribute(const char **attributes, const char *name)
{
	for (; attributes[0] != NULL; attributes += 2)
		if (strcmp(attributes[0], name) == 0)
			return attributes[1];
	return NULL;
}

/* Where a relationship leads: from the folder above _rels, or from the root. */
static void
add_target(const char *part, const char *target, struct buf *path)
{
	const char *folder = strstr(part, "_rels/");

	if (*target == '/') {
		buf_adds(path, target + 1);
		return;
	}
	buf_add(path, part, (size_t)(folder - part));
	for (; strncmp(target, "../", 3) == 0; target += 3) {
		if (path->len > 0)
			path->len--;
		while (path->len > 0 && path->data[path->len - 1] != '/')
			path->len--;
	}
	path->data[path->len] = '\0';
	buf_adds(path, target);
}

/* Every part that a relationship or the list of types names is there. */
static void
see_element(void *state, const char *element, const char **attributes)
{
	struct part_seen *seen = state;
	const char *target = NULL, *mode = attribute(attributes, "TargetMode");
	struct buf path = BUF_INIT;

	if (strcmp(element, "c") == 0)
		seen->cells += attribute(attributes, "r") != NULL;
	else if (strcmp(element, "xdr:pic") == 0)
		seen->pictures++;
	if (strcmp(element, "Relationship") == 0 && strstr(seen->name, "_rels/") != NULL &&
	    (mode == NULL || strcmp(mode, "External") != 0))
		target = attribute(attributes, "Target");
	else if (strcmp(element, "Override") == 0)
		target = attribute(attributes, "PartName");
	if (target != NULL && strcmp(element, "Override") == 0)
		buf_adds(&path, target + (*target == '/'));
	else if (target != NULL)
		add_target(seen->name, target, &path);
	if (target != NULL && zipin_find(seen->zip, path.data) < 0) {
		buf_addf(seen->err, "part '%s' of the workbook is missing", path.data);
		XML_StopParser(seen->parser, XML_FALSE);
	}
	buf_release(&path);
}

/* A part whose first write was lost is XML still, of no version that it tells. */
static void
see_declaration(void *state, const char *version, const char *encoding, int standalone)
{
	struct part_seen *seen = state;

	(void)version;
	(void)encoding;
	(void)standalone;
	seen->declared = 1;
}

static int
put(void *state, const void *bytes, size_t len)
{
	struct part_seen *seen = state;
	const unsigned char *byte = bytes;
	size_t i;

	if (seen->parser != NULL)
		return XML_Parse(seen->parser, bytes, (int)len, 0) == XML_STATUS_OK ? 0 : -1;
	for (i = len > 2 ? len - 2 : 0; i < len; i++) {
		seen->last[0] = seen->last[1];
		seen->last[1] = byte[i];
	}
	return 0;
}

/* Whether the part is read to its end: XML that says so and is well formed, a JPEG with its
 * end. */
static int
is_whole(struct part_seen *seen, size_t index)
{
	const struct sink sink = { seen, put };

	if (zipin_stream(seen->zip, index, SIZE_MAX / 4, &sink, seen->err) != 0)
		return 0;
	return seen->parser != NULL ?
	    XML_Parse(seen->parser, "", 0, 1) == XML_STATUS_OK && seen->declared :
	    seen->last[0] == 0xff && seen->last[1] == 0xd9;
}

/* Read a part and count what is in it.  0, or -1 with the reason. */
static int
see_part(struct zipin *zip, size_t index, struct part_seen *seen, struct buf *err)
{
	static const char media[] = "xl/media/";
	const char *name = zipin_at(zip, index)->name;
	int whole;

	*seen = (struct part_seen){ .zip = zip, .name = name, .err = err };
	if (strncmp(name, media, strlen(media)) != 0) {
		seen->parser = XML_ParserCreate(NULL);
		XML_SetUserData(seen->parser, seen);
		XML_SetXmlDeclHandler(seen->parser, see_declaration);
		XML_SetStartElementHandler(seen->parser, see_element);
	}
	whole = is_whole(seen, index);
	if (seen->parser != NULL)
		XML_ParserFree(seen->parser);
	if (!whole && err->len == 0)
		buf_addf(err, "part '%s' of the workbook is not whole", name);
	return whole ? 0 : -1;
}

/* NAMEn.xml, n from 1; 0 when it is none. */
static size_t
number_of(const char *part, const char *name)
{
	size_t len = strlen(name);

	return strncmp(part, name, len) == 0 ? strtoul(part + len, NULL, 10) : 0;
}

/* Read all parts; what each sheet and each drawing holds.  Drawings are numbered by
 * themselves: only sheets with pictures have one. */
static int
see_parts(struct zipin *zip, struct xlsxcheck_sheet *found, size_t count, struct buf *err)
{
	struct part_seen seen;
	size_t i, sheet, drawing;

	for (i = 0; i < zipin_count(zip); i++) {
		if (see_part(zip, i, &seen, err) != 0)
			return -1;
		sheet = number_of(seen.name, "xl/worksheets/sheet");
		drawing = number_of(seen.name, "xl/drawings/drawing");
		if (sheet > 0 && sheet <= count)
			found[sheet - 1].cells = seen.cells;
		if (drawing > 0 && drawing <= count)
			found[drawing - 1].pictures = seen.pictures;
	}
	return 0;
}

static int
compare(const struct xlsxcheck_sheet *given, const struct xlsxcheck_sheet *found,
    size_t count, struct buf *err)
{
	size_t i, pictures, drawing = 0;

	for (i = 0; i < count; i++) {
		pictures = given[i].pictures > 0 ? found[drawing++].pictures : 0;
		if (found[i].cells == given[i].cells && pictures == given[i].pictures)
			continue;
		buf_addf(err, "sheet %zu of the workbook has %zu cells and "
		    "%zu pictures instead of %zu and %zu", i + 1, found[i].cells,
		    pictures, given[i].cells, given[i].pictures);
		return -1;
	}
	return 0;
}

int
xlsxcheck(const char *path, const struct xlsxcheck_sheet *sheets, size_t count,
    struct buf *err)
{
	const struct zipin_limits limits = { SIZE_MAX, UINT16_MAX };
	struct zipin *zip = zipin_open(path, &limits, err);
	struct xlsxcheck_sheet *found = xcalloc(count + 1, sizeof *found);
	int result = -1;

	if (zip != NULL && see_parts(zip, found, count, err) == 0)
		result = compare(sheets, found, count, err);
	free(found);
	zipin_close(zip);
	return result;
}
