#include "lib/answers/accept.h"

#include <stdlib.h>
#include <string.h>

#include "lib/answers/people.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/decision/exemption.h"
#include "lib/decision/judged.h"
#include "lib/decision/standing.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"

struct accept {
	const struct accept_setup *setup;
	struct journal *journal;
	struct judged *judged;
};

struct accept *
accept_new(const struct accept_setup *setup, struct buf *err)
{
	struct accept *accept = xcalloc(1, sizeof *accept);

	accept->setup = setup;
	accept->journal = journal_load(setup->batch, err);
	accept->judged = judged_load(setup->batch);
	if (accept->journal != NULL)
		return accept;
	accept_free(accept);
	return NULL;
}

void
accept_free(struct accept *accept)
{
	if (accept == NULL)
		return;
	journal_free(accept->journal);
	judged_free(accept->judged);
	free(accept);
}

const struct journal *
accept_journal(const struct accept *accept)
{
	return accept->journal;
}

static const char *
picture_of(const struct accept *accept, long student)
{
	const struct ledger_entry *entry = accept->setup->photos[student].entry;

	return entry != NULL && entry->sha256[0] != '\0' ? entry->sha256 : NULL;
}

/* The failed checks of the student's picture, or NULL. */
static const char *
failed_checks(const struct accept *accept, long student)
{
	const struct accept_setup *setup = accept->setup;
	struct buf record = BUF_INIT;
	const char *checks;

	buf_addf(&record, "%s-%ld", setup->batch->id,
	    setup->ledger->students[student].n);
	checks = judged_of(accept->judged, record.data,
	    picture_of(accept, student));
	buf_release(&record);
	return checks;
}

void
accept_standing(const struct accept *accept, long student,
    struct standing *standing)
{
	const struct accept_setup *setup = accept->setup;
	struct buf record = BUF_INIT;
	struct standing_of of = { .picture = picture_of(accept, student),
	    .student = people_student(setup->people, student),
	    .failed = failed_checks(accept, student) != NULL };

	buf_addf(&record, "%s-%ld", setup->batch->id,
	    setup->ledger->students[student].n);
	of.record = record.data;
	standing_derive(accept->journal, &of, standing);
	buf_release(&record);
}

/* Whether one of the failed checks is of those that nobody sets aside. */
static int
is_final(const struct accept *accept, const char *checks)
{
	struct buf check = BUF_INIT;
	int final = 0;
	size_t len;

	for (; checks != NULL && *checks != '\0'; checks += len + (checks[len] == ' ')) {
		len = strcspn(checks, " ");
		buf_clear(&check);
		buf_add(&check, checks, len);
		final |= exemption_never(accept->setup->profile, check.data);
	}
	buf_release(&check);
	return final;
}

enum accepted
accept_judge(const struct accept *accept, long student,
    const struct journal_answer *answers, size_t count, const char **reason)
{
	struct standing standing;
	int changed, any = 0;
	size_t known = 0;

	for (size_t i = 0; i < count; i++)
		known += journal_knows(accept->journal, &answers[i]) != 0;
	if (known == count)
		return ACCEPT_KNOWN;
	accept_standing(accept, student, &standing);
	for (size_t i = 0; i < count; i++) {
		*reason = voices_event(&answers[i]) == EVENT_PASS &&
		    is_final(accept, failed_checks(accept, student)) ?
		    "the checks reject the photo for what is never waived" :
		    standing_say(&standing, &answers[i], &changed);
		if (*reason != NULL)
			return ACCEPT_REFUSED;
		any |= changed;
	}
	return any ? ACCEPT_NEW : ACCEPT_KNOWN;
}
