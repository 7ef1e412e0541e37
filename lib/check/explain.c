#include "lib/check/explain.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mask.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/base/translate.h"
#include "lib/decision/person.h"
#include "lib/decision/status.h"
#include "lib/profile/profile.h"

struct words {
	const char *word;	/* as manifests have it */
	const char *said[2];	/* enum language */
};

static const struct words levels[] = {
	{ "reject", { "reject", "不合格" } }, { "review", { "review", "待审核" } },
	{ "info", { "info", "提示" } }, { NULL, { NULL, NULL } }
};

/* In the order in which they are printed. */
static const struct words verdicts[] = {
	{ "fail", { "FAIL", "不通过" } }, { "warn", { "warn", "提醒" } },
	{ "not_assessed", { "not assessed", "未检测" } }, { "pass", { "pass", "通过" } },
	{ NULL, { NULL, NULL } }
};

static const char *
said(const struct words *words, const char *word, enum language language)
{
	for (; words->word != NULL; words++)
		if (word != NULL && strcmp(words->word, word) == 0)
			return words->said[language];
	return word != NULL ? word : "?";
}

const char *
explain_verdict(const char *verdict, enum language language)
{
	return verdict != NULL ? said(verdicts, verdict, language) : "-";
}

const char *
explain_status(const char *status, enum language language)
{
	enum status parsed = status_parse(status);

	if (language == LANGUAGE_CHINESE && parsed != STATUS_COUNT)
		return status_chinese(parsed);
	return status != NULL ? status : "-";
}

/* "10 to 40", "at least 10", "at most 40", or nothing. */
static void
add_limits(const struct node *check, enum language language, struct buf *out)
{
	const struct node *min = node_get(check, "min"), *max = node_get(check, "max");
	int chinese = language == LANGUAGE_CHINESE;

	if (min != NULL && max == NULL)
		buf_adds(out, chinese ? "不小于 " : "at least ");
	if (min != NULL)
		node_print(min, out);
	if (min != NULL && max != NULL)
		buf_adds(out, chinese ? " 至 " : " to ");
	else if (max != NULL)
		buf_adds(out, chinese ? "不大于 " : "at most ");
	if (max != NULL)
		node_print(max, out);
}

static int
has(const struct node *check, const char *member, const char *value)
{
	const char *text = node_text(check, member);

	return text != NULL && strcmp(text, value) == 0;
}

/* ---- one photo ---- */

static void
add_detail(const char *detail, enum language language, struct buf *out)
{
	if (detail == NULL)
		return;
	buf_adds(out, " (");
	if (language == LANGUAGE_CHINESE)
		translate(detail, out);
	else
		buf_adds(out, detail);
	buf_addc(out, ')');
}

/* The number, its limits, and what is said of what was not passed. */
static void
add_check(const struct node *check, enum language language, struct buf *out)
{
	const struct node *value = node_get(check, "value");
	const char *id = node_text(check, "id"), *unit = node_text(check, "unit");
	struct buf limits = BUF_INIT;

	buf_addf(out, "  %s  %s (", said(verdicts, node_text(check, "verdict"), language),
	    id != NULL ? id : "?");
	reasons_name(id, language, out);
	buf_addf(out, ", %s)", said(levels, node_text(check, "level"), language));
	if (value != NULL) {
		buf_adds(out, ": ");
		node_print(value, out);
		buf_addf(out, "%s%s", unit != NULL && *unit != '\0' ? " " : "",
		    unit != NULL ? unit : "");
	}
	add_limits(check, language, &limits);
	if (limits.len > 0)
		buf_addf(out, " [%s]", limits.data);
	buf_addc(out, '\n');
	if (!has(check, "verdict", "pass") && !has(check, "verdict", "not_assessed")) {
		buf_adds(out, "        ");
		reasons_sentence(check, language, out);
		add_detail(node_text(check, "detail"), language, out);
		buf_addc(out, '\n');
	}
	buf_release(&limits);
}

static void
add_person(const struct node *photo, struct buf *out)
{
	const struct node *student = node_get(photo, "student");
	const char *entry = node_text(node_get(photo, "source"), "entry");
	const char *const names[] = { node_text(student, "name"), NULL };
	const char *id = node_text(photo, "id");
	struct buf who = BUF_INIT;

	if (id != NULL)
		buf_adds(out, id);
	person_add(student, &who);
	if (who.len > 0)
		buf_addf(out, " %s", who.data);
	buf_release(&who);
	if (entry != NULL) {
		if (id != NULL)
			buf_addc(out, ' ');
		mask_entry_name(entry, names, out);
	}
}

