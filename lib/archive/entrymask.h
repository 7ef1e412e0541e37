#ifndef TC_ENTRYMASK_H
#define TC_ENTRYMASK_H
/*
 * entrymask: the name of a file that anybody may have sent, fit for a message.
 *
 * It is not known which part of it is a person's name, so every run of Chinese
 * characters is masked like one; of numbers only the last four digits stay.
 */
struct buf;

void entrymask(const char *name, struct buf *out);

/* The same of a file that the operator names, an upload or a roster: it is a
 * school's and not a person's, unless it is a single picture.  Of long numbers
 * only the last four digits stay. */
void entrymask_file(const char *name, struct buf *out);

#endif
