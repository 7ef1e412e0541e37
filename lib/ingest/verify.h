#ifndef TC_VERIFY_H
#define TC_VERIFY_H
/*
 * verify: whether a batch is as it was written.
 *
 * Every file is compared with its hash: in its name (originals), in its last line (seal.h),
 * in the result that names it (registration images); journal.h checks the journal.  Damaged
 * files are reported, and whether they can be made again: what the tools computed can,
 * uploads and answers cannot.
 */
struct buf;

/* Check the batch in directory and report damage on standard error.  repair:
 * remove what can be made again, so that the next run makes it.  Returns how many damaged
 * files are left, or -1 with the reason: no batch, in use by another run. */
long verify_batch(const char *directory, int repair, struct buf *err);

#endif
