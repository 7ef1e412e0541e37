#include "lib/answers/replies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/answers/answers.h"
#include "lib/answers/corrections.h"
#include "lib/answers/registerin.h"
#include "lib/answers/trackings.h"
#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/decision/decide.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/profile/window.h"

enum { DATE_LEN = 10 };

/* ---- the stamped form ---- */

/* A day of the calendar, behind which the text ends or a file follows. */
static int
is_date(const char *text)
{
	char day[DATE_LEN + 1];

	snprintf(day, sizeof day, "%s", text);
	return strlen(day) == DATE_LEN && window_is(WINDOW_DAYS, day) &&
	    (text[DATE_LEN] == '\0' || text[DATE_LEN] == ':');
}

/* Students whose claims nothing has ended: the form's sentence says that there are
 * none. */
static size_t
count_open(const struct replies *replies, const struct journal *journal)
{
	size_t open = 0;

	for (size_t i = 0; i < replies->ledger->student_count; i++) {
		const struct ledger_student *student =
		    &replies->ledger->students[i];
		const struct ledger_entry *entry = replies->photos[i].entry;
		struct node *photo = node_object(), *source;
		struct buf text = BUF_INIT;

		buf_addf(&text, "%s-%ld", replies->batch->id, student->n);
		node_set_text(photo, "id", text.data);
		node_set(photo, "student", ledger_get_student(
		    replies->ledger, student));
		source = node_set(photo, "source", node_object());
		if (entry != NULL)
			node_set_text(source, "sha256", entry->sha256);
		decide_apply(journal, photo);
		open += node_count(node_get(photo, "held")) > 0;
		node_free(photo);
		buf_release(&text);
	}
	return open;
}

static void
compare_form(const struct replies *replies, const char *date)
{
	struct buf ignored = BUF_INIT;
	struct journal *journal = journal_load(replies->batch, &ignored);
	size_t open = journal != NULL ? count_open(replies, journal) : 0;

	if (open > 0)
		msg_warn("the feedback form of '%s' says that all is right, and "
		    "corrections of %zu students are open", date, open);
	else
		msg_note("the feedback form of '%s' is recorded; no correction is "
		    "open", date);
	journal_free(journal);
	buf_release(&ignored);
}

static int
take_feedback(const struct replies *replies, const char *said, struct buf *err)
{
	const char *colon = strchr(said, ':'), *path;
	struct journal_answer answer = { .kind = JOURNAL_FEEDBACK,
	    .who = replies->who };
	char hash[HASH_TEXT], *code, *date;
	int result = -1;

	if (colon == NULL || !is_date(colon + 1)) {
		buf_addf(err, "'%s' is not CODE:YYYY-MM-DD[:FILE]", said);
		return -1;
	}
	code = xstrndup(said, (size_t)(colon - said));
	date = xstrndup(colon + 1, DATE_LEN);
	path = colon[1 + DATE_LEN] == ':' ? colon + DATE_LEN + 2 : NULL;
	if (strcmp(code, replies->batch->school_code) != 0) {
		buf_addf(err, "the form is of school '%s', and the batch of '%s'",
		    code, replies->batch->school_code);
		goto out;
	}
	if (path != NULL && hash_file(path, hash, err) != 0)
		goto out;
	answer.after = date;
	answer.file = path != NULL ? hash : NULL;
	answer.file_name = path != NULL && strrchr(path, '/') != NULL ?
	    strrchr(path, '/') + 1 : path;
	result = journal_append(replies->batch, &answer, 1, NULL, err);
	if (result == 0)
		compare_form(replies, date);
out:
	free(date);
	free(code);
	return result;
}

static int
take_corrections(const struct replies *replies, const char *path, size_t *refused,
    struct buf *err)
{
	struct corrections corrections = { replies->batch, replies->ledger,
	    replies->profile, replies->photos, replies->who,
	    replies->accept_identity };

	return corrections_take(&corrections, path, refused, err);
}

static int
take_table(const struct replies *replies, enum answers_kind kind, const char *path,
    size_t *refused, struct buf *err)
{
	struct answers answers = { replies->batch, replies->ledger,
	    replies->profile, replies->photos, replies->who };

	return answers_take(&answers, kind, path, refused, err);
}

int
replies_take(const struct replies *replies, const struct inbox_file *file,
    size_t *refused, struct buf *err)
{
	switch (file->kind) {
	case INBOX_LINK:
		return take_table(replies, ANSWERS_LINK, file->path, refused, err);
	case INBOX_EXEMPTIONS:
		return take_table(replies, ANSWERS_EXEMPTIONS, file->path, refused,
		    err);
	case INBOX_UNLOCK:
		return take_table(replies, ANSWERS_UNLOCK, file->path, refused,
		    err);
	case INBOX_CORRECTIONS:
		return take_corrections(replies, file->path, refused, err);
	case INBOX_RESULT:
		return registerin_take(replies, file->path, refused, err);
	case INBOX_TRACKING:
		return trackings_take(replies, file->path, refused, err);
	case INBOX_FEEDBACK:
		return take_feedback(replies, file->path, err);
	}
	return -1;
}
