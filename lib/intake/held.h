#ifndef TC_HELD_H
#define TC_HELD_H
/*
 * held: pictures that arrived while their student's account was closed (account.h): they
 * are kept, and not chosen before it is open again.
 */
#include <stddef.h>	/* size_t */

struct held;
struct join_photo;
struct journal;
struct ledger;

/* The ledger is borrowed; its newest upload is the clock. */
struct held *held_new(const struct ledger *ledger);
void held_free(struct held *held);

/* Read the state of a student's account from the journal; record is the id of the
 * student's record. */
void held_hear(struct held *held, const struct journal *journal, const char *record,
    size_t student);
/* Whether a candidate came after the picture that closed the account.  Candidates come in
 * the order of their arrival. */
int held_is(struct held *held, const struct join_photo *candidate, size_t student);

#endif
