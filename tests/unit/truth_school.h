#ifndef TC_TRUTH_SCHOOL_H
#define TC_TRUTH_SCHOOL_H
/*
 * truth_school: a school whose truth is known, and the names its files get; only
 * for t_truth.c.
 *
 * Everything follows from school->state, which the caller sets before the first
 * row: the same state makes the same school.
 */
#include <stdint.h>	/* uint64_t */
#include <stdio.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"	/* HASH_TEXT */
#include "lib/intake/ledger.h"
#include "lib/batch/journal.h"
#include "lib/batch/journal_parts.h"	/* struct journal */

enum {
	ROWS = 300,		/* of the roster on day 1 */
	LATE = 12,		/* more on day 2, and again on day 3 */
	PEOPLE = ROWS + 2 * LATE,
	STRANGERS = 20,		/* people of another school */
	ALL = PEOPLE + STRANGERS,
	DAYS = 3,
	PICTURES = 4000	/* limit, for the truth table */
};

/* One row of the school; two rows may be one person. */
struct row {
	char id_number[20], student_no[20], exam_no[20], name[32];
	char class[32], college[32];
	int person;
	int gone;		/* in the roster no more */
};

struct picture {
	char sha256[HASH_TEXT];
	int person;		/* whose face it is */
	int day;
	int honest;		/* its file name speaks of that person or nobody */
	int told;		/* the school has said whose it is not */
};

struct school {
	uint64_t state;
	struct row rows[ALL];
	struct picture pictures[PICTURES];
	size_t count;
	struct ledger ledger;
	struct journal journal;
	int day;
};

/* ---- chance ---- */

static uint32_t
chance(struct school *school, uint32_t below)
{
	school->state = school->state * 6364136223846793005u +
	    1442695040888963407u;
	return (uint32_t)(school->state >> 33) % below;
}

static int
percent(struct school *school, uint32_t value)
{
	return chance(school, 100) < value;
}

static const char *
pick(struct school *school, const char *const *words, size_t count)
{
	return words[chance(school, (uint32_t)count)];
}

#define PICK(school, words) pick(school, words, sizeof words / sizeof *words)

/* ---- people ---- */

static void
name_person(struct school *school, struct row *row)
{
	static const char *const family[] = { "王", "李", "张", "刘", "陈",
	    "欧阳", "诸葛", "赵", "钱", "孙" };
	static const char *const given[] = { "伟", "芳", "娜", "敏", "静", "丽",
	    "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超",
	    "霞", "平", "刚", "桂英", "子涵", "宇轩", "欣怡", "一诺", "浩然",
	    "梓萱", "雨桐", "思远", "嘉怡", "俊杰", "晓东", "建国", "文博" };
	static const char *const minority[] = { "阿依古丽·买买提",
	    "买买提·艾力", "努尔兰·哈力克", "古丽娜·阿不都" };

	if (percent(school, 3))
		snprintf(row->name, sizeof row->name, "%s",
		    PICK(school, minority));
	else
		snprintf(row->name, sizeof row->name, "%s%s",
		    PICK(school, family), PICK(school, given));
}

static void
make_row(struct school *school, int i)
{
	static const char weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10,
	    5, 8, 4, 2 };
	struct row *row = &school->rows[i];
	int sum_of = 0;

	row->person = i;
	name_person(school, row);
	snprintf(row->id_number, sizeof row->id_number, "3299012003%02u%02u%03d",
	    1 + chance(school, 12), 1 + chance(school, 28), i + 100);
	for (int k = 0; k < 17; k++)
		sum_of += (row->id_number[k] - '0') * weights[k];
	row->id_number[17] = "10X98765432"[sum_of % 11];
	/* Numbers near each other, and of one length. */
	snprintf(row->student_no, sizeof row->student_no, "2022%04d%02d",
	    i / 40 + 101, i % 40 + 1);
	snprintf(row->exam_no, sizeof row->exam_no, "22329901%06d", 150000 + i);
	snprintf(row->class, sizeof row->class, "计科220%d", i / 40 % 9 + 1);
	snprintf(row->college, sizeof row->college, "%s",
	    i / 40 % 2 ? "信息工程学院" : "外国语学院");
	/* The row before once more, with another number: one person. */
	if (i > 0 && i < ROWS && percent(school, 2) &&
	    school->rows[i - 1].person == i - 1) {
		row->person = i - 1;
		memcpy(row->id_number, row[-1].id_number,
		    sizeof row->id_number);
		memcpy(row->name, row[-1].name, sizeof row->name);
	}
}

