#ifndef TC_ACCOUNT_H
#define TC_ACCOUNT_H
/*
 * account: whether a student may send another photo now.
 *
 * After so many failures there is a cool-down until a date, and a photo of a photo or an
 * edited one locks the account until the school unlocks it: the profile's [attempts], and
 * [retake] for what locks.  Tools that judge append an attempt to the journal for each
 * picture that is rejected; what stands follows from the journal alone.  An unlock, an
 * exemption, a reviewer's pass of the picture and its unlinking begin anew.
 *
 * A picture that comes while the account is closed is kept and held: tc-ingest does not
 * choose it.  Cool-down ends with its day: by the batch's clock, the day of its newest
 * upload.
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

/* How the journal says that a record's account stands. */
void account_derive(const struct journal *journal, const char *record,
    struct account *account);
/* Whether it lets no picture of that day (YYYY-MM-DD, "" none is known) in. */
int account_is_closed(const struct account *account, const char *day);

/* Set the member "account" of a record: that it is closed, or was opened; else remove
 * it. */
void account_tell(const struct account *account, struct node *photo);

/* Whether what the record is rejected for locks an account: [retake] unlock_checks,
 * unlock_words.  A suspicion that is left to a person locks nothing before that person
 * says so. */
int account_locks(const struct node *photo, const struct profile *profile);

/* The record's picture was judged.  When it was rejected and the journal does not have
 * that yet, fill in attempt, whose texts are the record's and static, room's for the day,
 * and return 1; the member "account" is then set as it stands with it. */
enum { ACCOUNT_ROOM = 24 };
struct account_room { char when[ACCOUNT_ROOM], until[ACCOUNT_ROOM]; };
int account_judge(const struct journal *journal, struct node *photo,
    const struct profile *profile, struct journal_answer *attempt,
    struct account_room *room);

#endif
