#include "lib/roster/oddkeys.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/pool.h"
#include "lib/roster/roster.h"
#include "lib/roster/value.h"

enum {
	LENGTHS = 32,		/* longer numbers are not looked at */
	USUAL_MIN = 20,		/* so many make a rule */
	ODD_SHARE = 20		/* one in so many breaks none */
};

static size_t
digits_in(const char *text)
{
	size_t digits = 0;

	for (; *text != '\0'; text++)
		digits += *text >= '0' && *text <= '9';
	return digits;
}

/* The length that nearly all have, 0: there is none. */
static size_t
usual_length(const struct roster *roster, enum student_field field)
{
	size_t counts[LENGTHS] = { 0 }, all = 0, best = 0;
	const char *text;

	for (size_t i = 0; i < roster->count; i++) {
		text = roster_field(roster, i, field);
		if (text == NULL)
			continue;
		all++;
		if (strlen(text) < LENGTHS && digits_in(text) == strlen(text))
			counts[strlen(text)]++;
	}
	for (size_t len = 1; len < LENGTHS; len++)
		if (counts[len] > counts[best])
			best = len;
	return counts[best] >= USUAL_MIN &&
	    (all - counts[best]) * ODD_SHARE <= all ? best : 0;
}

static uint32_t
add(struct roster *roster, uint32_t notes, const char *note)
{
	struct buf text = BUF_INIT;
	uint32_t number;

	if (notes != 0)
		buf_addf(&text, "%s; ", pool_text(roster->pool, notes));
	buf_adds(&text, note);
	number = pool_add(roster->pool, text.data, text.len);
	buf_release(&text);
	return number;
}

/* What is odd about a number where others have usual digits, or NULL. */
static const char *
oddity(const char *text, size_t usual)
{
	size_t digits = digits_in(text);

	if (digits == 2 * usual)
		return "holds two numbers";
	if (digits < strlen(text) && (strlen(text) == usual || digits == usual))
		return "has a letter or a sign where all others have digits";
	return NULL;
}

static void
doubt(struct roster *roster, size_t student, enum student_field field,
    const char *clause)
{
	struct roster_student *own = &roster->students[student];
	struct buf note = BUF_INIT;

	buf_addf(&note, "%s %s", student_field_name(field), clause);
	own->notes = add(roster, own->notes, note.data);
	own->doubts = add(roster, own->doubts, note.data);
	buf_release(&note);
}

static void
doubt_field(struct roster *roster, enum student_field field)
{
	size_t usual = usual_length(roster, field);
	const char *text, *odd;

	for (size_t i = 0; usual > 0 && i < roster->count; i++) {
		text = roster_field(roster, i, field);
		odd = text != NULL ? oddity(text, usual) : NULL;
		if (odd != NULL)
			doubt(roster, i, field, odd);
	}
}

/* A teacher's telephone below a list stands where a student's number would. */
static void
doubt_phones(struct roster *roster, enum student_field field)
{
	size_t phones = 0, all = 0;
	const char *text;

	for (size_t i = 0; i < roster->count; i++) {
		text = roster_field(roster, i, field);
		all += text != NULL;
		phones += text != NULL && value_is_phone(text);
	}
	for (size_t i = 0; 2 * phones < all && i < roster->count; i++) {
		text = roster_field(roster, i, field);
		if (text != NULL && value_is_phone(text))
			doubt(roster, i, field, "looks like a telephone number, and "
			    "most others do not");
	}
}

void
oddkeys_doubt(struct roster *roster)
{
	doubt_field(roster, STUDENT_STUDENT_NO);
	doubt_field(roster, STUDENT_EXAM_NO);
	doubt_phones(roster, STUDENT_STUDENT_NO);
	doubt_phones(roster, STUDENT_EXAM_NO);
}
