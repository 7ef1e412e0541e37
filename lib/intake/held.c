#include "lib/intake/held.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/batch/journal.h"
#include "lib/decision/account.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"

enum { DAY = sizeof "YYYY-MM-DD" - 1 };

struct held {
	struct account *accounts;		/* of each student, */
	const struct ledger_upload **closed;	/* and the upload that closed it */
	char day[DAY + 1];			/* of the newest upload */
};

struct held *
held_new(const struct ledger *ledger)
{
	struct held *held = xcalloc(1, sizeof *held);

	held->accounts = xcalloc(ledger->student_count, sizeof *held->accounts);
	held->closed = xcalloc(ledger->student_count, sizeof *held->closed);
	for (size_t i = 0; i < ledger->upload_count; i++)
		if (strcmp(ledger->uploads[i].day, held->day) > 0)
			memcpy(held->day, ledger->uploads[i].day, sizeof held->day);
	return held;
}

void
held_free(struct held *held)
{
	free(held->accounts);
	free(held->closed);
	free(held);
}

void
held_hear(struct held *held, const struct journal *journal, const char *record,
    size_t student)
{
	account_derive(journal, record, &held->accounts[student]);
}

int
held_is(struct held *held, const struct join_photo *candidate, size_t student)
{
	const struct account *account = &held->accounts[student];
	const struct ledger_upload **closed = &held->closed[student];

	if (!account_is_closed(account, held->day))
		return 0;
	if (strcmp(candidate->entry->sha256, account->by->picture) == 0) {
		*closed = candidate->upload;
		return 0;
	}
	return *closed != NULL && candidate->upload > *closed && !candidate->locked &&
	    strncmp(candidate->upload->day, account->by->when, DAY) >= 0;
}
