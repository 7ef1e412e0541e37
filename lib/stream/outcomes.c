#include "lib/stream/outcomes.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/decision/status.h"

struct reason_count {
	char *id;
	long reject, review;
};

struct outcomes {
	struct reason_count *reasons;
	size_t count;
	long photos, status[STATUS_COUNT];
	long older, locked;	/* students with a note of choose.h */
};

struct outcomes *
outcomes_new(void)
{
	return xcalloc(1, sizeof(struct outcomes));
}

void
outcomes_free(struct outcomes *tally)
{
	size_t i;

	if (tally == NULL)
		return;
	for (i = 0; i < tally->count; i++)
		free(tally->reasons[i].id);
	free(tally->reasons);
	free(tally);
}

static struct reason_count *
find(struct outcomes *tally, const char *id)
{
	size_t i;

	for (i = 0; i < tally->count; i++)
		if (strcmp(tally->reasons[i].id, id) == 0)
			return &tally->reasons[i];
	tally->reasons = xrealloc_array(tally->reasons, tally->count + 1,
	    sizeof *tally->reasons);
	tally->reasons[tally->count] = (struct reason_count){ xstrdup(id), 0, 0 };
	return &tally->reasons[tally->count++];
}

static void
add_check(struct outcomes *tally, const struct node *check)
{
	const char *id = node_text(check, "id");

	if (id == NULL || (!node_text_is(check, "verdict", "fail") &&
	    !node_text_is(check, "verdict", "warn")))
		return;
	tally->older += strcmp(id, "choice.older") == 0;
	tally->locked += strcmp(id, "choice.locked") == 0;
	if (node_text_is(check, "level", "info"))
		return;
	if (node_text_is(check, "level", "reject") && node_text_is(check, "verdict", "fail"))
		find(tally, id)->reject++;
	else
		find(tally, id)->review++;
}

void
outcomes_add(struct outcomes *tally, const struct node *photo)
{
	struct node *checks = node_get(photo, "checks");
	enum status status = status_of(photo);
	size_t i;

	if (status != STATUS_PASS && status != STATUS_REVIEW &&
	    status != STATUS_REJECT && status != STATUS_UNREADABLE)
		return;
	tally->photos++;
	tally->status[status]++;
	for (i = 0; i < node_count(checks); i++)
		add_check(tally, node_at(checks, i));
}

static int
by_count(const void *left, const void *right)
{
	const struct reason_count *a = left, *b = right;
	long one = a->reject + a->review, other = b->reject + b->review;

	return one != other ? (one < other) - (one > other) : strcmp(a->id, b->id);
}

static void
report_statuses(const struct outcomes *tally, enum language language)
{
	static const enum status statuses[] = { STATUS_PASS, STATUS_REVIEW,
	    STATUS_REJECT, STATUS_UNREADABLE };
	size_t i;

	msg_note("%ld photos of students; %.0f of 10,000 are for review",
	    tally->photos,
	    10000.0 * (double)tally->status[STATUS_REVIEW] / (double)tally->photos);
	for (i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
		msg_note("  %s: %ld, %.1f %%", language == LANGUAGE_CHINESE ?
		    status_chinese(statuses[i]) : status_name(statuses[i]),
		    tally->status[statuses[i]],
		    100.0 * (double)tally->status[statuses[i]] /
		    (double)tally->photos);
	if (tally->older > 0)
		msg_note("%ld students: an older photo counts, because later ones "
		    "are worse", tally->older);
	if (tally->locked > 0)
		msg_note("%ld students: a later photo waits, because theirs was "
		    "delivered or confirmed", tally->locked);
}

void
outcomes_report(const struct outcomes *tally, enum language language)
{
	struct buf name = BUF_INIT;
	size_t i;

	if (tally->photos == 0)
		return;
	report_statuses(tally, language);
	if (tally->count > 0) {
		msg_note("reasons, most frequent first:");
		mem_sort(tally->reasons, tally->count, sizeof *tally->reasons, by_count);
	}
	for (i = 0; i < tally->count; i++) {
		buf_clear(&name);
		reasons_name(tally->reasons[i].id, language, &name);
		msg_note("  %s (%s): %ld reject, %ld review", tally->reasons[i].id,
		    name.data, tally->reasons[i].reject, tally->reasons[i].review);
	}
	buf_release(&name);
}
