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
outcomes_free(struct outcomes *outcomes)
{
	size_t i;

	if (outcomes == NULL)
		return;
	for (i = 0; i < outcomes->count; i++)
		free(outcomes->reasons[i].id);
	free(outcomes->reasons);
	free(outcomes);
}

static struct reason_count *
find(struct outcomes *outcomes, const char *id)
{
	size_t i;

	for (i = 0; i < outcomes->count; i++)
		if (strcmp(outcomes->reasons[i].id, id) == 0)
			return &outcomes->reasons[i];
	outcomes->reasons = xrealloc_array(outcomes->reasons, outcomes->count + 1,
	    sizeof *outcomes->reasons);
	outcomes->reasons[outcomes->count] = (struct reason_count){ xstrdup(id), 0, 0 };
	return &outcomes->reasons[outcomes->count++];
}

static void
add_check(struct outcomes *outcomes, const struct node *check)
{
	const char *id = node_text(check, "id");

	if (id == NULL || (!node_text_is(check, "verdict", "fail") &&
	    !node_text_is(check, "verdict", "warn")))
		return;
	outcomes->older += strcmp(id, "choice.older") == 0;
	outcomes->locked += strcmp(id, "choice.locked") == 0;
	if (node_text_is(check, "level", "info"))
		return;
	if (node_text_is(check, "level", "reject") && node_text_is(check, "verdict", "fail"))
		find(outcomes, id)->reject++;
	else
		find(outcomes, id)->review++;
}

void
outcomes_add(struct outcomes *outcomes, const struct node *photo)
{
	struct node *checks = node_get(photo, "checks");
	enum status status = status_of(photo);
	size_t i;

	if (status != STATUS_PASS && status != STATUS_REVIEW &&
	    status != STATUS_REJECT && status != STATUS_UNREADABLE)
		return;
	outcomes->photos++;
	outcomes->status[status]++;
	for (i = 0; i < node_count(checks); i++)
		add_check(outcomes, node_at(checks, i));
}

static int
by_count(const void *left, const void *right)
{
	const struct reason_count *a = left, *b = right;
	long one = a->reject + a->review, other = b->reject + b->review;

	return one != other ? (one < other) - (one > other) : strcmp(a->id, b->id);
}

static void
report_statuses(const struct outcomes *outcomes, enum language language)
{
	static const enum status statuses[] = { STATUS_PASS, STATUS_REVIEW,
	    STATUS_REJECT, STATUS_UNREADABLE };
	size_t i;

	msg_note("%ld photos of students; %.0f of 10,000 are for review",
	    outcomes->photos,
	    10000.0 * (double)outcomes->status[STATUS_REVIEW] / (double)outcomes->photos);
	for (i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
		msg_note("  %s: %ld, %.1f %%", language == LANGUAGE_CHINESE ?
		    status_chinese(statuses[i]) : status_name(statuses[i]),
		    outcomes->status[statuses[i]],
		    100.0 * (double)outcomes->status[statuses[i]] /
		    (double)outcomes->photos);
	if (outcomes->older > 0)
		msg_note("%ld students: an older photo counts, because later ones "
		    "are worse", outcomes->older);
	if (outcomes->locked > 0)
		msg_note("%ld students: a later photo waits, because theirs was "
		    "delivered or confirmed", outcomes->locked);
}

void
outcomes_report(const struct outcomes *outcomes, enum language language)
{
	struct buf name = BUF_INIT;
	size_t i;

	if (outcomes->photos == 0)
		return;
	report_statuses(outcomes, language);
	if (outcomes->count > 0) {
		msg_note("reasons, most frequent first:");
		mem_sort(outcomes->reasons, outcomes->count, sizeof *outcomes->reasons, by_count);
	}
	for (i = 0; i < outcomes->count; i++) {
		buf_clear(&name);
		reasons_name(outcomes->reasons[i].id, language, &name);
		msg_note("  %s (%s): %ld reject, %ld review", outcomes->reasons[i].id,
		    name.data, outcomes->reasons[i].reject, outcomes->reasons[i].review);
	}
	buf_release(&name);
}
