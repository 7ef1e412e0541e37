#ifndef TC_PERSON_H
#define TC_PERSON_H
/*
 * person: how a message at a terminal names a student, masked.
 */
struct buf;
struct node;

/* Append the masked name, a blank and the last digits of a number.  student is the
 * manifest's member, or NULL: nothing is appended. */
void person_add(const struct node *student, struct buf *out);

#endif
