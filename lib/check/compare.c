#include "lib/check/compare.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/check/explain.h"
#include "lib/decision/person.h"
#include "lib/decision/status.h"
#include "lib/stream/recordindex.h"
#include "lib/stream/recordreader.h"

/* ---- two records ---- */

static const char was[] = "earlier", is[] = "now";

/* Set change's member to what was and what is; what is not there is left out. */
static void
set_pair(struct node *change, const char *name, const struct node *earlier,
    const struct node *now)
{
	struct node *pair = node_set(change, name, node_object());

	if (earlier != NULL)
		node_set(pair, was, node_copy(earlier));
	if (now != NULL)
		node_set(pair, is, node_copy(now));
}

/* The member of the records' members of that name, when it is another. */
static void
compare_member(struct node *change, const char *as, const struct node *earlier,
    const struct node *now, const char *name)
{
	const struct node *before = node_get(earlier, name), *after = node_get(now, name);

	if (!node_same(before, after))
		set_pair(change, as, before, after);
}

static void
compare_fields(struct node *change, const struct node *earlier, const struct node *now)
{
	struct node *names = node_differing(now, earlier);

	if (node_count(names) > 0)
		node_set(change, "student_fields", names);
	else
		node_free(names);
}

static const struct node *
find_check(const struct node *checks, const struct node *like)
{
	const char *id = node_text(like, "id");

	for (size_t i = 0; i < node_count(checks); i++) {
		const char *other = node_text(node_at(checks, i), "id");

		if (id != NULL && other != NULL && strcmp(id, other) == 0)
			return node_at(checks, i);
	}
	return NULL;
}

static void
compare_check(struct node *list, const struct node *earlier, const struct node *now)
{
	struct node *item = node_object();
	const char *id = node_text(now != NULL ? now : earlier, "id");

	node_set_text(item, "id", id != NULL ? id : "?");
	compare_member(item, "verdict", earlier, now, "verdict");
	compare_member(item, "value", earlier, now, "value");
	if (node_get(item, "verdict") != NULL || node_get(item, "value") != NULL)
		node_append(list, item);
	else
		node_free(item);
}

static void
compare_checks(struct node *change, const struct node *earlier, const struct node *now)
{
	struct node *list = node_array();

	for (size_t i = 0; i < node_count(now); i++)
		compare_check(list, find_check(earlier, node_at(now, i)), node_at(now, i));
	for (size_t i = 0; i < node_count(earlier); i++)
		if (find_check(now, node_at(earlier, i)) == NULL)
			compare_check(list, node_at(earlier, i), NULL);
	if (node_count(list) > 0)
		node_set(change, "checks", list);
	else
		node_free(list);
}

static struct node *
begin_change(const char *kind, const struct node *photo)
{
	struct node *change = node_object();
	const char *id = node_text(photo, "id");
	struct buf who = BUF_INIT;

	person_add(node_get(photo, "student"), &who);
	node_set_text(change, "type", "change");
	node_set_text(change, "kind", kind);
	node_set_text(change, "id", id != NULL ? id : "?");
	node_set_text(change, "who", who.data);
	buf_release(&who);
	return change;
}

static struct node *
compare_records(const struct node *earlier, const struct node *now)
{
	struct node *change;

	if (earlier == NULL || now == NULL) {
		change = begin_change(now != NULL ? "new" : "gone",
		    now != NULL ? now : earlier);
		compare_member(change, "status", earlier, now, "status");
		return change;
	}
	change = begin_change("changed", now);
	compare_member(change, "status", earlier, now, "status");
	compare_member(change, "photo", node_get(earlier, "source"), node_get(now, "source"),
	    "sha256");
	compare_fields(change, node_get(earlier, "student"), node_get(now, "student"));
	compare_checks(change, node_get(earlier, "checks"), node_get(now, "checks"));
	compare_member(change, "image", node_get(earlier, "normalized"),
	    node_get(now, "normalized"), "sha256");
	if (node_get(change, "status") == NULL && node_get(change, "photo") == NULL &&
	    node_get(change, "student_fields") == NULL &&
	    node_get(change, "checks") == NULL && node_get(change, "image") == NULL) {
		node_free(change);
		return NULL;
	}
	return change;
}

/* ---- in words ---- */

