#ifndef TC_DRYRUN_H
#define TC_DRYRUN_H
/*
 * dryrun: a run that only says what it would do.
 *
 * Products are made without a name and are not published (io_product_publish tells what
 * would be written), pictures and results are not stored (batch_store), and nothing is
 * appended to journals (journal_append).  No manifest goes to standard output: the lines
 * of msg_note go there instead.
 */

/* This run is a dry run from now on.  Ends the tool when there is no standard output. */
void dryrun_start(void);
int dryrun_is(void);

/* Flush the notes.  0, or -1 with errno when some could not be written. */
int dryrun_end(void);

#endif
