#ifndef TC_SCOPE_H
#define TC_SCOPE_H
/*
 * scope: which students of a roster are not to be photographed this year.
 *
 * By the profile's section [scope]: a register status that is not one of those who are
 * registered, and an expected graduation in another year than the batch's class.  Where
 * the roster does not say, a student is inside.  Pure.
 */
struct buf;
struct node;
struct profile;

/* Whether a student's expected graduation is in the year of the class. */
int scope_is_year(const char *class, const struct node *student);

/* Whether a manifest's member "student" is outside, with the reason, a clause
 * about the student.  class is "" when it is not known. */
int scope_excludes(const struct profile *profile, const char *class,
    const struct node *student, struct buf *reason);

#endif
