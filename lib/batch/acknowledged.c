#include "lib/batch/acknowledged.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/batch/journal.h"

#define KNOWN "known"

struct acknowledged {
	const struct journal_answer **answers;	/* by mark, the last of each */
	size_t count;
};

/* Of one mark the later first: the journal keeps them in their order. */
static int
compare(const void *a, const void *b)
{
	const struct journal_answer *const *left = a, *const *right = b;
	int order = strcmp((*left)->field, (*right)->field);

	return order != 0 ? order : (*left < *right) - (*left > *right);
}

static int
compare_mark(const void *mark, const void *item)
{
	const struct journal_answer *const *answer = item;

	return strcmp(mark, (*answer)->field);
}

/* Keep what is known, by the first of each mark. */
static void
keep_known(struct acknowledged *acknowledged)
{
	const struct journal_answer **answers = acknowledged->answers;
	const char *mark = "";
	size_t kept = 0;

	for (size_t i = 0; i < acknowledged->count; i++) {
		if (strcmp(answers[i]->field, mark) == 0)
			continue;
		mark = answers[i]->field;
		if (strcmp(answers[i]->after, KNOWN) == 0)
			answers[kept++] = answers[i];
	}
	acknowledged->count = kept;
}

struct acknowledged *
acknowledged_new(const struct journal *journal)
{
	struct acknowledged *acknowledged = xcalloc(1, sizeof *acknowledged);
	size_t count = 0, i;

	for (i = 0; i < journal_count(journal); i++)
		count += journal_at(journal, i)->kind == JOURNAL_ACKNOWLEDGE;
	if (count == 0)
		return acknowledged;
	acknowledged->answers = xcalloc(count,
	    sizeof *acknowledged->answers);
	for (i = 0; i < journal_count(journal); i++)
		if (journal_at(journal, i)->kind == JOURNAL_ACKNOWLEDGE)
			acknowledged->answers[acknowledged->count++] =
			    journal_at(journal, i);
	mem_sort(acknowledged->answers, count, sizeof *acknowledged->answers,
	    compare);
	keep_known(acknowledged);
	return acknowledged;
}

void
acknowledged_free(struct acknowledged *acknowledged)
{
	if (acknowledged == NULL)
		return;
	free(acknowledged->answers);
	free(acknowledged);
}

int
acknowledged_mark(const struct acknowledged *acknowledged, const char *mark)
{
	return acknowledged->count > 0 && bsearch(mark, acknowledged->answers,
	    acknowledged->count, sizeof *acknowledged->answers,
	    compare_mark) != NULL;
}

void
acknowledged_mark_failure(const char *sha256, const char *reason,
    char mark[static HASH_TEXT])
{
	struct hash *hash = hash_new();

	hash_add_text(hash, sha256);
	hash_add_text(hash, reason);
	hash_end(hash, mark);
}

int
acknowledged_failure(const struct acknowledged *acknowledged, const char *sha256,
    const char *reason)
{
	char mark[HASH_TEXT];

	if (sha256 == NULL)
		return 0;
	acknowledged_mark_failure(sha256, reason, mark);
	return acknowledged_mark(acknowledged, mark);
}
