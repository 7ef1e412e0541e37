#include "lib/table/xlsxcheck.h"

#include <expat.h>
#include <stdint.h>
#include <string.h>

#include "lib/archive/zipin.h"
#include "lib/base/buf.h"

static size_t
count_of(const struct buf *part, const char *what)
{
	const char *at = part->data, *end = part->data + part->len;
	size_t len = strlen(what), count = 0;

	while ((at = memmem(at, (size_t)(end - at), what, len)) != NULL) {
		at += len;
		count++;
	}
	return count;
}

static int
ends_with(const struct buf *part, const char *what, size_t len)
{
	return part->len >= len &&
	    memcmp(part->data + part->len - len, what, len) == 0;
}

/* What an XML part is seen to hold while it is parsed. */
struct part_seen {
	XML_Parser parser;
	struct zipin *zip;
	const char *name;		/* of the part */
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

static int
parses(struct zipin *zip, const char *name, const struct buf *part, struct buf *err)
{
	struct part_seen seen = { XML_ParserCreate(NULL), zip, name, err };
	int whole;

	if (seen.parser == NULL)
		return 0;
	XML_SetUserData(seen.parser, &seen);
	XML_SetStartElementHandler(seen.parser, see_element);
	whole = part->len <= INT32_MAX && XML_Parse(seen.parser, part->data, (int)part->len,
	    1) == XML_STATUS_OK;
	XML_ParserFree(seen.parser);
	return whole;
}

static int
is_whole(struct zipin *zip, const char *name, const struct buf *part, struct buf *err)
{
	static const char media[] = "xl/media/";

	if (strncmp(name, media, strlen(media)) == 0)
		return ends_with(part, "\xff\xd9", 2);	/* JPEG: EOI */
	return parses(zip, name, part, err);
}

static int
check_parts(struct zipin *zip, struct buf *part, struct buf *err)
{
	const char *name;
	size_t i;

	for (i = 0; i < zipin_count(zip); i++) {
		buf_clear(part);
		if (zipin_read(zip, i, SIZE_MAX / 4, part, err) != 0)
			return -1;
		name = zipin_at(zip, i)->name;
		if (!is_whole(zip, name, part, err)) {
			if (err->len == 0)
				buf_addf(err, "part '%s' of the workbook is not whole",
				    name);
			return -1;
		}
	}
	return 0;
}

static int
count_in(struct zipin *zip, const char *name, const char *what,
    struct buf *part, size_t *count, struct buf *err)
{
	long index = zipin_find(zip, name);

	*count = 0;
	buf_clear(part);
	if (index < 0)
		return 0;
	if (zipin_read(zip, (size_t)index, SIZE_MAX / 4, part, err) != 0)
		return -1;
	*count = count_of(part, what);
	return 0;
}

/* Drawings are numbered by themselves: only sheets with pictures have one. */
static int
check_sheets(struct zipin *zip, const struct xlsxcheck_sheet *sheets,
    size_t count, struct buf *part, struct buf *err)
{
	struct buf name = BUF_INIT;
	size_t i, cells, pictures, drawing = 0;
	int result = -1;

	for (i = 0; i < count; i++) {
		buf_clear(&name);
		buf_addf(&name, "xl/worksheets/sheet%zu.xml", i + 1);
		if (count_in(zip, name.data, "<c r=", part, &cells, err) != 0)
			goto out;
		pictures = 0;
		if (sheets[i].pictures > 0) {
			buf_clear(&name);
			buf_addf(&name, "xl/drawings/drawing%zu.xml", ++drawing);
			if (count_in(zip, name.data, "<xdr:pic>", part, &pictures,
			    err) != 0)
				goto out;
		}
		if (cells != sheets[i].cells || pictures != sheets[i].pictures) {
			buf_addf(err, "sheet %zu of the workbook has %zu cells and "
			    "%zu pictures instead of %zu and %zu", i + 1, cells,
			    pictures, sheets[i].cells, sheets[i].pictures);
			goto out;
		}
	}
	result = 0;
out:
	buf_release(&name);
	return result;
}

int
xlsxcheck(const char *path, const struct xlsxcheck_sheet *sheets, size_t count,
    struct buf *err)
{
	const struct zipin_limits limits = { SIZE_MAX, UINT16_MAX };
	struct zipin *zip = zipin_open(path, &limits, err);
	struct buf part = BUF_INIT;
	int result = -1;

	if (zip != NULL && check_parts(zip, &part, err) == 0 &&
	    check_sheets(zip, sheets, count, &part, err) == 0)
		result = 0;
	buf_release(&part);
	zipin_close(zip);
	return result;
}
