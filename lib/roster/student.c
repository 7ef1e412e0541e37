#include "lib/roster/student.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"
#include "lib/roster/idnumber.h"
#include "lib/table/numfmt.h"

enum kind { KIND_TEXT, KIND_ID, KIND_NUMBER, KIND_NAME, KIND_SEX, KIND_DATE };

static const struct {
	const char *name;
	enum kind kind;
} fields[STUDENT_FIELD_COUNT] = {
	[STUDENT_ID_NUMBER] = { "id_number", KIND_ID },
	[STUDENT_STUDENT_NO] = { "student_no", KIND_NUMBER },
	[STUDENT_EXAM_NO] = { "exam_no", KIND_NUMBER },
	[STUDENT_NAME] = { "name", KIND_NAME },
	[STUDENT_SEX] = { "sex", KIND_SEX },
	[STUDENT_BIRTH_DATE] = { "birth_date", KIND_DATE },
	[STUDENT_SCHOOL_CODE] = { "school_code", KIND_NUMBER },
	[STUDENT_SCHOOL] = { "school", KIND_TEXT },
	[STUDENT_COLLEGE] = { "college", KIND_TEXT },
	[STUDENT_CLASS] = { "class", KIND_TEXT },
	[STUDENT_TEACHING_POINT] = { "teaching_point", KIND_TEXT },
	[STUDENT_SEASON] = { "season", KIND_TEXT },
	[STUDENT_MAJOR_CODE] = { "major_code", KIND_NUMBER },
	[STUDENT_MAJOR] = { "major", KIND_TEXT },
	[STUDENT_LEVEL] = { "level", KIND_TEXT },
	[STUDENT_STUDY_FORM] = { "study_form", KIND_TEXT },
	[STUDENT_YEARS] = { "years", KIND_TEXT },
	[STUDENT_ENROLMENT_DATE] = { "enrolment_date", KIND_DATE },
	[STUDENT_GRADUATION_DATE] = { "graduation_date", KIND_DATE },
	[STUDENT_STATUS] = { "register_status", KIND_TEXT },
	[STUDENT_CAPTURE_CODE] = { "capture_code", KIND_TEXT },
	[STUDENT_ID_TYPE] = { "id_type", KIND_TEXT },
	[STUDENT_ID_LAST_FOUR] = { "id_last_four", KIND_ID },
	[STUDENT_PHONE] = { "phone", KIND_NUMBER },
	[STUDENT_ADDRESS] = { "address", KIND_TEXT },
	[STUDENT_POSTCODE] = { "postcode", KIND_NUMBER },
	[STUDENT_RECIPIENT] = { "recipient", KIND_NAME },
	[STUDENT_BRANCH] = { "branch", KIND_TEXT },
	[STUDENT_FEE_PAID] = { "fee_paid", KIND_TEXT },
	[STUDENT_REMARK] = { "remark", KIND_TEXT },
};

const char *
student_field_name(enum student_field field)
{
	return fields[field].name;
}

int
student_field_parse(const char *name)
{
	for (int i = 0; i < STUDENT_FIELD_COUNT; i++)
		if (strcmp(fields[i].name, name) == 0)
			return i;
	return -1;
}

/* ---- values ---- */

static void
add_without(const char *text, const char *unwanted, struct buf *out)
{
	for (; *text != '\0'; text++)
		if (strchr(unwanted, *text) == NULL)
			buf_addc(out, *text);
}

/* "无", "-", "/", "0": there is no number. */
static int
has_number(const char *text)
{
	return strpbrk(text, "123456789") != NULL;
}

/* An apostrophe in front keeps a spreadsheet from making a number of it. */
static const char *
after_apostrophe(const char *text)
{
	text += strspn(text, " '`");
	if (strncmp(text, "‘", 3) == 0 || strncmp(text, "’", 3) == 0)
		text += 3;
	return text;
}

static void
tidy_sex(const char *text, struct buf *out)
{
	static const struct {
		const char *text, *sex;
	} words[] = {
		{ "1", "男" }, { "2", "女" }, { "M", "男" }, { "F", "女" },
		{ "MALE", "男" }, { "FEMALE", "女" }, { "男性", "男" },
		{ "女性", "女" }, { "男生", "男" }, { "女生", "女" }
	};
	struct buf folded = BUF_INIT;
	size_t i;

	text_fold(text, &folded);
	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(folded.data, words[i].text) == 0)
			break;
	buf_adds(out, i < sizeof words / sizeof *words ? words[i].sex :
	    folded.data);
	buf_release(&folded);
}

/* Up to three runs of digits, separated by anything: year, month, day. */
static int
split_date(const char *text, char parts[3][9])
{
	int count = 0;

	while (*text != '\0' && count < 3) {
		size_t len = strspn(text, "0123456789");

		if (len == 0) {
			text++;
			continue;
		}
		if (len > 8)
			return 0;
		memcpy(parts[count], text, len);
		parts[count++][len] = '\0';
		text += len;
		/* hours may follow, and do not matter */
		if (*text == ':')
			count--;
	}
	return count;
}

