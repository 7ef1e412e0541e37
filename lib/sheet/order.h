#ifndef TC_ORDER_H
#define TC_ORDER_H
/*
 * order: the order in which prints are handed out.
 *
 * By the profile's levels (college, class ...) and student number, or by places
 * that a table gives; runs of digits compare as numbers, other text by code point,
 * and students who are equal in all stay in the order in which they were added.
 * Students with the same levels are one group, a class.  A level that a student lacks is
 * an empty text, so a level that all lack changes nothing.  A student takes no more than
 * ORDER_BYTES of memory: longer texts are cut for comparing, but classes that differ only
 * behind the cut are still different classes.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

#include "lib/base/buf.h"

struct node;

enum { ORDER_BYTES = 200, ORDER_LEVELS_MAX = 6 };

struct order_entry {
	size_t index;		/* of the student, as given to order_add */
	size_t key;		/* offset of its texts in the order's keys */
	uint64_t group;		/* hash of all levels, whole */
	uint32_t place;		/* in a table, or 0 */
	uint32_t sheet;		/* for the caller: where it was printed, */
	uint16_t row;		/* from 1; 0 is nowhere */
	uint16_t copies;	/* how many prints there are, */
	uint16_t notes;		/* and what else is to be said */
};

struct order {
	struct order_entry *entries;
	size_t count, room;
	struct buf keys;
	const char *levels[ORDER_LEVELS_MAX];
	int level_count;
};

#define ORDER_INIT { NULL, 0, 0, BUF_INIT, { NULL }, 0 }

/* Before any student: add a level below those there are, one of the student's
 * members college, class, teaching_point, school, major, level, season.  0, or -1
 * with the reason. */
int order_add_level(struct order *order, const char *name, struct buf *err);

/* Add a student; place is above 0 where a table gives the order. */
struct order_entry *order_add(struct order *order, const struct node *student,
    size_t index, uint32_t place);
/* Bring the entries into the order of printing. */
void order_sort(struct order *order);
/* Whether the i-th entry in the order is of another class than the one before. */
int order_new_class(const struct order *order, size_t i);
/* Bring them back into the order of their indexes, for order_find. */
void order_sort_indexes(struct order *order);
/* The entry of index, or NULL when it was not added. */
struct order_entry *order_find(const struct order *order, size_t index);
void order_release(struct order *order);

/* Append the student's levels as people read them, separated by blanks; a level that
 * repeats the one above is left out. */
void order_title(const struct order *order, const struct node *student,
    struct buf *out);

/* Compare two texts, runs of digits as numbers: below 0, 0 or above 0. */
int order_compare(const char *a, const char *b);

#endif
