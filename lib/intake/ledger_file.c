#include "lib/intake/ledger.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/seal.h"
#include "lib/intake/ledger_parts.h"

#define ROSTER_FILE "roster.ndjson"

enum { FLUSH_BYTES = 1 << 16 };

static const char *const kinds[] = {
	[LEDGER_PICTURE] = "picture",
	[LEDGER_UNREADABLE] = "unreadable",
	[LEDGER_REFUSED] = "refused",
	[LEDGER_ROSTER] = "roster",
	[LEDGER_ARCHIVE] = "archive",
	[LEDGER_SIDECAR] = "sidecar",
	[LEDGER_EMPTY] = "empty"
};

static const char *const gaps[] = {
	[LEDGER_LINE] = "line",
	[LEDGER_ROW] = "row",
	[LEDGER_REPEATED] = "repeated",
	[LEDGER_COLUMN] = "column",
	[LEDGER_SHEET] = "sheet",
	[LEDGER_FILE] = "file"
};

static const char *const searches[LEDGER_SEVERAL_CODES + 1] = {
	[LEDGER_NO_CODE] = "none",
	[LEDGER_SEVERAL_CODES] = "several"
};

/* ---- reading ---- */

static char *
copy_text(const struct node *node, const char *name)
{
	const char *text = node_text(node, name);

	return text != NULL ? xstrdup(text) : NULL;
}

static void
note_number(struct ledger *ledger, long n)
{
	if (n > ledger->last)
		ledger->last = n;
}

static const char *
text_of(const struct node *line, const char *name)
{
	const char *text = node_text(line, name);

	return text != NULL ? text : "";
}

static int
read_gap(struct ledger *ledger, const struct node *line)
{
	const char *word = node_text(line, "gap");
	struct ledger_gap gap = { .error = node_true(line, "error"),
	    .row = (long)node_integer(line, "row", 0),
	    .last = (long)node_integer(line, "last", 0),
	    .says = (uint64_t)node_integer(line, "says", 0) };
	struct buf texts[] = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT };
	size_t kind, i;

	for (kind = 0; kind < sizeof gaps / sizeof gaps[0]; kind++)
		if (strcmp(word, gaps[kind]) == 0)
			break;
	if (kind == sizeof gaps / sizeof gaps[0])
		return -1;
	gap.kind = (enum ledger_gap_kind)kind;
	buf_adds(&texts[0], text_of(line, "file"));
	buf_adds(&texts[1], text_of(line, "sheet"));
	buf_adds(&texts[2], text_of(line, "text"));
	buf_adds(&texts[3], text_of(line, "reason"));
	buf_adds(&texts[4], text_of(line, "folder"));
	gap.roster = texts[0].data;
	gap.sheet = texts[1].data;
	gap.text = texts[2].data;
	gap.reason = texts[3].data;
	gap.folder = texts[4].data;
	ledger_add_gap(ledger, &gap);
	for (i = 0; i < sizeof texts / sizeof texts[0]; i++)
		buf_release(&texts[i]);
	return 0;
}

/* A student, a roster or a gap has these members and no other. */
static void
judge_member(void *state, const char *name, struct node *value)
{
	static const char *const known[] = { "n", "student", "removed", "kept", "roster",
	    "lines", "gap", "file", "sheet", "folder", "row", "last", "says", "text",
	    "reason", "error" };
	int *strange = state, is_known = 0;

	(void)value;
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		is_known |= strcmp(name, known[i]) == 0;
	*strange |= !is_known;
}

/* A line of roster.ndjson; -1 when it is none. */
static int
read_student(struct ledger *ledger, const struct batch *batch,
    const struct node *line)
{
	const struct node *object = node_get(line, "student");
	struct ledger_student *student;
	struct buf json = BUF_INIT;
	int strange = 0;

	node_each(line, judge_member, &strange);
	if (strange)
		return -1;
	if (node_text(line, "roster") != NULL) {
		free(ledger->roster);
		ledger->roster = copy_text(line, "roster");
		ledger->lines = (long)node_integer(line, "lines", 0);
		return 0;
	}
	if (node_text(line, "gap") != NULL)
		return read_gap(ledger, line);
	if (!node_is_object(object))
		return -1;
	student = ledger_add_student(ledger);
	node_print(object, &json);
	ledger_set_student(ledger, student, batch, json.data, json.len);
	buf_release(&json);
	student->n = (long)node_integer(line, "n", 0);
	student->removed = node_true(line, "removed");
	student->kept = node_true(line, "kept");
	note_number(ledger, student->n);
	return 0;
}

static enum ledger_kind
parse_kind(const char *word)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (word != NULL && strcmp(word, kinds[i]) == 0)
			return (enum ledger_kind)i;
	return LEDGER_REFUSED;
}

static enum ledger_search
parse_search(const char *word)
{
	for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++)
		if (word != NULL && searches[i] != NULL &&
		    strcmp(word, searches[i]) == 0)
			return (enum ledger_search)i;
	return LEDGER_UNSOUGHT;
}

