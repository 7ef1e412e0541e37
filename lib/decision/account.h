#ifndef TC_ACCOUNT_H
#define TC_ACCOUNT_H
/*
 * account: whether a student may send another photo now.
 *
 * After a number of failures there is a cool-down until a date, and a photo of a photo or
 * an edited one locks the account until the school unlocks it: the profile's [attempts],
 * and [retake] for what locks.  Tools that judge append an attempt to the journal for each
 * picture that is rejected; the state of an account follows from the journal alone.  An
 * unlock, an exemption, a reviewer's pass of the picture and its unlinking reset it.
 *
 * A picture that arrives while the account is closed is kept, but tc-ingest does not
 * choose it.  A cool-down ends on its date by the batch's clock, which is the day of its
 * newest upload.
 *
 * Pure: no input, no output, no clock.
 */
#include <stddef.h>	/* size_t */

struct journal;
struct journal_answer;
struct node;
struct profile;

enum account_state {
	ACCOUNT_UNUSED,		/* no attempt failed */
	ACCOUNT_OPEN,
	ACCOUNT_COOLING, ACCOUNT_LOCKED
};

struct account {
	enum account_state state;
	int failures;			/* since it was opened last */
	const char *until;		/* of COOLING: the first day, YYYY-MM-DD */
	const struct journal_answer *by;	/* the attempt that closed it */
};

/* The state of a record's account by the journal. */
void account_derive(const struct journal *journal, const char *record,
    struct account *account);
/* Whether it takes no picture of that day (YYYY-MM-DD, "" not known). */
int account_is_closed(const struct account *account, const char *day);

/* Set the member "account" of a record when it is closed or was opened again; else remove
 * it. */
void account_set(const struct account *account, struct node *photo);

/* Whether the reason for which the record is rejected locks an account: [retake]
 * unlock_checks, unlock_words.  A check that leaves the decision to a person locks nothing
 * until that person has decided. */
int account_locks(const struct node *photo, const struct profile *profile);

/* After the record's picture was judged: when it was rejected and the journal does not
 * have that attempt yet, fill in attempt, update the member "account" and return 1.  Texts
 * of attempt are the record's, static, or in room. */
enum { ACCOUNT_ROOM = 24 };
struct account_room { char when[ACCOUNT_ROOM], until[ACCOUNT_ROOM]; };
int account_judge(const struct journal *journal, struct node *photo,
    const struct profile *profile, struct journal_answer *attempt,
    struct account_room *room);

#endif
