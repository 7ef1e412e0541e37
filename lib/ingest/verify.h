#ifndef TC_VERIFY_H
#define TC_VERIFY_H
/*
 * verify: whether a batch is as it was written.
 *
 * Every file is held against the hash that it carries: in its name (originals), in its last
 * line (seal.h), in the result that names it (registration images); the journal says itself
 * what is wrong with it.  What is damaged is named, and whether it can be made again: what
 * the tools computed can, what was sent and what was said cannot.
 */
struct buf;

/* Look at the batch in directory and say on standard error what is damaged.  repair:
 * remove what can be made again, so that the next run makes it.  Returns how many damaged
 * files are left, or -1 with the reason: no batch, in use by another run. */
long verify_batch(const char *directory, int repair, struct buf *err);

#endif
