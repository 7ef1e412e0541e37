#ifndef TC_PERSON_H
#define TC_PERSON_H
/*
 * person: how a message at a terminal names a student, masked.
 */
struct buf;
struct node;

/* Append the masked name and the last digits of a number, parted by a blank.  student is
 * a manifest's, or NULL: nothing. */
void person_add(const struct node *student, struct buf *out);

#endif
