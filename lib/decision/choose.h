#ifndef TC_CHOOSE_H
#define TC_CHOOSE_H
/*
 * choose: which of several photos of a student counts, after the checks.
 *
 * tc-ingest chose before anything was measured.  Now a locked photo stays; otherwise the
 * better status counts (pass, review, reject, unreadable), then a photo matched by a
 * number before one matched by a name only, then the later one: the later upload, and in
 * it the later entry.  Records stay where they are and keep their ids: the student's
 * record and the superseded one swap their pictures.  A picture that several rows of one
 * person share is swapped in all of them.
 *
 * Photos are added in the order of the stream; 32 bytes each that has a student.
 */
#include <stddef.h>	/* size_t */

struct batch;
struct buf;
struct choices;
struct node;
struct profile;

enum choose_kind {
	CHOOSE_NONE,		/* not several photos, or not a student's record */
	CHOOSE_LATEST,
	CHOOSE_OLDER,		/* a later one is worse */
	CHOOSE_LOCKED		/* a later one waits */
};

struct choice {
	enum choose_kind kind;
	size_t picture;		/* index of the photo whose picture the record gets */
	size_t latest;		/* index of the photo that came last */
};

/* Fetches the photo at index with all its checks; the caller frees it. */
typedef struct node *choose_fetch(void *state, size_t index);

struct choices *choices_new(void);
void choices_free(struct choices *choices);	/* NULL is fine */

/* Add the next photo. */
void choices_add(struct choices *choices, const struct node *photo);
/* After the last: choose.  profile derives what a superseded photo's status would
 * be. */
void choices_make(struct choices *choices, const struct profile *profile,
    choose_fetch *fetch, void *state);

struct choice choices_of(const struct choices *choices, size_t index);
/* Index of the record that holds, after the exchange, the picture at index. */
size_t choices_place(const struct choices *choices, size_t index);

/* A copy of record in which everything about the picture is other's. */
struct node *choices_exchange(const struct node *record,
    const struct node *other);

/* The record's chosen pictures that are not tc-ingest's choice, as the file
 * chosen.json of the batch; an object of record: SHA-256.  0, or -1 with the
 * reason. */
int choices_save(const struct choices *choices, const struct batch *batch,
    struct buf *err);
/* The same, read; an empty object when there is none.  The caller frees it.  NULL with
 * the reason when the file is damaged. */
struct node *choices_load(const struct batch *batch, struct buf *err);

#endif
