#ifndef TC_DELIVERY_H
#define TC_DELIVERY_H
/*
 * delivery: which pictures were delivered in a bundle, or printed, from and to the
 * journal.
 *
 * A picture is the upload, by its SHA-256: an image made again from the same upload is
 * the same photo of the same student.  What was delivered is locked: the
 * journal's answers then say so to every tool (decide.h).  About 350 bytes a
 * picture until they are written.
 */
struct batch;
struct buf;
struct delivery;
struct node;

/* Begin, with what the batch's journal knows; kind is JOURNAL_DELIVERY or
 * JOURNAL_PRINT.  NULL with the reason. */
struct delivery *delivery_new(const struct batch *batch, int kind,
    struct buf *err);
void delivery_free(struct delivery *delivery);	/* NULL is fine */

/* Whether a bundle held this photo's picture before, and no reason has come since to
 * deliver it again: the register refused it, or it was another student's. */
int delivery_has(const struct delivery *delivery, const struct node *photo);
/* How many bundles there were, by their sums. */
int delivery_bundles(const struct delivery *delivery);

/* A photo goes into volume number (from 1); after is what the answer says of it, or
 * NULL. */
void delivery_take(struct delivery *delivery, const struct node *photo,
    int volume, const char *after);
/* The volume's file name and SHA-256. */
void delivery_volume(struct delivery *delivery, int volume, const char *name,
    const char *sum);

/* Append what was taken to the journal, after the volumes were published.  The
 * batch is opened for it.  0, or -1 with the reason. */
int delivery_record(const struct delivery *delivery, struct buf *err);

#endif
