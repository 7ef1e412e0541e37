#include "lib/roster/discreet.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/pool.h"
#include "lib/roster/roster.h"
#include "lib/roster/student.h"

static const char *
keep(struct roster *roster, const struct buf *text)
{
	return pool_text(roster->pool, pool_add(roster->pool, text->data,
	    text->len));
}

/* A name of which a part is hidden already stays as it is. */
static int
hide_name(struct roster *roster, struct student *student, enum mask_rule rule)
{
	const char *name = student->fields[STUDENT_NAME];
	struct buf masked = BUF_INIT;

	if (name == NULL || strchr(name, '*') != NULL ||
	    strstr(name, "×") != NULL)
		return 0;
	mask_name(name, rule, &masked);
	student->fields[STUDENT_NAME] = keep(roster, &masked);
	buf_release(&masked);
	return 1;
}

static int
hide_id(struct roster *roster, struct student *student)
{
	const char *id = student->fields[STUDENT_ID_NUMBER];
	struct buf four = BUF_INIT;

	if (id == NULL)
		return 0;
	if (student->fields[STUDENT_ID_LAST_FOUR] == NULL) {
		mask_id_last_four(id, &four);
		student->fields[STUDENT_ID_LAST_FOUR] = keep(roster, &four);
	}
	student->fields[STUDENT_ID_NUMBER] = NULL;
	buf_release(&four);
	return 1;
}

size_t
discreet_roster(struct roster *roster, enum mask_rule rule)
{
	size_t hidden = 0;

	for (size_t i = 0; i < roster->count; i++) {
		struct student *student = &roster->students[i];
		int name = hide_name(roster, student, rule);

		hidden += (size_t)(hide_id(roster, student) | name);
	}
	return hidden;
}
