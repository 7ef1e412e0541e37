#ifndef TC_SCOPE_H
#define TC_SCOPE_H
/*
 * scope: which students of a roster are not to be photographed this year.
 *
 * By the profile's section [scope]: register statuses of people who do not
 * graduate, and an expected graduation after the batch's class.  An earlier one
 * stays in: those who were held back graduate now.  Pure.
 */
struct buf;
struct node;
struct profile;

/* Whether a manifest's member "student" is outside, with the reason, a clause
 * about the student.  class is "" when it is not known. */
int scope_excludes(const struct profile *profile, const char *class,
    const struct node *student, struct buf *reason);

#endif
