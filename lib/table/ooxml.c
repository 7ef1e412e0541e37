#include "lib/table/ooxml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/archive/sink.h"
#include "lib/archive/zipin.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/table/table.h"

enum {
	ENTRIES_MAX = 20000,	/* pictures in a workbook are entries, too */
	NAME_MAX_BYTES = 1024,
	DEPTH_MAX = 256,
	PIECE_BYTES = 1 << 16,
	TOKEN_MAX = 1 << 20,	/* bytes of a tag, a comment ... */
	SEPARATOR = '\n'	/* between namespace and name, in neither */
};

struct ooxml {
	struct zipin *zip;
};

struct ooxml *
ooxml_open(const char *path, struct buf *err)
{
	static const struct zipin_limits limits = {
		ENTRIES_MAX, NAME_MAX_BYTES
	};
	struct zipin *zip = zipin_open(path, &limits, err);
	struct ooxml *package;

	if (zip == NULL)
		return NULL;
	package = xcalloc(1, sizeof *package);
	package->zip = zip;
	return package;
}

void
ooxml_close(struct ooxml *package)
{
	if (package == NULL)
		return;
	zipin_close(package->zip);
	free(package);
}

static int
same_part(const char *entry, const char *part)
{
	for (; *entry != '\0' && *part != '\0'; entry++, part++)
		if (strncasecmp(*entry == '\\' ? "/" : entry, part, 1) != 0)
			return 0;
	return *entry == *part;
}

static long
find_part(const struct ooxml *package, const char *part)
{
	size_t i, count = zipin_count(package->zip);

	for (i = 0; i < count; i++)
		if (same_part(zipin_at(package->zip, i)->name, part))
			return (long)i;
	return -1;
}

int
ooxml_broke_off(const struct ooxml *package)
{
	return zipin_salvaged(package->zip);
}

int
ooxml_has(const struct ooxml *package, const char *part)
{
	return find_part(package, part) >= 0;
}

/* ---- parsing ---- */

struct parsing {
	XML_Parser parser;
	int any;		/* elements of all namespaces */
	const struct ooxml_handler *handler;
	void *state;
	int depth, foreign;	/* depth below an element that is not ours */
	int failed;		/* with a reason in err */
	unsigned long long fed;	/* bytes */
	struct buf *err;
};

static void
stop(struct parsing *parsing)
{
	parsing->failed = 1;
	XML_StopParser(parsing->parser, XML_FALSE);
}

/* The local name of an element of ours, or NULL. */
static const char *
local_name(const char *name)
{
	const char *local = strrchr(name, SEPARATOR), *found;
	static const char *const ours[] = { "spreadsheetml", "relationships" };
	size_t i;

	if (local == NULL)
		return name;
	for (i = 0; i < sizeof ours / sizeof *ours; i++) {
		found = strstr(name, ours[i]);
		if (found != NULL && found < local)
			return local + 1;
	}
	return NULL;
}

static const char *
any_name(const char *name)
{
	const char *local = strrchr(name, SEPARATOR);

	return local != NULL ? local + 1 : name;
}

static void XMLCALL
on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct parsing *parsing = data;
	const struct ooxml_handler *handler = parsing->handler;
	const char *local = parsing->any ? any_name(name) : local_name(name);

	if (parsing->failed)
		return;
	if (++parsing->depth > DEPTH_MAX) {
		buf_addf(parsing->err, "elements nested deeper than %d",
		    DEPTH_MAX);
		stop(parsing);
	} else if (local == NULL || parsing->foreign > 0) {
		parsing->foreign++;
	} else if (handler->start != NULL && handler->start(parsing->state,
	    local, attributes, parsing->err) == -1) {
		stop(parsing);
	}
}

static void XMLCALL
on_end(void *data, const XML_Char *name)
{
	struct parsing *parsing = data;
	const struct ooxml_handler *handler = parsing->handler;

	if (parsing->failed)
		return;
	parsing->depth--;
	if (parsing->foreign > 0)
		parsing->foreign--;
	else if (handler->end != NULL && handler->end(parsing->state,
	    parsing->any ? any_name(name) : local_name(name),
	    parsing->err) == -1)
		stop(parsing);
}

