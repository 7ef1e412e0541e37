#ifndef TC_PICK_H
#define TC_PICK_H
/*
 * pick: who is printed, and why all others are not.
 */
#include "lib/decision/status.h"

struct node;

enum pick {
	PICK_PRINT,
	PICK_STATUS,		/* its status says no */
	PICK_UNMADE,		/* no registration image */
	PICK_NONCONFORMING,	/* ... or not one that conforms */
	PICK_DAMAGED,		/* ... or not the one that was made */
	PICK_PRINTED,		/* another file has these prints */
	PICK_NOT_WANTED,	/* not in the file of those to be printed */
	PICK_NO_ROW,		/* not in the table */
	PICK_NO_COPIES,		/* the table says none */
	PICK_COUNT
};

/* Decide by the record alone; review: photos that wait for a review are printed too. */
enum pick pick_photo(const struct node *photo, int review);

/* Whether the record is of a student of the collection, who would miss the prints:
 * neither a photo without student, nor replaced, nor excluded. */
int pick_is_student(const struct node *photo);

/* Words for the summary (English) and for the index (the profile's language). */
const char *pick_reason(enum pick pick, enum status status, int chinese);
/* The word in a blank cell. */
const char *pick_word(enum pick pick, enum status status, int chinese);

struct pick_counts {
	long left[PICK_COUNT];		/* out, for this reason */
	long status[STATUS_COUNT];	/* of PICK_STATUS */
};

void pick_count(struct pick_counts *counts, enum pick pick, enum status status);

#endif
