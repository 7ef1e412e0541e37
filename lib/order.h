#ifndef TC_ORDER_H
#define TC_ORDER_H
/*
 * order: the order in which prints are handed out.
 *
 * By college, class and student number; runs of digits compare as numbers, other
 * text by code point, and students who are equal in all stay in the order in
 * which they were added.  A student takes no more than ORDER_BYTES of memory,
 * however long his texts are: longer ones are cut for comparing, but classes that
 * differ only behind the cut are still told apart.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

#include "lib/buf.h"

struct node;

enum { ORDER_BYTES = 200 };

struct order_entry {
	size_t index;		/* of the student, as given to order_add */
	size_t key;		/* offset of its texts in the order's keys */
	uint64_t group;		/* hash of college and class, whole */
	uint32_t sheet;		/* for the caller: where it was printed, */
	uint16_t row;		/* from 1; 0 is nowhere */
	uint16_t notes;		/* for the caller */
};

struct order {
	struct order_entry *entries;
	size_t count, room;
	struct buf keys;
};

#define ORDER_INIT { NULL, 0, 0, BUF_INIT }

void order_add(struct order *order, const struct node *student, size_t index);
/* Bring the entries into the order of printing. */
void order_sort(struct order *order);
/* Whether the i-th entry in the order is of another class than the one before. */
int order_new_class(const struct order *order, size_t i);
/* Bring them back into the order of their indexes, for order_find. */
void order_sort_indexes(struct order *order);
/* The entry of index, or NULL when it was not added. */
struct order_entry *order_find(const struct order *order, size_t index);
void order_release(struct order *order);

/* Compare two texts, runs of digits as numbers: below 0, 0 or above 0. */
int order_compare(const char *a, const char *b);

#endif
