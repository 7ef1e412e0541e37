#ifndef TC_SCRATCH_H
#define TC_SCRATCH_H
/*
 * scratch: a batch directory on which a run is tried and which then goes away.
 *
 * It holds copies of what the batch remembers, and leads to the batch's own pictures and
 * results, which a dry run does not write (batch_store).  It is made in TMPDIR or /tmp,
 * and removed when the tool ends, by a signal as well.  The batch is locked
 * BATCH_SHARED for as long as its scratch is there.
 */
struct buf;

struct scratch;

/* Of the batch in directory, or of none where there is no batch yet.  NULL with the
 * reason. */
struct scratch *scratch_open(const char *directory, struct buf *err);
const char *scratch_directory(const struct scratch *scratch);
/* Remove it.  NULL is fine. */
void scratch_close(struct scratch *scratch);

#endif