static int
read_entry(struct ledger *ledger, const struct node *line)
{
	struct ledger_upload *upload;
	struct ledger_entry *entry;
	const char *sha256 = node_text(line, "sha256");

	if (ledger->upload_count == 0 || node_text(line, "name") == NULL)
		return -1;
	upload = &ledger->uploads[ledger->upload_count - 1];
	upload->entries = ledger_one_more(upload->entries, upload->count,
	    sizeof *upload->entries);
	entry = &upload->entries[upload->count++];
	memset(entry, 0, sizeof *entry);
	entry->name = copy_text(line, "name");
	entry->reason = copy_text(line, "reason");
	entry->kind = parse_kind(node_text(line, "kind"));
	entry->number = (long)node_integer(line, "number", 0);
	entry->n = (long)node_integer(line, "n", 0);
	entry->bytes = (unsigned long long)node_integer(line, "bytes", 0);
	entry->format = ledger_format(node_text(line, "format"));
	entry->width = (int)node_integer(line, "width", 0);
	entry->height = (int)node_integer(line, "height", 0);
	entry->orientation = (int)node_integer(line, "orientation", 0);
	if (sha256 != NULL && strlen(sha256) == HASH_TEXT - 1)
		memcpy(entry->sha256, sha256, HASH_TEXT);
	entry->code = copy_text(line, "code");
	entry->search = entry->code != NULL ? LEDGER_ONE_CODE :
	    parse_search(node_text(line, "search"));
	note_number(ledger, entry->n);
	return 0;
}

static int
read_upload(struct ledger *ledger, const struct batch *batch,
    const struct node *line)
{
	struct ledger_upload *upload;

	(void)batch;
	if (node_text(line, "upload") == NULL)
		return read_entry(ledger, line);
	upload = ledger_add_upload(ledger);
	upload->name = copy_text(line, "upload");
	upload->damage = copy_text(line, "damage");
	if (node_text(line, "day") != NULL)
		snprintf(upload->day, sizeof upload->day, "%s",
		    node_text(line, "day"));
	upload->junk = (long)node_integer(line, "junk", 0);
	upload->codes = node_true(line, "codes");
	return 0;
}

typedef int take_line(struct ledger *, const struct batch *,
    const struct node *);

/* Take the lines up to the seal, seal.h; *sealed when it was there and right. */
static int
read_lines(struct ledger *ledger, const struct batch *batch,
    struct io_lines *lines, int *sealed, take_line *take, struct buf *err)
{
	struct buf text = BUF_INIT, reason = BUF_INIT;
	struct seal *seal = seal_new();
	struct node *line;
	int got, whole, result = 0;

	while (result == 0 && !*sealed &&
	    (got = io_lines_next(lines, &text, &whole, err)) != 0) {
		if (got == 1 && whole && seal_is(seal, text.data, text.len)) {
			*sealed = 1;
			continue;
		}
		seal_line(seal, text.data, text.len);
		line = got == 1 && whole ?
		    node_parse(text.data, text.len, &reason) : NULL;
		if (line == NULL || take(ledger, batch, line) == -1) {
			if (got == 1)
				fault_own(err, "'%s' is damaged in line %ld",
				    lines->name, lines->number);
			result = -1;
		}
		node_free(line);
	}
	if (result == 0 && (!*sealed || io_lines_next(lines, &text, &whole, err) != 0)) {
		fault_own(err, "'%s' is damaged: it is not as it was written", lines->name);
		result = -1;
	}
	seal_free(seal);
	buf_release(&text);
	buf_release(&reason);
	return result;
}

static int
load_file(struct ledger *ledger, const struct batch *batch, const char *name,
    take_line *take, struct buf *err)
{
	struct buf path = BUF_INIT;
	struct io_lines lines;
	int result = 0, sealed = 0;

	batch_path(batch, name, &path);
	if (access(path.data, F_OK) == 0) {
		result = io_lines_open(&lines, path.data, err);
		if (result == 0) {
			result = read_lines(ledger, batch, &lines, &sealed,
			    take, err);
			io_lines_close(&lines);
		}
	}
	buf_release(&path);
	return result;
}

int
ledger_load(struct ledger *ledger, const struct batch *batch, struct buf *err)
{
	if (load_file(ledger, batch, ROSTER_FILE, read_student, err) == -1)
		return -1;
	return load_file(ledger, batch, LEDGER_UPLOADS, read_upload, err);
}

/* ---- writing ---- */

struct writer {
	struct io_product product;
	struct seal *seal;
	struct buf text;
	int failed;		/* errno */
};

static void
flush(struct writer *writer, size_t limit)
{
	if (writer->text.len < limit || writer->text.len == 0)
		return;
	seal_bytes(writer->seal, writer->text.data, writer->text.len);
	if (writer->failed == 0 && io_write_all(writer->product.fd,
	    writer->text.data, writer->text.len) == -1)
		writer->failed = errno;
	buf_clear(&writer->text);
}

