#ifndef TC_DRYRUN_H
#define TC_DRYRUN_H
/*
 * dryrun: a run that only says what it would do.
 *
 * Products are made without a name and are not published (io_product_publish tells what
 * would be written), pictures and results are not stored (batch_store), and what batches
 * remember is not added to (journal_append).  No manifest goes to standard output: it
 * shows what msg_note says.
 */

/* From now on this is one.  Ends the tool when there is no standard output. */
void dryrun_start(void);
int dryrun_is(void);

/* Close what shows the notes.  0, or -1 with errno when some could not be shown. */
int dryrun_end(void);

#endif
