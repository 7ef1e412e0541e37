#ifndef TC_SCRATCH_H
#define TC_SCRATCH_H
/*
 * scratch: a batch directory on which a run is tried and which then goes away.
 *
 * It holds copies of the batch's roster, uploads and journal, and links to its pictures
 * and results, which a dry run does not write (batch_store).  It is made in TMPDIR or
 * /tmp, and removed when the tool ends, also by a signal.  The batch is locked
 * BATCH_SHARED as long as its scratch exists.
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
