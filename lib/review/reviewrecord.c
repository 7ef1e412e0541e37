#include "lib/review/reviewrecord.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/node.h"
#include "lib/base/translate.h"
#include "lib/batch/token.h"
#include "lib/decision/exemption.h"
#include "lib/decision/reasons.h"
#include "lib/decision/status.h"
#include "lib/profile/profile.h"

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

static void
copy(const struct node *from, const char *name, struct node *to,
    const char *as)
{
	const struct node *value = node_get(from, name);

	if (value != NULL)
		node_set(to, as, node_copy(value));
}

/* ---- findings ---- */

/* Set MEMBER_en and MEMBER_zh to what say appends. */
static void
add_both(struct node *object, const char *member, const struct node *check,
    void (*say)(const struct node *check, enum language language,
    struct buf *out))
{
	static const char *const ends[] = { [LANGUAGE_ENGLISH] = "en",
	    [LANGUAGE_CHINESE] = "zh" };
	struct buf text = BUF_INIT, name = BUF_INIT;

	for (int i = 0; i < 2; i++) {
		buf_clear(&text);
		buf_clear(&name);
		say(check, (enum language)i, &text);
		buf_addf(&name, "%s%s", member, ends[i]);
		if (text.len > 0)
			node_set_text(object, name.data, text.data);
	}
	buf_release(&name);
	buf_release(&text);
}

static void
say_name(const struct node *check, enum language language, struct buf *out)
{
	reasons_name(node_text(check, "id"), language, out);
}

static void
say_detail(const struct node *check, enum language language, struct buf *out)
{
	const char *detail = node_text(check, "detail");

	if (detail != NULL && language == LANGUAGE_CHINESE)
		translate(detail, out);
	else if (detail != NULL)
		buf_adds(out, detail);
}

static void
add_finding(const struct node *check, const struct profile *profile,
    struct node *findings)
{
	static const char *const members[] = { "id", "level", "verdict", "value",
	    "unit", "min", "max", "by" };
	struct node *finding = node_append(findings, node_object());

	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
		copy(check, members[i], finding, members[i]);
	add_both(finding, "name_", check, say_name);
	add_both(finding, "", check, reasons_sentence);
	add_both(finding, "detail_", check, say_detail);
	if (node_text_is(check, "verdict", "fail") && node_text_is(check, "level", "reject") &&
	    exemption_never(profile, node_text(check, "id")))
		node_set_flag(finding, "final", 1);
}

static int
is_listed(const struct node *list, const char *id)
{
	for (size_t i = 0; i < node_count(list); i++)
		if (id == NULL || node_text_is(node_at(list, i), "id", id))
			return 1;
	return 0;
}

/* A check that the profile requires is said to be missing also where nothing of it is
 * there. */
static void
add_unchecked(const struct node *photo, const struct profile *profile,
    struct node *record)
{
	const struct node *checks = node_get(photo, "checks");
	struct node *list = node_set(record, "unchecked", node_array()), *entry;
	const char *id;
	size_t i;

	for (i = 0; (id = profile_required_check(profile, i)) != NULL; i++) {
		if (status_is_made(photo, id))
			continue;
		entry = node_append(list, node_object());
		node_set_text(entry, "id", id);
		node_set_flag(entry, "required", 1);
		add_both(entry, "name_", entry, say_name);
	}
	for (i = 0; i < node_count(checks); i++) {
		const struct node *check = node_at(checks, i);

		if (!node_text_is(check, "verdict", "not_assessed") ||
		    is_listed(list, node_text(check, "id")))
			continue;
		entry = node_append(list, node_object());
		copy(check, "id", entry, "id");
		add_both(entry, "name_", check, say_name);
	}
}

static void
add_findings(const struct node *photo, const struct profile *profile,
    struct node *record)
{
	const struct node *checks = node_get(photo, "checks");
	struct node *findings = node_set(record, "findings", node_array());

	for (size_t i = 0; i < node_count(checks); i++)
		if (node_text_is(node_at(checks, i), "verdict", "fail") ||
		    node_text_is(node_at(checks, i), "verdict", "warn"))
			add_finding(node_at(checks, i), profile, findings);
	add_unchecked(photo, profile, record);
}

/* ---- who ---- */

static void
add_student(const struct node *photo, const struct profile *profile,
    int full_names, struct node *record)
{
	static const char *const members[] = { "student_no", "college",
	    "teaching_point", "season", "class" };
	const struct node *student = node_get(photo, "student");
	const char *id_number = node_text(student, "id_number");
	struct buf text = BUF_INIT;

	profile_add_name(profile, node_text(student, "name"), full_names, &text);
	node_set_text(record, "name", text.data);
	buf_clear(&text);
	if (id_number != NULL)
		mask_id_last_four(id_number, &text);
	else if (node_text(student, "id_last_four") != NULL)
		buf_adds(&text, node_text(student, "id_last_four"));
	node_set_text(record, "last_four", text.data);
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		copy(student, members[i], record, members[i]);
	buf_release(&text);
}

