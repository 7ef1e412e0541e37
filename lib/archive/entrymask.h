#ifndef TC_ENTRYMASK_H
#define TC_ENTRYMASK_H
/*
 * entrymask: the name of a file from an unknown sender, masked for messages.
 *
 * It is not known which part of it is a person's name, so every run of Chinese
 * characters is masked like one; of numbers only the last four digits are kept.
 */
struct buf;

void entrymask(const char *name, struct buf *out);

/* The same for a file that the operator names, an upload or a roster: its name is a
 * school's and not a person's, unless it is a single picture, so only long numbers are
 * masked. */
void entrymask_file(const char *name, struct buf *out);

#endif
