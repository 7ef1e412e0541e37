#include "lib/batch/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/base/pool.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal_parts.h"

enum { NUMBER_MAX = 1 << 26 };

/* What an answer of a kind must have, besides who. */
enum {
	NEEDS_RECORD = 1 << 0,
	NEEDS_FIELD = 1 << 1,
	NEEDS_PICTURE = 1 << 2,
	NEEDS_REASON = 1 << 3,
	NEEDS_FILE = 1 << 4,
	NEEDS_AFTER = 1 << 5
};

static const struct {
	const char *name;
	int needs;
	int matter;		/* kinds that answer the same question */
	const char *const after[5];	/* what may be said; empty: anything */
} kinds[] = {
	[JOURNAL_LINK] = { "link", NEEDS_RECORD | NEEDS_PICTURE, 1, { NULL } },
	[JOURNAL_UNLINK] = { "unlink", NEEDS_RECORD | NEEDS_PICTURE, 1,
	    { NULL } },
	[JOURNAL_CORRECTION] = { "correction", NEEDS_RECORD | NEEDS_FIELD, 2,
	    { NULL } },
	[JOURNAL_IDENTITY] = { "accept-identity", NEEDS_RECORD | NEEDS_FIELD,
	    2, { NULL } },
	[JOURNAL_REVIEW] = { "review", NEEDS_RECORD | NEEDS_PICTURE, 3,
	    { "pass", "reject", NULL } },
	[JOURNAL_EXEMPTION] = { "exemption", NEEDS_RECORD | NEEDS_FIELD |
	    NEEDS_REASON, 4, { NULL } },
	[JOURNAL_LOCK] = { "lock", NEEDS_RECORD | NEEDS_PICTURE, 5, { NULL } },
	[JOURNAL_UNLOCK] = { "unlock", NEEDS_RECORD, 5, { NULL } },
	[JOURNAL_DELIVERY] = { "delivery", NEEDS_RECORD | NEEDS_PICTURE |
	    NEEDS_FILE, 6, { NULL } },
	[JOURNAL_NOTICE] = { "notice", NEEDS_RECORD, 7, { NULL } },
	[JOURNAL_FEEDBACK] = { "feedback-received", 0, 8, { NULL } },
	[JOURNAL_REGISTER] = { "register-result", NEEDS_RECORD, 9,
	    { "accepted", "rejected", "uncertain", "abnormal", NULL } },
	[JOURNAL_PRINT] = { "print", NEEDS_RECORD | NEEDS_PICTURE, 10,
	    { NULL } },
	[JOURNAL_STATISTICS] = { "statistics", NEEDS_FIELD, 11, { NULL } },
	[JOURNAL_PARCEL] = { "parcel", NEEDS_FIELD | NEEDS_AFTER, 12, { NULL } },
	[JOURNAL_ACKNOWLEDGE] = { "acknowledge", NEEDS_FIELD | NEEDS_REASON,
	    13, { "known", "open", NULL } },
	[JOURNAL_ATTEMPT] = { "attempt", NEEDS_RECORD | NEEDS_PICTURE | NEEDS_AFTER,
	    14, { "failed", "cooling", "locked", NULL } },
};

/* The texts of an answer and their names in the file. */
static const struct {
	const char *name;
	size_t offset;
} members[] = {
#define MEMBER(name) { #name, offsetof(struct journal_answer, name) }
	MEMBER(record), MEMBER(field), MEMBER(before), MEMBER(after),
	MEMBER(reason), MEMBER(picture), MEMBER(image), MEMBER(role), MEMBER(who),
	MEMBER(when), MEMBER(file), MEMBER(file_name)
#undef MEMBER
};

_Static_assert(sizeof members / sizeof members[0] == JOURNAL_TEXTS,
    "every text has a name");

const char *
journal_kind_name(enum journal_kind kind)
{
	return kinds[kind].name;
}

static enum journal_kind
parse_kind(const char *word)
{
	int kind;

	for (kind = 0; kind < JOURNAL_KINDS; kind++)
		if (word != NULL && strcmp(word, kinds[kind].name) == 0)
			break;
	return (enum journal_kind)kind;
}

const char *
journal_text_name(size_t index)
{
	return members[index].name;
}

