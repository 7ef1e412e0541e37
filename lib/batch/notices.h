#ifndef TC_NOTICES_H
#define TC_NOTICES_H
/*
 * notices: which students a school was asked to send again, and when.
 *
 * From the journal, where a notice is about a record and, when there is one, its
 * picture: a picture is reported as new on one day only, and each further picture that
 * has to be taken again is a further notice.
 */
#include <stddef.h>	/* size_t */

struct batch;
struct buf;
struct node;
struct notices;

enum { NOTICES_DATE = sizeof "YYYY-MM-DD" };

/* The notice about one photo on a day. */
struct notice {
	int times;			/* how many there were, with this one */
	int known;			/* reported on an earlier day */
	char first[NOTICES_DATE];	/* the first day; the day itself when new */
};

/* Begin, with what the batch's journal knows.  NULL with the reason. */
struct notices *notices_new(const struct batch *batch, const char *date,
    struct buf *err);
void notices_free(struct notices *notices);	/* NULL is fine */

/* Look up a photo; when it has not been reported to the school on an earlier day, it is
 * kept for notices_record. */
void notices_take(struct notices *notices, const struct node *photo,
    struct notice *notice);
/* How many were kept. */
size_t notices_new_count(const struct notices *notices);

/* Append them to the journal, after the lists were published; file is the
 * name of a list and sum its SHA-256.  The batch is opened for it.  0, or -1 with
 * the reason. */
int notices_record(const struct notices *notices, const char *file,
    const char *sum, struct buf *err);

#endif