/* ---- what people said ---- */

void
reviewrecord_add_value(const char *field, const char *value, const char *other,
    struct buf *out)
{
	if (other == NULL)
		other = value;
	if (strcmp(field, "name") == 0)
		mask_difference(value, other, 1, 1, out);
	else if (strcmp(field, "id_number") == 0)
		mask_difference(value, other, 0, 4, out);
	else
		buf_adds(out, value);
}

static void
add_value(const char *field, const char *value, const char *other,
    struct node *claim, const char *as)
{
	struct buf text = BUF_INIT;

	if (value == NULL || *value == '\0' || field == NULL ||
	    strcmp(field, "photo") == 0)
		return;
	reviewrecord_add_value(field, value, other, &text);
	node_set_text(claim, as, text.data);
	buf_release(&text);
}

/* Several people about one field: what each said. */
static void
add_said(const struct node *held, const char *field, struct node *claim)
{
	const struct node *said = node_get(held, "said");
	struct node *list;

	if (node_count(said) == 0)
		return;
	list = node_set(claim, "said", node_array());
	for (size_t i = 0; i < node_count(said); i++) {
		const struct node *one = node_at(said, i);
		struct node *entry = node_append(list, node_object());

		copy(one, "who", entry, "who");
		copy(one, "reason", entry, "reason");
		add_value(field, node_text(one, "after"), node_text(held, "before"),
		    entry, "after");
	}
}

static void
add_claims(const struct node *photo, struct node *record)
{
	static const char *const members[] = { "field", "reason", "who", "role",
	    "when", "stale", "waits" };
	const struct node *held = node_get(photo, "held");
	struct node *list;

	if (node_count(held) == 0)
		return;
	list = node_set(record, "held", node_array());
	for (size_t i = 0; i < node_count(held); i++) {
		const struct node *one = node_at(held, i);
		const char *field = node_text(one, "field");
		const char *before = node_text(one, "before");
		const char *after = node_text(one, "after");
		struct node *claim = node_append(list, node_object());

		for (size_t m = 0; m < sizeof members / sizeof *members; m++)
			copy(one, members[m], claim, members[m]);
		add_value(field, before, after, claim, "before");
		add_value(field, after, before, claim, "after");
		add_said(one, field, claim);
	}
}

/* What the register said, each time; of the present picture where current is true. */
static void
add_register(const struct node *photo, struct node *record)
{
	const struct node *answers = node_get(photo, "register");
	const char *picture = node_text(node_get(photo, "source"), "sha256");
	struct node *list;

	if (node_count(answers) == 0)
		return;
	list = node_set(record, "register", node_array());
	for (size_t i = 0; i < node_count(answers); i++) {
		const struct node *answer = node_at(answers, i);
		struct node *entry = node_append(list, node_object());

		copy(answer, "after", entry, "after");
		copy(answer, "reason", entry, "reason");
		copy(answer, "when", entry, "when");
		copy(answer, "waits", entry, "waits");
		if (picture != NULL && node_text_is(answer, "picture", picture))
			node_set_flag(entry, "current", 1);
	}
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

/* Of the measurements what the page draws. */
static void
add_shape(const struct node *photo, struct node *record)
{
	static const char *const members[] = { "box", "crown", "chin", "left_eye",
	    "right_eye" };
	const struct node *face = node_get(photo, "face");
	const struct node *image = node_get(photo, "image");
	struct node *shape;

	if (image != NULL) {
		shape = node_set(record, "image", node_object());
		copy(image, "width", shape, "width");
		copy(image, "height", shape, "height");
	}
	if (face == NULL)
		return;
	shape = node_set(record, "face", node_object());
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		copy(face, members[i], shape, members[i]);
}

struct node *
reviewrecord_make(const struct node *photo, const struct profile *profile,
    int full_names)
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
	add_student(photo, profile, full_names, record);
	add_findings(photo, profile, record);
	copy(photo, "decision", record, "decision");
	add_claims(photo, record);
	add_register(photo, record);
	copy(photo, "locked", record, "locked");
	add_shape(photo, record);
	copy(node_get(photo, "normalized"), "crop", record, "crop");
	copy(node_get(photo, "normalized"), "background", record, "background");
	buf_release(&text);
	return record;
}
