#include "lib/answers/finding.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"

#define BY(role) (1u << (role))

enum {
	SCHOOL = BY(ROLE_SCHOOL), REVIEWER = BY(ROLE_REVIEWER),
	OPERATOR = BY(ROLE_OPERATOR)
};

/* What people write, in Chinese and English. */
static const struct {
	const char *word;
	enum finding_kind kind;
	unsigned int roles;
} words[] = {
	{ "正确", FINDING_RIGHT, SCHOOL }, { "无误", FINDING_RIGHT, SCHOOL },
	{ "correct", FINDING_RIGHT, SCHOOL }, { "right", FINDING_RIGHT, SCHOOL },
	{ "合格", FINDING_PASS, REVIEWER }, { "通过", FINDING_PASS, REVIEWER },
	{ "pass", FINDING_PASS, REVIEWER },
	{ "需重拍", FINDING_RETAKE, SCHOOL | REVIEWER },
	{ "重拍", FINDING_RETAKE, SCHOOL | REVIEWER },
	{ "retake", FINDING_RETAKE, SCHOOL | REVIEWER },
	{ "reject", FINDING_RETAKE, SCHOOL | REVIEWER },
	{ "照片不是本人", FINDING_NOT_SELF, SCHOOL | REVIEWER },
	{ "another person's photo", FINDING_NOT_SELF, SCHOOL | REVIEWER },
	{ "姓名有误", FINDING_NAME, SCHOOL },
	{ "name is wrong", FINDING_NAME, SCHOOL },
	{ "证件号有误", FINDING_ID_NUMBER, SCHOOL },
	{ "证件号码有误", FINDING_ID_NUMBER, SCHOOL },
	{ "ID number is wrong", FINDING_ID_NUMBER, SCHOOL },
	{ "学号有误", FINDING_STUDENT_NO, SCHOOL },
	{ "student number is wrong", FINDING_STUDENT_NO, SCHOOL },
	{ "其他", FINDING_OTHER, SCHOOL | REVIEWER },
	{ "other", FINDING_OTHER, SCHOOL | REVIEWER },
	{ "同意", FINDING_ACCEPT, OPERATOR }, { "accept", FINDING_ACCEPT, OPERATOR },
	{ "不同意", FINDING_DISMISS, OPERATOR },
	{ "已处理", FINDING_DISMISS, OPERATOR },
	{ "dismiss", FINDING_DISMISS, OPERATOR },
	{ "close", FINDING_DISMISS, OPERATOR },
};

int
finding_parse(const char *word, enum finding_kind *kind, unsigned int *roles)
{
	struct buf folded = BUF_INIT, known = BUF_INIT;
	int found = 0;

	text_fold(word, &folded);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		buf_clear(&known);
		text_fold(words[i].word, &known);
		if (strcmp(known.data, folded.data) == 0) {
			*kind = words[i].kind;
			*roles = words[i].roles;
			found = 1;
		}
	}
	buf_release(&known);
	buf_release(&folded);
	return found;
}

/* ---- what they are about ---- */

static const char photo_field[] = "photo";

/* The member of student that a finding is about, or what stands for it. */
static const char *const fields[] = {
	[FINDING_RIGHT] = photo_field, [FINDING_PASS] = photo_field,
	[FINDING_RETAKE] = photo_field, [FINDING_NOT_SELF] = photo_field,
	[FINDING_NAME] = "name", [FINDING_ID_NUMBER] = "id_number",
	[FINDING_STUDENT_NO] = "student_no", [FINDING_OTHER] = "other",
	[FINDING_ACCEPT] = NULL, [FINDING_DISMISS] = NULL
};

const char *
finding_field(enum finding_kind kind)
{
	return fields[kind];
}

int
finding_is_of_picture(enum finding_kind kind)
{
	return fields[kind] == photo_field;
}

static int
same(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* Two people may say different things of a picture: that is a dispute, and reported as
 * one. */
int
finding_contradicts(const struct finding *a, const struct finding *b)
{
	if (a == b || a->student != b->student || !same(a->who, b->who) ||
	    a->role != b->role)
		return 0;
	if (fields[a->kind] == NULL)
		return same(a->matter, b->matter) && a->kind != b->kind;
	if ((a->kind == FINDING_RIGHT) != (b->kind == FINDING_RIGHT))
		return 1;
	return same(fields[a->kind], fields[b->kind]) && (a->kind != b->kind ||
	    a->target != b->target || !same(a->after, b->after));
}