void
explain_photo(const struct node *photo, enum language language, struct buf *out)
{
	const struct node *checks = node_get(photo, "checks");
	const char *status = node_text(photo, "status");
	const struct words *verdict;
	size_t i, begun = out->len;

	add_person(photo, out);
	if (status != NULL)
		buf_addf(out, ": %s", explain_status(status, language));
	buf_addc(out, '\n');
	for (verdict = verdicts; verdict->word != NULL; verdict++)
		for (i = 0; i < node_count(checks); i++)
			if (has(node_at(checks, i), "verdict", verdict->word))
				add_check(node_at(checks, i), language, out);
	msg_make_plain(out->data + begun, 1);
}

static int
is_meant(const struct node *photo, const char *meant)
{
	static const char *const numbers[] = { "student_no", "id_number", "exam_no" };
	const struct node *student = node_get(photo, "student");
	size_t i;

	if (has(photo, "id", meant))
		return 1;
	for (i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (has(student, numbers[i], meant))
			return 1;
	return 0;
}

int
explain_manifest(const char *path, const char *meant, enum language language,
    struct buf *err)
{
	struct buf line = BUF_INIT, text = BUF_INIT, ignored = BUF_INIT;
	struct io_lines lines;
	int whole, found = 0, got;

	if (io_lines_open(&lines, path, err) != 0)
		return -1;
	while ((got = io_lines_next(&lines, &line, &whole, err)) > 0) {
		struct node *record = node_parse(line.data, line.len, &ignored);

		if (record != NULL && is_meant(record, meant)) {
			explain_photo(record, language, &text);
			found++;
		}
		node_free(record);
		buf_clear(&ignored);
	}
	io_lines_close(&lines);
	io_print(text.data, text.len);
	buf_release(&line);
	buf_release(&text);
	return got < 0 ? -1 : found;
}

/* ---- all checks ---- */

/* Of these the limits are not the check's: its section names no number. */
static void
set_bands(const struct profile *profile, const char *id, struct node *check)
{
	static const struct {
		const char *id, *section, *min, *max;
		double min_times, max_times;
	} bands[] = {
		{ "file.pixels", "ingest", NULL, "pixels_max", 0, 1e-6 },
		{ "framing.centre", "geometry", "centre_max", "centre_max", -1, 1 },
		{ "framing.crown", "geometry", "crown_min", "crown_max", 1, 1 },
		{ "framing.eye_line", "geometry", "eye_line_min", "eye_line_max", 1, 1 },
		{ "framing.face_width", "geometry", "face_width_min", "face_width_max", 1, 1 },
	};

	for (size_t i = 0; i < sizeof bands / sizeof *bands; i++) {
		if (strcmp(id, bands[i].id) != 0)
			continue;
		if (bands[i].min != NULL)
			node_set_real(check, "min", bands[i].min_times *
			    profile_number(profile, bands[i].section, bands[i].min), 3);
		node_set_real(check, "max", bands[i].max_times *
		    profile_number(profile, bands[i].section, bands[i].max), 3);
	}
}

/* The check as it is when it is not passed, of which nothing is measured. */
static struct node *
example_of(const struct profile *profile, const char *id)
{
	static const char *const names[] = { "reject", "review", "info" };
	struct limit limit = profile_limit(profile, id);
	struct node *check = node_object();

	node_set_text(check, "id", id);
	node_set_text(check, "level", names[limit.level]);
	node_set_text(check, "verdict", "fail");
	node_set_text(check, "value", "...");
	node_set_text(check, "detail", "...");
	if (limit.has_min)
		node_set_real(check, "min", limit.min, 3);
	if (limit.has_max)
		node_set_real(check, "max", limit.max, 3);
	set_bands(profile, id, check);
	return check;
}

void
explain_checks(const struct profile *profile, enum language language, struct buf *out)
{
	struct buf section = BUF_INIT;
	const char *id;
	size_t i;

	for (i = 0; (id = profile_check_at(profile, i)) != NULL; i++) {
		struct node *check = example_of(profile, id);

		buf_addf(out, "%s  %s  ", id, said(levels, node_text(check, "level"), language));
		add_limits(check, language, out);
		buf_adds(out, "\n    ");
		reasons_name(id, language, out);
		buf_adds(out, language == LANGUAGE_CHINESE ? "：" : ": ");
		reasons_sentence(check, language, out);
		buf_clear(&section);
		buf_addf(&section, "check.%s", id);
		buf_adds(out, "\n    # ");
		profile_source(profile, section.data, out);
		buf_addc(out, '\n');
		node_free(check);
	}
	buf_release(&section);
}