const char **
journal_text(struct journal_answer *answer, size_t index)
{
	return (const char **)(void *)((char *)answer + members[index].offset);
}

/* ---- in memory ---- */

/* The number in "BATCH-N", -1 when it is none. */
static long
number_of(const char *record)
{
	const char *dash = record != NULL ? strrchr(record, '-') : NULL;
	char *end;
	long number;

	if (dash == NULL || dash[1] < '1' || dash[1] > '9')
		return -1;
	number = strtol(dash + 1, &end, 10);
	return *end == '\0' && number < NUMBER_MAX ? number : -1;
}

static void
make_room(struct journal *journal, size_t number)
{
	size_t size = journal->numbers > 0 ? journal->numbers : 1024;

	if (number < journal->numbers)
		return;
	while (size <= number)
		size *= 2;
	journal->first = xrealloc_array(journal->first, size,
	    sizeof *journal->first);
	journal->last = xrealloc_array(journal->last, size,
	    sizeof *journal->last);
	memset(journal->first + journal->numbers, 0,
	    (size - journal->numbers) * sizeof *journal->first);
	memset(journal->last + journal->numbers, 0,
	    (size - journal->numbers) * sizeof *journal->last);
	journal->numbers = size;
}

void
journal_take(struct journal *journal, const struct journal_answer *answer)
{
	long number = number_of(answer->record);
	size_t index = journal->count;

	if ((index & (index + 1)) == 0) {
		journal->answers = xrealloc_array(journal->answers,
		    2 * index + 2, sizeof *journal->answers);
		journal->next = xrealloc_array(journal->next, 2 * index + 2,
		    sizeof *journal->next);
	}
	journal->answers[index] = *answer;
	for (size_t i = 0; i < JOURNAL_TEXTS; i++) {
		const char **text = journal_text(&journal->answers[index], i);

		if (*text != NULL)
			*text = pool_text(journal->pool, pool_add(
			    journal->pool, *text, strlen(*text)));
	}
	journal->next[index] = 0;
	journal->count++;
	if (number < 0)
		return;
	make_room(journal, (size_t)number);
	if (journal->last[number] == 0)
		journal->first[number] = (uint32_t)index + 1;
	else
		journal->next[journal->last[number] - 1] = (uint32_t)index + 1;
	journal->last[number] = (uint32_t)index + 1;
}

void
journal_free(struct journal *journal)
{
	if (journal == NULL)
		return;
	pool_free(journal->pool);
	free(journal->answers);
	free(journal->next);
	free(journal->first);
	free(journal->last);
	free(journal);
}

size_t
journal_count(const struct journal *journal)
{
	return journal->count;
}

const struct journal_answer *
journal_at(const struct journal *journal, size_t index)
{
	return index < journal->count ? &journal->answers[index] : NULL;
}

const struct journal_answer *
journal_next(const struct journal *journal, const char *record,
    const struct journal_answer *previous)
{
	long number = number_of(record);
	uint32_t index = 0;

	if (previous != NULL)
		index = journal->next[previous - journal->answers];
	else if (number >= 0 && (size_t)number < journal->numbers)
		index = journal->first[number];
	return index > 0 ? &journal->answers[index - 1] : NULL;
}

/* ---- what an answer must have ---- */

static int
lacks(const struct journal_answer *answer, int needed, const char *text)
{
	return (kinds[answer->kind].needs & needed) != 0 &&
	    (text == NULL || *text == '\0');
}

static int
may_say(const struct journal_answer *answer)
{
	const char *const *after = kinds[answer->kind].after;

	for (size_t i = 0; after[i] != NULL; i++)
		if (answer->after != NULL &&
		    strcmp(after[i], answer->after) == 0)
			return 1;
	return after[0] == NULL;
}

static int
is_of(const struct batch *batch, const char *record)
{
	size_t len = strlen(batch->id);

	return strncmp(record, batch->id, len) == 0 && record[len] == '-' &&
	    number_of(record) > 0;
}

int
journal_same_matter(const struct journal_answer *a,
    const struct journal_answer *b)
{
	return kinds[a->kind].matter == kinds[b->kind].matter;
}