static void
add_head(const struct node *change, enum language language, struct buf *out)
{
	const struct node *status = node_get(change, "status");
	const char *kind = node_text(change, "kind");
	int chinese = language == LANGUAGE_CHINESE, both = strcmp(kind, "changed") == 0;

	if (!both)
		buf_adds(out, strcmp(kind, "new") == 0 ? chinese ? "新增：" : "new: " :
		    chinese ? "减少：" : "gone: ");
	buf_addf(out, "%s %s", node_text(change, "id"), node_text(change, "who"));
	if (status != NULL) {
		buf_adds(out, chinese ? "：" : ": ");
		if (both)
			buf_addf(out, "%s -> ", explain_status(node_text(status, was), language));
		buf_adds(out, explain_status(node_text(status,
		    strcmp(kind, "gone") == 0 ? was : is), language));
	}
	buf_addc(out, '\n');
}

static void
add_value(const struct node *pair, const char *which, struct buf *out)
{
	const struct node *value = node_get(pair, which);

	if (value != NULL)
		node_print(value, out);
	else
		buf_addc(out, '-');
}

static void
add_pair(const char *earlier, const char *now, struct buf *out)
{
	buf_addf(out, "%s -> %s", earlier, now);
}

static void
add_number(const struct node *value, struct buf *out)
{
	struct buf earlier = BUF_INIT, now = BUF_INIT;

	add_value(value, was, &earlier);
	add_value(value, is, &now);
	add_pair(earlier.data, now.data, out);
	buf_release(&earlier);
	buf_release(&now);
}

/* A check whose verdict is another has a line. */
static void
add_verdict(const struct node *item, enum language language, struct buf *out)
{
	const struct node *verdict = node_get(item, "verdict"), *value = node_get(item, "value");
	const char *id = node_text(item, "id");

	buf_addf(out, "    %s (", id);
	reasons_name(id, language, out);
	buf_adds(out, "): ");
	add_pair(explain_verdict(node_text(verdict, was), language),
	    explain_verdict(node_text(verdict, is), language), out);
	if (value != NULL) {
		buf_adds(out, ", ");
		add_number(value, out);
	}
	buf_addc(out, '\n');
}

/* The numbers of the others stand in one. */
static void
add_checks(const struct node *checks, enum language language, struct buf *out)
{
	struct buf numbers = BUF_INIT;

	for (size_t i = 0; i < node_count(checks); i++) {
		const struct node *item = node_at(checks, i);

		if (node_get(item, "verdict") != NULL) {
			add_verdict(item, language, out);
			continue;
		}
		buf_addf(&numbers, "%s%s ", numbers.len > 0 ? ", " : "",
		    node_text(item, "id"));
		add_number(node_get(item, "value"), &numbers);
	}
	if (numbers.len > 0)
		buf_addf(out, "    %s%s\n", language == LANGUAGE_CHINESE ? "数值：" :
		    "values: ", numbers.data);
	buf_release(&numbers);
}

static void
add_fields(const struct node *fields, enum language language, struct buf *out)
{
	if (fields == NULL)
		return;
	buf_adds(out, language == LANGUAGE_CHINESE ? "    花名册：" : "    roster: ");
	for (size_t i = 0; i < node_count(fields); i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : "", node_text_at(fields, i));
	buf_addc(out, '\n');
}

/* What became of a file: the first, none any more, another. */
static void
add_file(const struct node *pair, const char *const names[2], enum language language,
    struct buf *out)
{
	static const char *const words[3][2] = { { "the first", "新到" },
	    { "none any more", "没有了" }, { "another one", "换了" } };
	int what = node_text(pair, was) == NULL ? 0 : node_text(pair, is) == NULL ? 1 : 2;

	if (pair != NULL)
		buf_addf(out, "    %s%s\n", names[language], words[what][language]);
}

static void
say_change(const struct node *change, enum language language, struct buf *out)
{
	static const char *const photo[] = { "photo: ", "照片：" };
	static const char *const image[] = { "registration image: ", "电子注册图像：" };
	size_t begun = out->len;

	add_head(change, language, out);
	add_file(node_get(change, "photo"), photo, language, out);
	add_fields(node_get(change, "student_fields"), language, out);
	add_checks(node_get(change, "checks"), language, out);
	add_file(node_get(change, "image"), image, language, out);
	msg_make_plain(out->data + begun, 1);
}

/* ---- two manifests ---- */

/* What there may be, and how often there was: names of sums and of members of a change. */
static const struct {
	const char *name, *member, *chinese;
} matters[] = {
	{ "status", "status", "状态" }, { "photo", "photo", "照片" },
	{ "roster", "student_fields", "花名册" }, { "checks", "checks", "检查项" },
	{ "image", "image", "电子注册图像" }
};

enum { MATTERS = sizeof matters / sizeof *matters };

struct comparison {
	int json;
	enum language language;
	struct recordindex *earlier;
	unsigned char *found;	/* of each earlier record */
	long before, now, added, gone, changed, of[MATTERS];
};

