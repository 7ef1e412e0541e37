#include "lib/roster/redact.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/roster/roster.h"

/* A name of which a part is hidden already stays as it is. */
static int
hide_name(struct roster *roster, size_t student, enum mask_rule rule)
{
	const char *name = roster_field(roster, student, STUDENT_NAME);
	struct buf masked = BUF_INIT;

	if (name == NULL || strchr(name, '*') != NULL ||
	    strstr(name, "×") != NULL)
		return 0;
	mask_name(name, rule, &masked);
	roster_set_field(roster, student, STUDENT_NAME, masked.data);
	buf_release(&masked);
	return 1;
}

static int
hide_id(struct roster *roster, size_t student)
{
	const char *id = roster_field(roster, student, STUDENT_ID_NUMBER);
	struct buf four = BUF_INIT;

	if (id == NULL)
		return 0;
	if (roster_field(roster, student, STUDENT_ID_LAST_FOUR) == NULL) {
		mask_id_last_four(id, &four);
		roster_set_field(roster, student, STUDENT_ID_LAST_FOUR,
		    four.data);
	}
	roster_set_field(roster, student, STUDENT_ID_NUMBER, NULL);
	buf_release(&four);
	return 1;
}

size_t
redact_roster(struct roster *roster, enum mask_rule rule)
{
	size_t hidden = 0;

	for (size_t i = 0; i < roster->count; i++) {
		int name = hide_name(roster, i, rule);

		hidden += (size_t)(hide_id(roster, i) | name);
	}
	return hidden;
}