const char *
journal_judge(const struct batch *batch, const struct journal_answer *answer)
{
	if (answer->kind >= JOURNAL_KINDS)
		return "of no known kind";
	if (answer->who == NULL || *answer->who == '\0')
		return "does not say who gave it";
	if (lacks(answer, NEEDS_RECORD, answer->record))
		return "names no record";
	if (answer->record != NULL && !is_of(batch, answer->record))
		return "is about a record of another batch";
	if (lacks(answer, NEEDS_FIELD, answer->field))
		return "names no field";
	if (lacks(answer, NEEDS_PICTURE, answer->picture))
		return "names no picture";
	if (lacks(answer, NEEDS_REASON, answer->reason))
		return "gives no reason";
	if (lacks(answer, NEEDS_FILE, answer->file))
		return "names no file";
	if (lacks(answer, NEEDS_AFTER, answer->after))
		return "says nothing";
	if (!may_say(answer))
		return "says what its kind cannot say";
	return NULL;
}

/* ---- reading ---- */

/* One line; -1 with what is wrong. */
static int
read_line(struct journal *journal, const struct batch *batch,
    const struct buf *line, struct buf *err)
{
	struct node *node = node_parse(line->data, line->len, err);
	struct journal_answer answer = { 0 };
	const char *wrong = NULL;

	if (node != NULL) {
		answer.kind = parse_kind(node_text(node, "kind"));
		for (size_t i = 0; i < JOURNAL_TEXTS; i++)
			*journal_text(&answer, i) = node_text(node,
			    members[i].name);
		wrong = journal_judge(batch, &answer);
		if (wrong == NULL)
			journal_take(journal, &answer);
		else
			buf_addf(err, "the answer %s", wrong);
	}
	node_free(node);
	return err->len == 0 ? 0 : -1;
}

static int
read_lines(struct journal *journal, const struct batch *batch,
    struct io_lines *lines, struct buf *err)
{
	struct buf line = BUF_INIT, wrong = BUF_INIT;
	int got, whole, result = 0;

	while (result == 0 &&
	    (got = io_lines_next(lines, &line, &whole, err)) != 0) {
		if (got < 0) {
			result = -1;
		} else if (read_line(journal, batch, &line, &wrong) == 0) {
			journal->unended = !whole;
		} else if (!whole) {
			journal->torn = line.len;
			buf_clear(&wrong);
		} else {
			buf_addf(err, "'%s' is damaged in line %ld: %s",
			    lines->name, lines->number, wrong.data);
			result = -1;
		}
	}
	buf_release(&line);
	buf_release(&wrong);
	return result;
}

struct journal *
journal_read(const struct batch *batch, const char *path, struct buf *err)
{
	struct journal *journal = xcalloc(1, sizeof *journal);
	struct io_lines lines;
	int result;

	journal->pool = pool_new();
	result = io_lines_open(&lines, path, err);
	if (result == 0) {
		result = read_lines(journal, batch, &lines, err);
		io_lines_close(&lines);
	}
	if (result == 0)
		return journal;
	journal_free(journal);
	return NULL;
}

static void
tell_torn(const struct journal *journal, const char *path)
{
	if (journal != NULL && journal->torn > 0)
		msg_warn("'%s' ends in %zu bytes that are no whole answer: a run was "
		    "killed; they are kept in '%s' when the next answer is written",
		    path, journal->torn, JOURNAL_TORN);
}

struct journal *
journal_load(const struct batch *batch, struct buf *err)
{
	struct buf path = BUF_INIT;
	struct journal *journal = NULL;
	int fd;

	batch_path(batch, JOURNAL_FILE, &path);
	fd = open(path.data, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && flock(fd, LOCK_SH) == 0) {
		if (journal_verify(batch, fd, path.data, err) == 0)
			journal = journal_read(batch, path.data, err);
		tell_torn(journal, path.data);
	} else if (fd < 0 && errno == ENOENT) {
		if (journal_verify(batch, fd, path.data, err) == 0) {
			journal = xcalloc(1, sizeof *journal);
			journal->pool = pool_new();
		}
	} else {
		fault_system(err, "cannot read '%s'", path.data);
	}
	if (fd >= 0)
		close(fd);
	buf_release(&path);
	return journal;
}
