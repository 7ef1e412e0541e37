#include "lib/stream/leftout.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/dryrun.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/decision/person.h"
#include "lib/decision/reasons.h"
#include "lib/decision/status.h"

struct leftout {
	struct tally {
		char *why;	/* in the operator's language */
		long count;
	} *tallies;
	size_t count;
	long total;
};

struct leftout *
leftout_new(void)
{
	return dryrun_is() ? xcalloc(1, sizeof(struct leftout)) : NULL;
}

void
leftout_free(struct leftout *leftout)
{
	if (leftout == NULL)
		return;
	for (size_t i = 0; i < leftout->count; i++)
		free(leftout->tallies[i].why);
	free(leftout->tallies);
	free(leftout);
}

static void
count(struct leftout *leftout, const char *why)
{
	size_t i;

	for (i = 0; i < leftout->count; i++)
		if (strcmp(leftout->tallies[i].why, why) == 0)
			break;
	if (i == leftout->count) {
		leftout->tallies = xrealloc_array(leftout->tallies, i + 1,
		    sizeof *leftout->tallies);
		leftout->tallies[leftout->count++] = (struct tally){ xstrdup(why), 0 };
	}
	leftout->tallies[i].count++;
	leftout->total++;
}

static void
add_status(const struct node *photo, struct buf *out)
{
	enum status status = status_of(photo);

	if (status == STATUS_COUNT)
		buf_addc(out, '?');
	else
		buf_adds(out, reasons_language() == LANGUAGE_CHINESE ?
		    status_chinese(status) : status_name(status));
}

void
leftout_tell(struct leftout *leftout, const struct node *photo,
    const struct profile *profile, const char *why)
{
	struct buf who = BUF_INIT, person = BUF_INIT, reason = BUF_INIT, sentences = BUF_INIT;
	const char *id = node_text(photo, "id");

	if (leftout == NULL)
		return;
	if (why != NULL)
		msg_say(why, &reason);
	else
		add_status(photo, &reason);
	count(leftout, reason.data);
	if (why == NULL)
		reasons_all(photo, profile, reasons_language(), "; ", &sentences);
	if (sentences.len > 0)
		buf_addf(&reason, ": %s", sentences.data);
	buf_adds(&who, id != NULL ? id : "?");
	person_add(node_get(photo, "student"), &person);
	if (person.len > 0)
		buf_addf(&who, " %s", person.data);
	msg_note("not in it: %s: %s", who.data, reason.data);
	buf_release(&who);
	buf_release(&person);
	buf_release(&reason);
	buf_release(&sentences);
}

void
leftout_end(const struct leftout *leftout)
{
	struct buf reasons = BUF_INIT;

	if (leftout == NULL)
		return;
	for (size_t i = 0; i < leftout->count; i++)
		buf_addf(&reasons, "%s%s %ld", i > 0 ? ", " : "",
		    leftout->tallies[i].why, leftout->tallies[i].count);
	if (leftout->total > 0)
		msg_note("not in it: %ld records: %s", leftout->total, reasons.data);
	buf_release(&reasons);
}
