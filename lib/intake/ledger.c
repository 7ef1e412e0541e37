#include "lib/intake/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/intake/ledger_parts.h"

static const struct {
	const char *format, *extension;
} formats[] = {
	{ "jpeg", "jpg" }, { "png", "png" }, { "heif", "heic" },
	{ "webp", "webp" }, { "tiff", "tif" }, { "gif", "gif" },
	{ "bmp", "bmp" }
};

const char *
ledger_format(const char *name)
{
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (name != NULL && strcmp(name, formats[i].format) == 0)
			return formats[i].format;
	return NULL;
}

void
ledger_original(const char *sha256, const char *format, struct buf *out)
{
	const char *extension = format;

	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (strcmp(format, formats[i].format) == 0)
			extension = formats[i].extension;
	buf_addf(out, "originals/%.2s/%s.%s", sha256, sha256, extension);
}

/* ---- in memory ---- */

void
ledger_init(struct ledger *ledger)
{
	memset(ledger, 0, sizeof *ledger);
}

void
ledger_upload_release(struct ledger_upload *upload)
{
	for (size_t i = 0; i < upload->count; i++) {
		free(upload->entries[i].name);
		free(upload->entries[i].reason);
		free(upload->entries[i].code);
	}
	free(upload->entries);
	free(upload->name);
	free(upload->damage);
	memset(upload, 0, sizeof *upload);
}

void
ledger_drop_roster(struct ledger *ledger)
{
	for (size_t i = 0; i < ledger->student_count; i++)
		free(ledger->students[i].code);
	for (size_t i = 0; i < ledger->gap_count; i++) {
		free(ledger->gaps[i].roster);
		free(ledger->gaps[i].sheet);
		free(ledger->gaps[i].folder);
		free(ledger->gaps[i].text);
		free(ledger->gaps[i].reason);
	}
	free(ledger->students);
	free(ledger->gaps);
	free(ledger->roster);
	ledger->students = NULL;
	ledger->gaps = NULL;
	ledger->roster = NULL;
	ledger->student_count = ledger->gap_count = 0;
	ledger->lines = 0;
}

void
ledger_release(struct ledger *ledger)
{
	ledger_drop_roster(ledger);
	for (size_t i = 0; i < ledger->upload_count; i++)
		ledger_upload_release(&ledger->uploads[i]);
	free(ledger->uploads);
	textstore_free(ledger->texts);
	ledger_init(ledger);
}

void *
ledger_one_more(void *items, size_t count, size_t size)
{
	if (count > 0 && (count & (count - 1)) != 0)
		return items;
	return xrealloc_array(items, count > 0 ? 2 * count : 1, size);
}

struct ledger_upload *
ledger_add_upload(struct ledger *ledger)
{
	struct ledger_upload *upload;

	ledger->uploads = ledger_one_more(ledger->uploads, ledger->upload_count,
	    sizeof *ledger->uploads);
	upload = &ledger->uploads[ledger->upload_count++];
	memset(upload, 0, sizeof *upload);
	return upload;
}

struct ledger_student *
ledger_add_student(struct ledger *ledger)
{
	struct ledger_student *student;

	ledger->students = ledger_one_more(ledger->students, ledger->student_count,
	    sizeof *ledger->students);
	student = &ledger->students[ledger->student_count++];
	memset(student, 0, sizeof *student);
	return student;
}

void
ledger_add_gap(struct ledger *ledger, const struct ledger_gap *gap)
{
	struct ledger_gap *own;

	ledger->gaps = ledger_one_more(ledger->gaps, ledger->gap_count,
	    sizeof *ledger->gaps);
	own = &ledger->gaps[ledger->gap_count++];
	*own = *gap;
	own->roster = xstrdup(gap->roster);
	own->sheet = xstrdup(gap->sheet);
	own->folder = xstrdup(gap->folder);
	own->text = xstrdup(gap->text);
	own->reason = xstrdup(gap->reason);
}

long
ledger_lines(const struct ledger *ledger, enum ledger_gap_kind kind)
{
	long lines = 0;

	for (size_t i = 0; i < ledger->gap_count; i++)
		if (ledger->gaps[i].kind == kind)
			lines += ledger->gaps[i].last - ledger->gaps[i].row + 1;
	return lines;
}

void
ledger_set_student(struct ledger *ledger, struct ledger_student *student,
    const struct batch *batch, const char *json, size_t len)
{
	if (ledger->texts == NULL)
		ledger->texts = textstore_new(batch);
	student->json = textstore_add(ledger->texts, json, len);
}

struct node *
ledger_get_student(const struct ledger *ledger,
    const struct ledger_student *student)
{
	const char *json = textstore_get(ledger->texts, student->json);
	struct buf err = BUF_INIT;
	struct node *node = node_parse(json, student->json.len, &err);

	if (node == NULL)
		msg_die("a temporary file was changed: %s", err.data);
	buf_release(&err);
	return node;
}

void
ledger_number_students(struct ledger *ledger)
{
	for (size_t i = 0; i < ledger->student_count; i++)
		if (ledger->students[i].n == 0)
			ledger->students[i].n = ++ledger->last;
}