static void
write_line(struct writer *writer, struct node *line)
{
	node_print(line, &writer->text);
	buf_addc(&writer->text, '\n');
	flush(writer, FLUSH_BYTES);
	node_free(line);
}

static void
set_unless_empty(struct node *line, const char *name, const char *text)
{
	if (*text != '\0')
		node_set_text(line, name, text);
}

static void
write_gap(const struct ledger_gap *gap, struct writer *writer)
{
	struct node *line = node_object();

	node_set_text(line, "gap", gaps[gap->kind]);
	set_unless_empty(line, "file", gap->roster);
	set_unless_empty(line, "sheet", gap->sheet);
	set_unless_empty(line, "folder", gap->folder);
	if (gap->row > 0) {
		node_set_integer(line, "row", gap->row);
		node_set_integer(line, "last", gap->last);
	}
	if (gap->says != 0)
		node_set_integer(line, "says", (long long)gap->says);
	set_unless_empty(line, "text", gap->text);
	node_set_text(line, "reason", gap->reason);
	if (gap->error)
		node_set_flag(line, "error", 1);
	write_line(writer, line);
}

static void
write_roster(const struct ledger *ledger, struct writer *writer)
{
	struct node *line;

	if (ledger->roster != NULL) {
		line = node_object();
		node_set_text(line, "roster", ledger->roster);
		node_set_integer(line, "lines", ledger->lines);
		write_line(writer, line);
	}
	for (size_t i = 0; i < ledger->student_count; i++) {
		const struct ledger_student *student = &ledger->students[i];

		buf_addf(&writer->text, "{\"n\":%ld,\"student\":%s%s%s}\n",
		    student->n, textstore_get(ledger->texts, student->json),
		    student->removed ? ",\"removed\":true" : "",
		    student->kept ? ",\"kept\":true" : "");
		flush(writer, FLUSH_BYTES);
	}
	for (size_t i = 0; i < ledger->gap_count; i++)
		write_gap(&ledger->gaps[i], writer);
}

static void
write_entry(const struct ledger_entry *entry, struct writer *writer)
{
	struct node *line = node_object();

	node_set_integer(line, "number", entry->number);
	node_set_text(line, "name", entry->name);
	node_set_text(line, "kind", kinds[entry->kind]);
	node_set_text(line, "reason", entry->reason);
	node_set_integer(line, "bytes", (long long)entry->bytes);
	if (entry->sha256[0] != '\0')
		node_set_text(line, "sha256", entry->sha256);
	node_set_text(line, "format", entry->format);
	if (entry->width > 0) {
		node_set_integer(line, "width", entry->width);
		node_set_integer(line, "height", entry->height);
		node_set_integer(line, "orientation", entry->orientation);
	}
	node_set_text(line, "code", entry->code);
	if (entry->search != LEDGER_ONE_CODE)
		node_set_text(line, "search", searches[entry->search]);
	if (entry->n > 0)
		node_set_integer(line, "n", entry->n);
	write_line(writer, line);
}

static void
write_uploads(const struct ledger *ledger, struct writer *writer)
{
	for (size_t i = 0; i < ledger->upload_count; i++) {
		const struct ledger_upload *upload = &ledger->uploads[i];
		struct node *line = node_object();

		node_set_text(line, "upload", upload->name);
		node_set_text(line, "damage", upload->damage);
		if (upload->day[0] != '\0')
			node_set_text(line, "day", upload->day);
		node_set_integer(line, "junk", upload->junk);
		if (upload->codes)
			node_set_flag(line, "codes", 1);
		write_line(writer, line);
		for (size_t k = 0; k < upload->count; k++)
			write_entry(&upload->entries[k], writer);
	}
}

static int
save_file(const struct ledger *ledger, const struct batch *batch,
    const char *name, void (*put)(const struct ledger *, struct writer *),
    struct buf *err)
{
	struct writer writer = { .product = { .fd = -1 }, .seal = seal_new(),
	    .text = BUF_INIT };
	struct buf path = BUF_INIT;
	int result = -1;

	batch_path(batch, name, &path);
	if (io_product_open(&writer.product, path.data, err) == -1)
		goto out;
	put(ledger, &writer);
	flush(&writer, 0);
	seal_end(writer.seal, &writer.text);
	flush(&writer, 0);
	errno = writer.failed;
	if (writer.failed != 0)
		fault_own_system(err, "cannot write '%s'", path.data);
	else
		result = io_product_publish(&writer.product,
		    IO_REPLACE | IO_INTERNAL, err);
out:
	io_product_release(&writer.product);
	seal_free(writer.seal);
	buf_release(&writer.text);
	buf_release(&path);
	return result;
}

int
ledger_save(const struct ledger *ledger, const struct batch *batch,
    struct buf *err)
{
	if (save_file(ledger, batch, ROSTER_FILE, write_roster, err) == -1)
		return -1;
	return save_file(ledger, batch, LEDGER_UPLOADS, write_uploads, err);
}
