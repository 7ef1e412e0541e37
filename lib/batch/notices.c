#include "lib/batch/notices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"

static const char who[] = "tc-export";

struct told {
	char *record;
	char picture[HASH_TEXT];	/* "": none */
};

struct notices {
	char *directory, *date;
	struct journal *journal;
	struct told *told;
	size_t count, room;
};

struct notices *
notices_new(const struct batch *batch, const char *date, struct buf *err)
{
	struct notices *notices = xcalloc(1, sizeof *notices);

	notices->directory = xstrdup(batch->directory);
	notices->date = xstrdup(date);
	notices->journal = journal_load(batch, err);
	if (notices->journal == NULL) {
		notices_free(notices);
		return NULL;
	}
	return notices;
}

void
notices_free(struct notices *notices)
{
	size_t i;

	if (notices == NULL)
		return;
	for (i = 0; i < notices->count; i++)
		free(notices->told[i].record);
	free(notices->told);
	journal_free(notices->journal);
	free(notices->directory);
	free(notices->date);
	free(notices);
}

size_t
notices_new_count(const struct notices *notices)
{
	return notices->count;
}

static const char *
picture_of(const struct journal_answer *answer)
{
	return answer->picture != NULL ? answer->picture : "";
}

/* Whether an answer before last is about the same picture. */
static int
is_repeated(const struct notices *notices, const char *record,
    const struct journal_answer *last)
{
	const struct journal_answer *answer = NULL;

	while ((answer = journal_next(notices->journal, record, answer)) != last)
		if (answer->kind == JOURNAL_NOTICE &&
		    strcmp(picture_of(answer), picture_of(last)) == 0)
			return 1;
	return 0;
}

static void
note(struct notices *notices, const char *record, const char *picture)
{
	struct told *told;

	if (notices->count == notices->room) {
		notices->room = notices->room > 0 ? 2 * notices->room : 64;
		notices->told = xrealloc_array(notices->told, notices->room,
		    sizeof *notices->told);
	}
	told = &notices->told[notices->count++];
	told->record = xstrdup(record);
	memset(told->picture, 0, sizeof told->picture);
	memcpy(told->picture, picture, strnlen(picture, HASH_TEXT - 1));
}

/* A notice of a missing photo is no time that a photo had to be taken again. */
void
notices_take(struct notices *notices, const struct node *photo,
    struct notice *notice)
{
	const char *record = node_text(photo, "id");
	const char *picture = node_text(node_get(photo, "source"), "sha256");
	const struct journal_answer *answer = NULL;
	int told = 0, before = 0;

	picture = picture != NULL ? picture : "";
	memset(notice, 0, sizeof *notice);
	snprintf(notice->first, sizeof notice->first, "%s", notices->date);
	while (record != NULL && (answer = journal_next(notices->journal, record,
	    answer)) != NULL) {
		if (answer->kind != JOURNAL_NOTICE || answer->when == NULL ||
		    (*picture == '\0') != (*picture_of(answer) == '\0') ||
		    strncmp(answer->when, notices->date, NOTICES_DATE - 1) > 0)
			continue;
		if (strncmp(answer->when, notice->first, NOTICES_DATE - 1) < 0)
			snprintf(notice->first, sizeof notice->first, "%.*s",
			    NOTICES_DATE - 1, answer->when);
		if (strcmp(picture_of(answer), picture) == 0) {
			told = 1;
			notice->known |= strncmp(answer->when, notices->date,
			    NOTICES_DATE - 1) < 0;
		} else if (!is_repeated(notices, record, answer)) {
			before++;
		}
	}
	notice->times = before + 1;
	if (!told && record != NULL)
		note(notices, record, picture);
}

int
notices_record(const struct notices *notices, const char *file,
    const char *sum, struct buf *err)
{
	struct journal_answer *answers, *answer;
	struct buf when = BUF_INIT;
	struct batch *batch;
	size_t i;
	int result;

	if (notices->count == 0)
		return 0;
	batch = batch_open(notices->directory, BATCH_SHARED, NULL, err);
	if (batch == NULL)
		return -1;
	buf_addf(&when, "%sT00:00:00Z", notices->date);
	answers = xcalloc(notices->count, sizeof *answers);
	for (i = 0; i < notices->count; i++) {
		answer = &answers[i];
		answer->kind = JOURNAL_NOTICE;
		answer->record = notices->told[i].record;
		if (notices->told[i].picture[0] != '\0')
			answer->picture = notices->told[i].picture;
		answer->who = who;
		answer->when = when.data;
		answer->file = sum;
		answer->file_name = file;
	}
	result = journal_append(batch, answers, notices->count, NULL, err);
	free(answers);
	batch_close(batch);
	buf_release(&when);
	return result;
}
