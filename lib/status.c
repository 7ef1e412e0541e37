#include "lib/status.h"

#include <math.h>
#include <string.h>

#include "lib/node.h"
#include "lib/profile.h"

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

static int
is(const struct node *object, const char *member, const char *text)
{
	const char *value = node_text(object, member);

	return value != NULL && strcmp(value, text) == 0;
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
		if (is(node_at(checks, i), "by", tool))
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

/* Whether a check that the profile requires was not made. */
static int
required_is_missing(const struct node *checks, const struct profile *profile)
{
	const char *id, *made;
	size_t i, j;

	for (i = 0; (id = profile_required_check(profile, i)) != NULL; i++) {
		for (j = 0; j < node_count(checks); j++) {
			made = node_text(node_at(checks, j), "id");
			if (made != NULL && strcmp(made, id) == 0 &&
			    !is(node_at(checks, j), "verdict", "not_assessed"))
				break;
		}
		if (j == node_count(checks))
			return 1;
	}
	return 0;
}

/* What one check does to the status: pass, review, reject or unreadable. */
static enum status
effect(const struct node *check)
{
	const char *id = node_text(check, "id");

	if (is(check, "verdict", "pass") || id == NULL)
		return STATUS_PASS;
	if (is(check, "verdict", "fail") && strcmp(id, "file.readable") == 0)
		return STATUS_UNREADABLE;
	if (is(check, "level", "info") || is(check, "verdict", "not_assessed"))
		return STATUS_PASS;
	if (is(check, "verdict", "fail") && is(check, "level", "reject"))
		return STATUS_REJECT;
	return STATUS_REVIEW;
}

enum status
status_derive(struct node *photo, const struct profile *profile)
{
	static const enum status by_match[] = { STATUS_MISSING, STATUS_UNMATCHED,
	    STATUS_SUPERSEDED, STATUS_EXCLUDED };
	struct node *match = node_get(photo, "match"), *checks = node_get(photo, "checks");
	enum status status = STATUS_PASS, one;
	size_t i;

	for (i = 0; i < node_count(checks); i++) {
		one = effect(node_at(checks, i));
		if (one == STATUS_UNREADABLE ||
		    (status != STATUS_UNREADABLE && one > status))
			status = one;
	}
	for (i = 0; i < sizeof by_match / sizeof *by_match; i++)
		if (is(match, "state", names[by_match[i]]))
			status = by_match[i];
	if (status == STATUS_PASS && required_is_missing(checks, profile))
		status = STATUS_REVIEW;
	node_set_text(photo, "status", names[status]);
	return status;
}

enum status
status_of(const struct node *photo)
{
	return status_parse(node_text(photo, "status"));
}