/* ---- file names ---- */

/* Full-width digits, as some input methods make them. */
static void
widen(const char *digits, struct buf *out)
{
	for (; *digits != '\0'; digits++)
		buf_addf(out, "\xef\xbc%c", 0x90 + *digits - '0');
}

static void
name_as_typed(struct school *school, const struct row *row, struct buf *out)
{
	const char *dot = strstr(row->name, "·");
	static const char *const dots[] = { "·", "•", "‧", "・" };

	if (dot != NULL)
		buf_addf(out, "%.*s%s%s", (int)(dot - row->name), row->name,
		    PICK(school, dots), dot + strlen("·"));
	else if (strlen(row->name) == 6 && percent(school, 20))
		buf_addf(out, "%.3s　%s", row->name, row->name + 3);
	else
		buf_adds(out, row->name);
}

/* What goes wrong with names; returns whether what it says is true or nothing. */
static int
name_oddly(struct school *school, const struct row *row, const struct row *other,
    uint32_t kind, struct buf *out)
{
	switch (kind) {
	case 13:	/* the class of somebody else's */
		buf_addf(out, "%s/", other->class);
		name_as_typed(school, row, out);
		buf_adds(out, ".jpg");
		return 1;
	case 14:
		buf_addf(out, "IMG_20260%d15_083012.jpg", 1 +
		    (int)chance(school, 9));
		return 1;
	case 15:
		buf_addf(out, "mmexport16%011u.jpg", chance(school, 1u << 30));
		return 1;
	case 16:
		widen(row->student_no, out);
		buf_adds(out, ".jpg");
		return 1;
	case 17:	/* a digit was dropped, or doubled */
		buf_addf(out, "%.*s.jpg", (int)strlen(row->student_no) - 1,
		    row->student_no);
		return 1;
	case 18:
		buf_addf(out, "%s%c.jpg", row->student_no,
		    row->student_no[3]);
		return 1;
	case 19:	/* a mobile number beside the name */
		name_as_typed(school, row, out);
		buf_addf(out, "13%09u.jpg", chance(school, 1000000000));
		return 1;
	case 20:	/* two students in one name */
		buf_addf(out, "%s_%s.jpg", row->student_no, other->student_no);
		return 1;
	case 21:	/* swapped: the number is another's, the name is right */
		buf_addf(out, "%s_%s.jpg", other->student_no, row->name);
		return 1;
	case 22:	/* an unpacker lost what it did not know */
		buf_addf(out, "%s/??%s.jpg", row->class, row->name);
		return 1;
	default:	/* swapped, and nothing shows it */
		buf_addf(out, "%s.jpg", other->student_no);
		return 0;
	}
}

/* A name for the file of a picture of row; returns whether what it says is true or
 * nothing. */
static int
name_file(struct school *school, const struct row *row, struct buf *out)
{
	const struct row *other;
	uint32_t kind;

	do
		other = &school->rows[chance(school, PEOPLE)];
	while (other->person == row->person ||
	    strcmp(other->name, row->name) == 0);
	kind = chance(school, 24);
	switch (kind) {
	case 0: case 1: case 2: case 3:
		buf_addf(out, "%s.jpg", row->student_no);
		return 1;
	case 4: case 5:
		buf_addf(out, "%s.JPG", row->id_number);
		return 1;
	case 6:
		buf_addf(out, "%s.png", row->exam_no);
		return 1;
	case 7: case 8:
		buf_addf(out, "%s/%s_", row->class, row->student_no);
		name_as_typed(school, row, out);
		buf_adds(out, ".jpg");
		return 1;
	case 9:
		buf_addf(out, "%s/", row->college);
		name_as_typed(school, row, out);
		buf_addf(out, "-%s (1).jpeg", row->student_no);
		return 1;
	case 10: case 11:
		name_as_typed(school, row, out);
		buf_adds(out, ".jpg");
		return 1;
	case 12:
		buf_addf(out, "%s/", row->class);
		name_as_typed(school, row, out);
		buf_adds(out, " 副本.jpg");
		return 1;
	default:
		return name_oddly(school, row, other, kind, out);
	}
}

#endif