/* A date that a spreadsheet stored as a number of days and whose format the
 * reader did not know. */
static void
add_serial_date(const char *digits, struct buf *out)
{
	struct numfmt date = numfmt_parse("yyyymmdd");
	struct buf text = BUF_INIT;

	numfmt_text((double)strtol(digits, NULL, 10), date, 0, &text);
	add_without(text.data, "-", out);
	buf_release(&text);
}

static void
tidy_date(const char *text, struct buf *out)
{
	char parts[3][9];
	struct buf tidied = BUF_INIT;
	int count, i, usable;
	size_t len;

	text_tidy(text, &tidied);
	count = split_date(tidied.data, parts);
	len = count > 0 ? strlen(parts[0]) : 0;
	usable = len == 4;
	for (i = 1; i < count; i++)
		usable &= strlen(parts[i]) <= 2;
	if (len == 8 || (count == 1 && (len == 6 || len == 4))) {
		buf_adds(out, parts[0]);
	} else if (count == 1 && len == 5 && strlen(tidied.data) == 5) {
		add_serial_date(parts[0], out);
	} else if (usable) {
		buf_adds(out, parts[0]);
		for (i = 1; i < count; i++)
			buf_addf(out, "%s%s", parts[i][1] == '\0' ? "0" : "",
			    parts[i]);
	} else {
		buf_add(out, tidied.data, tidied.len);
	}
	buf_release(&tidied);
}

/* What people type for the X at the end of a resident's ID number. */
static void
mend_x(struct buf *id)
{
	static const char *const signs[] = { "×", "Ⅹ", "ⅹ", "✕", "Χ", "χ", "Х", "х" };
	enum { DIGITS_BEFORE = 17 };
	size_t len = strspn(id->data, "0123456789");

	for (size_t i = 0; len == DIGITS_BEFORE && i < sizeof signs / sizeof *signs; i++)
		if (strcmp(id->data + len, signs[i]) == 0) {
			id->data[len] = 'X';
			id->data[len + 1] = '\0';
			id->len = len + 1;
			break;
		}
}

void
student_tidy(enum student_field field, const char *text, struct buf *out)
{
	struct buf tidied = BUF_INIT;

	switch (fields[field].kind) {
	case KIND_TEXT:
		text_tidy(text, out);
		break;
	case KIND_NAME:
		text_tidy_name(text, out);
		break;
	case KIND_SEX:
		tidy_sex(text, out);
		break;
	case KIND_DATE:
		tidy_date(text, out);
		break;
	case KIND_ID:
		text_fold(text, &tidied);
		mend_x(&tidied);
		if (has_number(tidied.data))
			buf_adds(out, after_apostrophe(tidied.data));
		break;
	case KIND_NUMBER:
		text_tidy(text, &tidied);
		if (has_number(tidied.data))
			add_without(after_apostrophe(tidied.data), " ", out);
		break;
	}
	buf_release(&tidied);
}

/* Whether the roster calls something else a resident's identity card. */
static int
contradicts_type(const char *type, const struct idnumber *id)
{
	return type != NULL && id->type != ID_RESIDENT &&
	    id->type != ID_RESIDENT_OLD && id->problem == NULL &&
	    (strcmp(type, "居民身份证") == 0 || strcmp(type, "身份证") == 0);
}

void
student_check_id(const char *const values[], struct buf *notes,
    struct buf *doubts)
{
	const char *number = values[STUDENT_ID_NUMBER];
	const char *type = values[STUDENT_ID_TYPE];
	const char *birth = values[STUDENT_BIRTH_DATE];
	const char *sex = values[STUDENT_SEX];
	struct idnumber id;

	if (number == NULL)
		return;
	idnumber_read(number, &id);
	/* a passport may look like anything */
	if (id.type == ID_OTHER && type != NULL && strstr(type, "护照") != NULL)
		id.problem = NULL;
	if (contradicts_type(type, &id))
		buf_adds(notes, "the ID number is not a resident's, as the "
		    "roster says; ");
	if (id.problem != NULL) {
		buf_addf(notes, "ID number: %s; ", id.problem);
		buf_addf(doubts, "ID number: %s; ", id.problem);
	}
	if (birth != NULL && id.birth_date[0] != '\0' &&
	    strncmp(birth, id.birth_date, strlen(birth)) != 0)
		buf_adds(notes, "the ID number says another birth date than "
		    "the roster; ");
	if (sex != NULL && id.sex != 0 &&
	    strcmp(sex, id.sex == 'M' ? "男" : "女") != 0)
		buf_adds(notes, "the ID number says another sex than the "
		    "roster; ");
}
