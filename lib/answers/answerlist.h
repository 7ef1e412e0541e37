#ifndef TC_ANSWERLIST_H
#define TC_ANSWERLIST_H
/*
 * answerlist: answers for the journal while a file is read, and their texts.
 */
#include <stddef.h>	/* size_t */

#include "lib/batch/journal.h"

struct batch;
struct pool;

struct answerlist {
	struct pool *pool;
	struct journal_answer *items;
	size_t count;
};

void answerlist_init(struct answerlist *list);
void answerlist_release(struct answerlist *list);

/* The text, which lasts as long as the list; NULL for NULL and "". */
const char *answerlist_keep(struct answerlist *list, const char *text);
/* The id of the batch's record n, kept. */
const char *answerlist_record(struct answerlist *list, const struct batch *batch, long n);
/* A new answer of that kind, otherwise empty; the pointer is valid until the next call. */
struct journal_answer *answerlist_add(struct answerlist *list, enum journal_kind kind);

#endif
