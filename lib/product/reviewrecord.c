#include "lib/product/reviewrecord.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/node.h"
#include "lib/record/profile.h"
#include "lib/record/reasons.h"
#include "lib/record/status.h"
#include "lib/record/token.h"

enum { PICTURE_DIGITS = 8 };

void
reviewrecord_add_reference(const struct node *photo, struct buf *out)
{
	const char *picture = node_text(node_get(photo, "source"), "sha256");

	token_add(node_text(photo, "id"), out);
	if (picture != NULL && strlen(picture) >= PICTURE_DIGITS) {
		buf_addc(out, '.');
		buf_add(out, picture, PICTURE_DIGITS);
	}
}

static int
is_finding(const struct node *check)
{
	const char *verdict = node_text(check, "verdict");

	return verdict != NULL && strcmp(verdict, "pass") != 0;
}

static void
copy(const struct node *from, const char *name, struct node *to,
    const char *as)
{
	const struct node *value = node_get(from, name);

	if (value != NULL)
		node_set(to, as, node_copy(value));
}

static void
add_finding(const struct node *check, struct node *findings)
{
	static const char *const members[] = { "id", "level", "verdict", "value",
	    "unit", "min", "max", "detail", "by" };
	struct node *finding = node_append(findings, node_object());
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
		copy(check, members[i], finding, members[i]);
	for (int i = 0; i < 2; i++) {
		enum language language = i == 0 ? LANGUAGE_ENGLISH :
		    LANGUAGE_CHINESE;

		buf_clear(&text);
		reasons_name(node_text(check, "id"), language, &text);
		node_set_text(finding, i == 0 ? "name_en" : "name_zh", text.data);
		buf_clear(&text);
		reasons_sentence(check, language, &text);
		node_set_text(finding, i == 0 ? "en" : "zh", text.data);
	}
	buf_release(&text);
}

static void
add_findings(const struct node *photo, struct node *record)
{
	const struct node *checks = node_get(photo, "checks");
	struct node *findings = node_set(record, "findings", node_array());

	for (size_t i = 0; i < node_count(checks); i++)
		if (is_finding(node_at(checks, i)))
			add_finding(node_at(checks, i), findings);
}

static void
add_student(const struct node *photo, const struct profile *profile,
    struct node *record)
{
	const struct node *student = node_get(photo, "student");
	const char *name = node_text(student, "name");
	const char *id_number = node_text(student, "id_number");
	int rule = mask_rule_parse(profile_text(profile, "mask", "name"));
	struct buf text = BUF_INIT;

	if (name != NULL)
		mask_name(name, rule < 0 ? MASK_FIRST_LAST : (enum mask_rule)rule,
		    &text);
	node_set_text(record, "name", text.data);
	buf_clear(&text);
	if (id_number != NULL)
		mask_id_last_four(id_number, &text);
	else if (node_text(student, "id_last_four") != NULL)
		buf_adds(&text, node_text(student, "id_last_four"));
	node_set_text(record, "last_four", text.data);
	copy(student, "student_no", record, "student_no");
	copy(student, "college", record, "college");
	copy(student, "class", record, "class");
	buf_release(&text);
}

/* What the person sees is what the answer has to find again: the machine's status,
 * or that others disagree. */
static const char *
seen_status(const struct node *photo)
{
	const struct node *decision = node_get(photo, "decision");
	const char *verdict = node_text(decision, "verdict");

	if (verdict != NULL && strcmp(verdict, "conflict") == 0)
		return verdict;
	verdict = node_text(decision, "machine");
	return verdict != NULL ? verdict : node_text(photo, "status");
}

struct node *
reviewrecord_make(const struct node *photo, const struct profile *profile)
{
	struct node *record = node_object();
	enum status status = status_of(photo);
	struct buf text = BUF_INIT;

	reviewrecord_add_reference(photo, &text);
	node_set_text(record, "id", node_text(photo, "id"));
	node_set_text(record, "token", text.data);
	copy(node_get(photo, "source"), "sha256", record, "picture");
	node_set_text(record, "status", node_text(photo, "status"));
	if (status != STATUS_COUNT)
		node_set_text(record, "status_zh", status_chinese(status));
	node_set_text(record, "before", seen_status(photo));
	add_student(photo, profile, record);
	add_findings(photo, record);
	copy(photo, "decision", record, "decision");
	copy(photo, "held", record, "held");
	copy(photo, "image", record, "image");
	copy(photo, "face", record, "face");
	copy(node_get(photo, "normalized"), "crop", record, "crop");
	copy(node_get(photo, "normalized"), "background", record, "background");
	buf_release(&text);
	return record;
}
