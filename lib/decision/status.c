#include "lib/decision/status.h"

#include <math.h>
#include <string.h>

#include "lib/base/node.h"
#include "lib/decision/exemption.h"
#include "lib/decision/machine.h"
#include "lib/profile/profile.h"

static const char *const names[STATUS_COUNT] = {
	"pass", "review", "reject", "missing", "unmatched", "superseded", "excluded",
	"unreadable",
};

static const char *const chinese[STATUS_COUNT] = {
	"合格", "待人工审核", "需重拍", "未采集", "待关联", "重复上传", "不在采集范围",
	"文件无法读取",
};

static const char *const level_names[] = { "reject", "review", "info" };
static const char *const verdict_names[] = { "pass", "warn", "fail", "not_assessed" };

const char *
status_name(enum status status)
{
	return names[status];
}

const char *
status_chinese(enum status status)
{
	return chinese[status];
}

enum status
status_parse(const char *name)
{
	int i;

	for (i = 0; name != NULL && i < STATUS_COUNT; i++)
		if (strcmp(names[i], name) == 0)
			return (enum status)i;
	return STATUS_COUNT;
}

static struct node *
checks_of(struct node *photo)
{
	struct node *checks = node_get(photo, "checks");

	return checks != NULL ? checks : node_set(photo, "checks", node_array());
}

void
status_clear_checks(struct node *photo, const char *tool)
{
	struct node *checks = checks_of(photo);
	size_t i = 0;

	while (i < node_count(checks))
		if (node_text_is(node_at(checks, i), "by", tool))
			node_remove_at(checks, i);
		else
			i++;
}

static struct node *
add(struct node *photo, const char *tool, const char *id, const struct limit *limit,
    enum verdict verdict)
{
	struct node *check = node_append(checks_of(photo), node_object());
	int soft = limit->soft && verdict == VERDICT_WARN;

	node_set_text(check, "id", id);
	node_set_text(check, "by", tool);
	node_set_text(check, "level", level_names[soft ? LEVEL_INFO : limit->level]);
	node_set_text(check, "verdict", verdict_names[verdict]);
	return check;
}

struct node *
status_add_check(struct node *photo, const char *tool, const char *id,
    const struct limit *limit, double value, const char *unit, int decimals)
{
	double shown = round(value * pow(10, decimals)) / pow(10, decimals);
	enum verdict verdict = VERDICT_PASS;
	struct node *check;

	if (!isfinite(value))
		verdict = VERDICT_NOT_ASSESSED;
	else if ((limit->has_min && shown < limit->min) ||
	    (limit->has_max && shown > limit->max))
		verdict = limit->soft ? VERDICT_WARN : VERDICT_FAIL;
	check = add(photo, tool, id, limit, verdict);
	if (isfinite(value))
		node_set_real(check, "value", value, decimals);
	node_set_text(check, "unit", unit);
	if (limit->has_min)
		node_set_real(check, "min", limit->min, 6);
	if (limit->has_max)
		node_set_real(check, "max", limit->max, 6);
	return check;
}

struct node *
status_add_verdict(struct node *photo, const char *tool, const char *id,
    const struct limit *limit, enum verdict verdict, const char *detail)
{
	struct node *check = add(photo, tool, id, limit, verdict);

	node_set_text(check, "detail", detail);
	return check;
}

int
status_is_made(const struct node *photo, const char *id)
{
	const struct node *checks = node_get(photo, "checks");
	const char *made;
	size_t i;

	for (i = 0; i < node_count(checks); i++) {
		made = node_text(node_at(checks, i), "id");
		if (made != NULL && strcmp(made, id) == 0 &&
		    !node_text_is(node_at(checks, i), "verdict", "not_assessed"))
			return 1;
	}
	return 0;
}

/* Whether a check that the profile requires was not made. */
static int
required_is_missing(const struct node *photo, const struct profile *profile)
{
	const char *id;
	size_t i;

	for (i = 0; (id = profile_required_check(profile, i)) != NULL; i++)
		if (!status_is_made(photo, id))
			return 1;
	return 0;
}

static int
is_exempted(const struct node *photo, const struct profile *profile, const char *id)
{
	const struct node *list = node_get(photo, "exemptions");
	size_t i;

	for (i = 0; i < node_count(list); i++)
		if (node_text_is(node_at(list, i), "check", id))
			return !exemption_never(profile, id);
	return 0;
}

/* What one check does to the status: pass, review, reject or unreadable. */
static enum status
effect(const struct node *check)
{
	const char *id = node_text(check, "id");

	if (node_text_is(check, "verdict", "pass") || id == NULL)
		return STATUS_PASS;
	if (node_text_is(check, "verdict", "fail") && strcmp(id, "file.readable") == 0)
		return STATUS_UNREADABLE;
	if (node_text_is(check, "level", "info") || node_text_is(check, "verdict", "not_assessed"))
		return STATUS_PASS;
	if (node_text_is(check, "verdict", "fail") && node_text_is(check, "level", "reject"))
		return STATUS_REJECT;
	return STATUS_REVIEW;
}

