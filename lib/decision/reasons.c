#include "lib/decision/reasons.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/decision/reasons_table.h"
#include "lib/decision/status.h"
#include "lib/profile/profile.h"

static const struct reason *
find(const char *id)
{
	const struct reason *reason = NULL;
	size_t i;

	for (i = 0; id != NULL && (reason = reasons_at(i)) != NULL; i++)
		if (strcmp(reason->id, id) == 0)
			break;
	return reason;
}

void
reasons_name(const char *id, enum language language, struct buf *out)
{
	const struct reason *reason = find(id);

	buf_adds(out, reason != NULL ? reason->name[language] :
	    id != NULL ? id : "?");
}

const char *
reasons_spelling(size_t check, size_t which)
{
	const struct reason *reason = reasons_at(check);

	if (reason == NULL)
		return NULL;
	return which == 0 ? reason->id : reason->name[which - 1];
}

/* Tilts and turns are said without their sign. */
static void
add_member(const struct node *check, const char *name, size_t len, struct buf *out)
{
	char member[8] = "";
	const char *text;
	double value;

	snprintf(member, sizeof member, "%.*s", (int)len, name);
	value = node_real(check, member, NAN);
	text = node_text(check, member);
	if (text != NULL)
		buf_adds(out, text);
	else if (isfinite(value))
		buf_addf(out, "%g", fabs(value));
	else
		buf_adds(out, "?");
}

static void
expand(const struct node *check, const char *sentence, struct buf *out)
{
	const char *brace, *end;

	while ((brace = strchr(sentence, '{')) != NULL) {
		end = strchr(brace, '}');
		buf_add(out, sentence, (size_t)(brace - sentence));
		add_member(check, brace + 1, (size_t)(end - brace - 1), out);
		sentence = end + 1;
	}
	buf_adds(out, sentence);
}

static int
has_verdict(const struct node *check, const char *verdict)
{
	const char *have = node_text(check, "verdict");

	return have != NULL && strcmp(have, verdict) == 0;
}

static void
add_not_made(const char *id, enum language language, struct buf *out)
{
	buf_adds(out, language == LANGUAGE_CHINESE ? "未能检测：" : "Not checked: ");
	reasons_name(id, language, out);
	buf_adds(out, language == LANGUAGE_CHINESE ? "。" : ".");
}

static const char *
find_warning(const struct node *check, enum language language)
{
	const struct reason_warning *warning = has_verdict(check, "warn") ?
	    reasons_warning(node_text(check, "id")) : NULL;

	return warning != NULL ? warning->sentence[language] : NULL;
}

/* What was measured says on which side of the limits it is. */
static const char *
pick(const struct reason *reason, const struct node *check, enum language language)
{
	const char *warning = find_warning(check, language);
	double value = node_real(check, "value", NAN);
	double max = node_real(check, "max", NAN);

	if (warning != NULL)
		return warning;
	if (reason->below[language] == NULL || (isfinite(value) && value > max &&
	    reason->above[language] != NULL))
		return reason->above[language];
	return reason->below[language];
}

void
reasons_sentence(const struct node *check, enum language language, struct buf *out)
{
	const char *id = node_text(check, "id");
	const char *given = node_text(check, language == LANGUAGE_CHINESE ?
	    "sentence_zh" : "sentence_en");
	const struct reason *reason = find(id);

	if (id != NULL && has_verdict(check, "not_assessed"))
		add_not_made(id, language, out);
	else if (given != NULL || reason == NULL)
		buf_adds(out, given != NULL ? given : id != NULL ? id : "?");
	else
		expand(check, pick(reason, check, language), out);
}

static int
add_with_verdict(const struct node *checks, const char *verdict, enum language language,
    const char *separator, int said, struct buf *out)
{
	const struct node *check;
	const char *level;
	size_t i;

	for (i = 0; i < node_count(checks); i++) {
		check = node_at(checks, i);
		level = node_text(check, "level");
		if (!has_verdict(check, verdict) ||
		    (level != NULL && strcmp(level, "info") == 0))
			continue;
		if (said++ > 0)
			buf_adds(out, separator);
		reasons_sentence(check, language, out);
	}
	return said;
}

/* The checks without which no photo passes, where they were not made. */
static int
add_required(const struct node *photo, const struct profile *profile,
    enum language language, const char *separator, int said, struct buf *out)
{
	const char *id;
	size_t i;

	for (i = 0; (id = profile_required_check(profile, i)) != NULL; i++) {
		if (status_is_made(photo, id))
			continue;
		if (said++ > 0)
			buf_adds(out, separator);
		add_not_made(id, language, out);
	}
	return said;
}

int
reasons_all(const struct node *photo, const struct profile *profile,
    enum language language, const char *separator, struct buf *out)
{
	const struct node *checks = node_get(photo, "checks");
	int said;

	said = add_with_verdict(checks, "fail", language, separator, 0, out);
	said = add_with_verdict(checks, "warn", language, separator, said, out);
	return node_count(checks) > 0 ? add_required(photo, profile, language, separator,
	    said, out) : said;
}
