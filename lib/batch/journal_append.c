#include "lib/batch/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/dryrun.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal_parts.h"

enum {
	WHEN_TEXT = 21,
	PIECE = 1 << 20		/* bytes, about, that are written at a time */
};

/* ---- what is there already ---- */

static int
same(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* Whether both say the same.  What was there before is no part of the answer: it
 * changes by applying it. */
static int
same_answer(const struct journal_answer *a, const struct journal_answer *b)
{
	return a->kind == b->kind && same(a->record, b->record) &&
	    same(a->field, b->field) && same(a->after, b->after) &&
	    same(a->reason, b->reason) && same(a->picture, b->picture) &&
	    same(a->image, b->image) && same(a->who, b->who) &&
	    same(a->file, b->file);
}

/* Sheets under another name are other paper, and are to be called back as well. */
static int
same_matter(const struct journal_answer *a, const struct journal_answer *b)
{
	return journal_same_matter(a, b) && same(a->record, b->record) &&
	    same(a->field, b->field) &&
	    (a->kind != JOURNAL_PRINT || same(a->file_name, b->file_name));
}

int
journal_knows(const struct journal *journal, const struct journal_answer *answer)
{
	const struct journal_answer *said = NULL, *last = NULL;

	while ((said = journal_next(journal, answer->record, said)) != NULL) {
		if (answer->file != NULL && same_answer(said, answer))
			return 1;
		if (same_matter(said, answer))
			last = said;
	}
	if (answer->record != NULL)
		return last != NULL && same_answer(last, answer);
	for (size_t i = journal->count; i > 0; i--) {
		if (same_answer(&journal->answers[i - 1], answer))
			return 1;
		if (answer->field != NULL &&
		    same_matter(&journal->answers[i - 1], answer))
			return 0;
	}
	return 0;
}

/* ---- appending ---- */

static void
now(char when[static WHEN_TEXT])
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	time_t seconds = fixed != NULL ? (time_t)strtoll(fixed, NULL, 10) :
	    time(NULL);
	struct tm utc;

	gmtime_r(&seconds, &utc);
	strftime(when, WHEN_TEXT, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

static void
print(struct journal_answer *answer, struct buf *out)
{
	struct node *node = node_object();

	node_set_text(node, "kind", journal_kind_name(answer->kind));
	for (size_t i = 0; i < JOURNAL_TEXTS; i++)
		node_set_text(node, journal_text_name(i),
		    *journal_text(answer, i));
	node_print(node, out);
	buf_addc(out, '\n');
	node_free(node);
}

/* -1 with what is wrong with one. */
static int
judge_all(const struct batch *batch, const struct journal_answer *answers, size_t count,
    struct buf *err)
{
	for (size_t i = 0; i < count; i++) {
		const char *wrong = journal_judge(batch, &answers[i]);

		if (wrong == NULL)
			continue;
		buf_addf(err, "an answer about record '%s' %s",
		    answers[i].record != NULL ? answers[i].record : "", wrong);
		return -1;
	}
	return 0;
}

/* Write the lines of what is new, at the end of the file, a piece at a time. */
static int
write_new(int fd, struct journal *journal, const struct journal_answer *answers,
    size_t count, size_t *added)
{
	struct buf lines = BUF_INIT;
	char when[WHEN_TEXT];
	int result = 0;

	now(when);
	for (size_t i = 0; i < count && result == 0; i++) {
		struct journal_answer answer = answers[i];

		if (journal_knows(journal, &answer))
			continue;
		if (answer.when == NULL)
			answer.when = when;
		print(&answer, &lines);
		journal_take(journal, &answer);
		(*added)++;
		if (lines.len >= PIECE) {
			result = io_write_all(fd, lines.data, lines.len);
			buf_clear(&lines);
		}
	}
	if (result == 0)
		result = io_write_all(fd, lines.data, lines.len);
	buf_release(&lines);
	return result;
}

static int
has_new(const struct journal *journal, const struct journal_answer *answers, size_t count)
{
	size_t i;

	for (i = 0; i < count && journal_knows(journal, &answers[i]); i++)
		;
	return i < count;
}

static int
sync_directory(const struct batch *batch)
{
	int fd = open(batch->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fd >= 0 ? fsync(fd) : -1;

	if (fd >= 0)
		close(fd);
	return result;
}

/* Append what is new, or leave the file as it was. */
static int
append(const struct batch *batch, int fd, struct journal *journal,
    const struct journal_answer *answers, size_t count, size_t *added)
{
	struct stat status;
	int failed;

	if (fstat(fd, &status) != 0)
		return -1;
	status.st_size -= (off_t)journal->torn;
	if ((journal->torn == 0 || ftruncate(fd, status.st_size) == 0) &&
	    (!journal->unended || io_write_all(fd, "\n", 1) == 0) &&
	    write_new(fd, journal, answers, count, added) == 0 &&
	    fsync(fd) == 0 && sync_directory(batch) == 0)
		return 0;
	failed = errno;
	if (ftruncate(fd, status.st_size) == 0)
		fsync(fd);
	errno = failed;
	return -1;
}

int
journal_append(const struct batch *batch, const struct journal_answer *answers,
    size_t count, size_t *added, struct buf *err)
{
	struct buf path = BUF_INIT;
	struct journal *journal = NULL;
	size_t fresh = 0;
	int result = -1, fd, is_new;

	if (dryrun_is() && batch->mode == BATCH_SHARED)
		return 0;
	batch_path(batch, JOURNAL_FILE, &path);
	fd = open(path.data, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || flock(fd, LOCK_EX) != 0) {
		fault_system(err, "cannot open '%s'", path.data);
		goto out;
	}
	if (journal_verify(batch, fd, path.data, err) == 0)
		journal = journal_read(batch, path.data, err);
	if (journal == NULL || judge_all(batch, answers, count, err) != 0)
		goto out;
	is_new = has_new(journal, answers, count);
	if (is_new && journal->torn > 0 &&
	    journal_keep_torn(batch, fd, journal->torn, err) != 0)
		goto out;
	if (is_new && append(batch, fd, journal, answers, count, &fresh) != 0) {
		fault_own_system(err, "cannot write '%s'", path.data);
		goto out;
	}
	if ((journal->torn == 0 || is_new) &&
	    journal_remember(batch, fd, err) != 0)
		goto out;
	result = 0;
	if (added != NULL)
		*added = fresh;
out:
	if (fd >= 0)
		close(fd);
	journal_free(journal);
	buf_release(&path);
	return result;
}