/* What the checks say together.  *final: a failure that nobody may set aside. */
static enum status
judge(const struct node *photo, const struct profile *profile, int *final)
{
	const struct node *checks = node_get(photo, "checks"), *check;
	enum status status = STATUS_PASS, one;
	size_t i;

	*final = 0;
	for (i = 0; i < node_count(checks); i++) {
		check = node_at(checks, i);
		one = effect(check);
		if (one == STATUS_REJECT) {
			if (is_exempted(photo, profile, node_text(check, "id")))
				one = STATUS_REVIEW;
			else if (exemption_never(profile, node_text(check, "id")))
				*final = 1;
		}
		if (one == STATUS_UNREADABLE ||
		    (status != STATUS_UNREADABLE && one > status))
			status = one;
	}
	if (status == STATUS_PASS && required_is_missing(photo, profile))
		status = STATUS_REVIEW;
	return status;
}

enum status
status_by_checks(const struct node *photo, const struct profile *profile)
{
	int final;

	return judge(photo, profile, &final);
}

/* What the reviewer made of what the checks said. */
static enum status
apply_decision(struct node *decision, enum status machine, int final)
{
	const char *before = node_text(decision, "before");
	enum status said = status_parse(node_text(decision, "verdict"));

	node_set_text(decision, "machine", names[machine]);
	node_remove(decision, "stale");
	if (final && said == STATUS_PASS)
		return machine;
	if (said != STATUS_PASS && said != STATUS_REJECT)
		return STATUS_REVIEW;
	if (before == NULL || machine == said || strcmp(before, names[machine]) == 0)
		return said;
	node_set_flag(decision, "stale", 1);
	return STATUS_REVIEW;
}

/* What the state that an item of a list is in does to the record. */
static enum effect
effect_of(const struct node *list)
{
	enum effect effect = EFFECT_NONE, one;

	for (size_t i = 0; i < node_count(list); i++) {
		one = machine_effect(machine_state_parse(node_text(node_at(list, i),
		    "state")));
		if (one > effect)
			effect = one;
	}
	return effect;
}

/* The status of a readable picture that is a student's: the register's word about
 * it, then people's, then the checks'; nothing that is open passes. */
static enum status
decide(struct node *photo, enum status machine, int final)
{
	struct node *decision = node_get(photo, "decision");
	enum effect effect = effect_of(node_get(photo, "register"));
	enum status status = decision != NULL ? apply_decision(decision, machine,
	    final) : machine;

	if (effect == EFFECT_REJECT || status == STATUS_REJECT)
		return STATUS_REJECT;
	if (effect == EFFECT_REVIEW)
		return STATUS_REVIEW;
	if (status == STATUS_PASS &&
	    effect_of(node_get(photo, "held")) != EFFECT_NONE)
		status = STATUS_REVIEW;
	return status;
}

enum status
status_derive(struct node *photo, const struct profile *profile)
{
	static const enum status by_match[] = { STATUS_MISSING, STATUS_UNMATCHED,
	    STATUS_SUPERSEDED, STATUS_EXCLUDED };
	const struct node *match = node_get(photo, "match");
	enum status status;
	size_t i;
	int final;

	status = judge(photo, profile, &final);
	for (i = 0; i < sizeof by_match / sizeof *by_match; i++)
		if (node_text_is(match, "state", names[by_match[i]]))
			break;
	if (i < sizeof by_match / sizeof *by_match)
		status = by_match[i];
	else if (node_text_is(match, "state", "removed"))
		status = STATUS_EXCLUDED;
	else if (status != STATUS_UNREADABLE)
		status = decide(photo, status, final);
	node_set_text(photo, "status", names[status]);
	return status;
}

const char *
status_failure_by_other(const struct node *photo, const char *tool)
{
	const struct node *checks = node_get(photo, "checks"), *check;
	const char *detail;

	for (size_t i = 0; i < node_count(checks); i++) {
		check = node_at(checks, i);
		if (!node_text_is(check, "id", "file.readable") ||
		    !node_text_is(check, "verdict", "fail") ||
		    node_text_is(check, "by", tool))
			continue;
		detail = node_text(check, "detail");
		return detail != NULL ? detail : "cannot be read";
	}
	return NULL;
}

int
status_is_students(const struct node *photo)
{
	const struct node *match = node_get(photo, "match");

	return node_is_object(node_get(photo, "student")) &&
	    !node_text_is(match, "state", "unmatched") &&
	    !node_text_is(match, "state", "superseded");
}

enum status
status_of(const struct node *photo)
{
	return status_parse(node_text(photo, "status"));
}
