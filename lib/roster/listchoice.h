#ifndef TC_LISTCHOICE_H
#define TC_LISTCHOICE_H
/*
 * listchoice: which lists of a roster's files count.
 *
 * Lists with the same headings are one roster.  Of others, of examples and of lists of
 * another school or year those count that fit the batch; the rest is left out, and each
 * is a gap with an error.
 */
struct roster;
struct roster_batch;

/* Set counts in every list.  What was said of lines and columns of the others is
 * dropped. */
void listchoice_make(struct roster *roster, const struct roster_batch *batch);

#endif