/* Print and count; frees it.  NULL is fine. */
static void
tell(struct comparison *comparison, struct node *change)
{
	struct buf text = BUF_INIT;
	const char *kind = node_text(change, "kind");

	if (change == NULL)
		return;
	if (comparison->json) {
		node_print(change, &text);
		buf_addc(&text, '\n');
	} else {
		say_change(change, comparison->language, &text);
	}
	io_print(text.data, text.len);
	comparison->added += strcmp(kind, "new") == 0;
	comparison->gone += strcmp(kind, "gone") == 0;
	if (strcmp(kind, "changed") == 0) {
		comparison->changed++;
		for (size_t i = 0; i < MATTERS; i++)
			comparison->of[i] += node_get(change, matters[i].member) != NULL;
	}
	node_free(change);
	buf_release(&text);
}

static void
say_sums(const struct comparison *sums, struct buf *out)
{
	int chinese = sums->language == LANGUAGE_CHINESE;

	buf_addf(out, chinese ? "原有学生 %ld 名，现有 %ld 名：新增 %ld，减少 %ld，有变化 %ld" :
	    "%ld students before, %ld now: %ld new, %ld gone, %ld changed", sums->before,
	    sums->now, sums->added, sums->gone, sums->changed);
	for (size_t i = 0; i < MATTERS; i++)
		buf_addf(out, "%s%s %ld", i == 0 ? chinese ? "（" : " (" : chinese ? "，" :
		    ", ", chinese ? matters[i].chinese : matters[i].name, sums->of[i]);
	buf_adds(out, chinese ? "）\n" : ")\n");
}

static void
tell_sums(const struct comparison *sums)
{
	struct node *node = node_object(), *of;
	struct buf text = BUF_INIT;

	node_set_text(node, "type", "sums");
	node_set_integer(node, "before", sums->before);
	node_set_integer(node, "now", sums->now);
	node_set_integer(node, "new", sums->added);
	node_set_integer(node, "gone", sums->gone);
	node_set_integer(node, "changed", sums->changed);
	of = node_set(node, "of", node_object());
	for (size_t i = 0; i < MATTERS; i++)
		node_set_integer(of, matters[i].name, sums->of[i]);
	if (sums->json) {
		node_print(node, &text);
		buf_addc(&text, '\n');
	} else {
		say_sums(sums, &text);
	}
	io_print(text.data, text.len);
	node_free(node);
	buf_release(&text);
}

static int
compare_one(struct comparison *comparison, const struct node *photo, const char *school,
    struct buf *err)
{
	long at = recordindex_find(comparison->earlier, photo, school);
	struct node *earlier = NULL;

	comparison->now++;
	if (at >= 0 && !comparison->found[at]) {
		earlier = recordindex_get(comparison->earlier, (size_t)at, err);
		if (earlier == NULL)
			return -1;
		comparison->found[at] = 1;
	}
	tell(comparison, compare_records(earlier, photo));
	node_free(earlier);
	return 0;
}

static int
tell_gone(struct comparison *comparison, struct buf *err)
{
	for (size_t at = 0; at < recordindex_count(comparison->earlier); at++) {
		struct node *earlier;

		if (comparison->found[at])
			continue;
		earlier = recordindex_get(comparison->earlier, at, err);
		if (earlier == NULL)
			return -1;
		tell(comparison, compare_records(earlier, NULL));
		node_free(earlier);
	}
	return 0;
}

static int
compare_all(struct comparison *comparison, struct recordreader *now, struct buf *err)
{
	struct node *photo;
	int result = 0;

	while (result == 0 && (photo = recordreader_next(now, err)) != NULL) {
		result = compare_one(comparison, photo, recordreader_school(now), err);
		node_free(photo);
	}
	return result != 0 || err->len > 0 ? -1 : tell_gone(comparison, err);
}

int
compare_manifests(const char *earlier, const char *now, int json, enum language language,
    struct buf *err)
{
	struct comparison comparison = { .json = json, .language = language };
	struct recordreader *reader = NULL;
	int result = -1;

	comparison.earlier = recordindex_open(earlier, err);
	if (comparison.earlier != NULL)
		reader = recordreader_open(now, err);
	if (reader != NULL) {
		comparison.before = (long)recordindex_count(comparison.earlier);
		comparison.found = xcalloc((size_t)comparison.before, 1);
		result = compare_all(&comparison, reader, err);
	}
	if (result == 0)
		tell_sums(&comparison);
	recordreader_close(reader);
	recordindex_close(comparison.earlier);
	free(comparison.found);
	return result;
}