static void XMLCALL
on_text(void *data, const XML_Char *text, int len)
{
	struct parsing *parsing = data;
	const struct ooxml_handler *handler = parsing->handler;

	if (!parsing->failed && parsing->foreign == 0 &&
	    handler->text != NULL && handler->text(parsing->state, text,
	    (size_t)len, parsing->err) == -1)
		stop(parsing);
}

static void XMLCALL
on_doctype(void *data, const XML_Char *name, const XML_Char *system_id,
    const XML_Char *public_id, int has_internal_subset)
{
	struct parsing *parsing = data;

	(void)name;
	(void)system_id;
	(void)public_id;
	(void)has_internal_subset;
	buf_adds(parsing->err, "a document type declaration, which no "
	    "spreadsheet program writes");
	stop(parsing);
}

static int
feed(struct parsing *parsing, const char *bytes, size_t len, int last)
{
	XML_Parser parser = parsing->parser;
	enum XML_Status status = XML_Parse(parser, bytes, (int)len, last);

	parsing->fed += len;
	if (status == XML_STATUS_OK && (long long)parsing->fed -
	    XML_GetCurrentByteIndex(parser) <= TOKEN_MAX)
		return 0;
	if (!parsing->failed)
		buf_addf(parsing->err, "line %lu: %s",
		    (unsigned long)XML_GetCurrentLineNumber(parser),
		    status == XML_STATUS_OK ? "a tag without an end" :
		    XML_ErrorString(XML_GetErrorCode(parser)));
	parsing->failed = 1;
	return -1;
}

static int
put(void *state, const void *bytes, size_t len)
{
	return feed(state, bytes, len, 0);
}

static void
begin(struct parsing *parsing, const char *encoding)
{
	parsing->parser = XML_ParserCreateNS(encoding, SEPARATOR);
	if (parsing->parser == NULL)
		msg_die("out of memory");
	XML_SetUserData(parsing->parser, parsing);
	XML_SetElementHandler(parsing->parser, on_start, on_end);
	XML_SetCharacterDataHandler(parsing->parser, on_text);
	XML_SetStartDoctypeDeclHandler(parsing->parser, on_doctype);
}

int
ooxml_parse_text(const char *text, size_t len,
    const struct ooxml_handler *handler, void *state, struct buf *err)
{
	struct parsing parsing = {
		.handler = handler, .state = state, .err = err, .any = 1
	};
	size_t at, piece;
	int result = 0;

	begin(&parsing, "UTF-8");
	for (at = 0; at < len && result == 0; at += piece) {
		piece = len - at < PIECE_BYTES ? len - at : PIECE_BYTES;
		result = feed(&parsing, text + at, piece, 0);
	}
	if (result == 0)
		result = feed(&parsing, "", 0, 1);
	XML_ParserFree(parsing.parser);
	return result;
}

int
ooxml_parse(struct ooxml *package, const char *part,
    const struct ooxml_handler *handler, void *state, struct buf *err)
{
	struct buf reason = BUF_INIT;
	struct parsing parsing = {
		.handler = handler, .state = state, .err = &reason
	};
	const struct sink sink = { &parsing, put };
	long index = find_part(package, part);
	int result;

	if (index < 0) {
		buf_addf(err, "'%s' is missing from it", part);
		return -1;
	}
	begin(&parsing, NULL);
	result = zipin_stream(package->zip, (size_t)index, TABLE_PART_MAX,
	    &sink, &reason);
	if (result == 0)
		result = feed(&parsing, "", 0, 1);
	if (result == -1)
		buf_addf(err, "'%s': %s", part, reason.data);
	XML_ParserFree(parsing.parser);
	buf_release(&reason);
	return result;
}

const char *
ooxml_attribute(const char **attributes, const char *name)
{
	const char *local;

	for (; *attributes != NULL; attributes += 2) {
		local = strrchr(*attributes, SEPARATOR);
		if (strcmp(local != NULL ? local + 1 : *attributes, name) == 0)
			return attributes[1];
	}
	return NULL;
}
