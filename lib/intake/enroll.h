#ifndef TC_ENROLL_H
#define TC_ENROLL_H
/*
 * enroll: a roster that was read becomes the ledger's.
 *
 * A known student keeps the record's number: found by student number, else by exam
 * number, else by ID number, else by capture code, so that a corrected number does not
 * make a new person.  A student who is no longer in the roster stays in the ledger: with
 * the photo if there was one, else only so that the record's number is not used again.
 */
#include <stddef.h>	/* size_t */

struct batch;
struct buf;
struct enrolment;
struct join_photo;
struct ledger;
struct profile;
struct roster;

/* The school that the students' rows name; "" where none does, borrowed.  Rows of two
 * schools: -1 with the reason. */
int enroll_school(const struct roster *roster, const char **code,
    const char **name, struct buf *err);

/* Compare the roster with the ledger's students; neither is changed. */
struct enrolment *enroll_compare(const struct ledger *ledger,
    const struct roster *roster);
void enroll_free(struct enrolment *enrolment);	/* NULL is fine */

/* Whether more students would be removed than the profile's section [roster] allows
 * without --replace-roster: then with how many, and the classes without anybody left. */
int enroll_shrinks(const struct enrolment *enrolment,
    const struct profile *profile, struct buf *reason);

/* Make roster the ledger's.  photos has one for each student known so far (see
 * join_run).  Returns how many known students, neither in the roster nor with a
 * photo, were dropped by it. */
size_t enroll(struct ledger *ledger, const struct roster *roster,
    const struct enrolment *enrolment, const struct batch *batch,
    const struct join_photo *photos);

#endif
