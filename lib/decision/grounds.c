#include "lib/decision/grounds.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/base/text.h"
#include "lib/decision/advice.h"
#include "lib/decision/machine.h"

/* What is said before the words of a state, in both languages. */
static const struct {
	enum state state;
	const char *words[2];		/* by enum language */
} heads[] = {
	{ STATE_RETURNED, { "the school asks for another", "学校要求重拍" } },
	{ STATE_REJECTED, { "rejected by a reviewer", "人工审核未通过" } },
	{ STATE_REFUSED, { "refused by the register", "学信网未通过" } },
	{ STATE_DISOWNED, { "another person's photo", "照片不是本人" } },
	{ STATE_DISPUTED, { "people disagree", "审核意见不一致" } },
	{ STATE_DOUBTED, { "doubted by the register", "学信网存疑" } },
	{ STATE_OFFERED, { "another student's photo is said to be this one's",
	    "另一名学生的照片据称是该生本人" } },
	{ STATE_NOTED, { "remark", "备注" } }, { STATE_KEPT, { "remark", "备注" } },
};

/* What a claim is about. */
static const struct {
	const char *field, *words[2];
} claims[] = {
	{ "name", { "name is wrong", "姓名有误" } },
	{ "id_number", { "ID number is wrong", "证件号有误" } },
	{ "student_no", { "student number is wrong", "学号有误" } },
};

static enum state
state_of(const struct node *item)
{
	return machine_state_parse(node_text(item, "state"));
}

/* ---- one reason ---- */

/* The check that a reason names: its id, or the family of several. */
static const char *
check_of(const char *reason)
{
	size_t len = strlen(reason);
	const char *id;

	for (size_t i = 0; (id = reasons_spelling(i, 0)) != NULL; i++)
		if (strncmp(id, reason, len) == 0 && (id[len] == '\0' || id[len] == '.'))
			return id;
	return NULL;
}

void
grounds_reason(const char *reason, enum language language, struct buf *out)
{
	const char *check = *reason != '\0' ? check_of(reason) : NULL;

	if (check == NULL) {
		buf_adds(out, reason);
		return;
	}
	reasons_name(check, language, out);
	buf_addf(out, language == LANGUAGE_CHINESE ? "（%s）" : " (%s)", reason);
}

static const char *
head_of(const struct node *item, enum language language)
{
	enum state state = state_of(item);
	const char *field = node_text(item, "field");

	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		if (heads[i].state == state)
			return heads[i].words[language];
	for (size_t i = 0; i < sizeof claims / sizeof claims[0]; i++)
		if (text_same(claims[i].field, field))
			return claims[i].words[language];
	return field != NULL ? field : "?";
}

void
grounds_item(const struct node *item, enum language language, struct buf *out)
{
	const char *reason = node_text(item, "reason");

	buf_adds(out, head_of(item, language));
	if (reason == NULL)
		return;
	buf_adds(out, language == LANGUAGE_CHINESE ? "：" : ": ");
	grounds_reason(reason, language, out);
}

/* ---- a record's ---- */

/* Whether what the state does makes the student come again. */
static int
rejects(const struct node *item)
{
	enum state state = state_of(item);

	return machine_effect(state) == EFFECT_REJECT || state == STATE_DISOWNED;
}

static int
is_open(const struct node *item)
{
	enum state state = state_of(item);

	return !rejects(item) && (machine_effect(state) != EFFECT_NONE ||
	    state == STATE_KEPT);
}

/* Each item of a record that people's answers made, until one is visited that ends
 * the search. */
static int
each(const struct node *photo, int (*visit)(void *, const struct node *),
    void *state)
{
	static const char *const lists[] = { "held", "register" };
	const struct node *decision = node_get(photo, "decision");

	if (decision != NULL && visit(state, decision))
		return 1;
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		const struct node *list = node_get(photo, lists[i]);

		for (size_t k = 0; k < node_count(list); k++)
			if (visit(state, node_at(list, k)))
				return 1;
	}
	return 0;
}

struct telling {
	int (*wanted)(const struct node *item);
	void (*add)(const struct node *item, enum language language,
	    struct buf *out);
	enum language language;
	const char *separator;
	struct buf *out;
	int count;
};

static int
tell(void *state, const struct node *item)
{
	struct telling *telling = state;

	if (!telling->wanted(item))
		return 0;
	if (telling->count++ > 0)
		buf_adds(telling->out, telling->separator);
	telling->add(item, telling->language, telling->out);
	return 0;
}

int
grounds_rejected(const struct node *photo, enum language language,
    const char *separator, struct buf *out)
{
	struct telling telling = { rejects, grounds_item, language, separator, out, 0 };

	each(photo, tell, &telling);
	return telling.count;
}

int
grounds_open(const struct node *photo, enum language language,
    const char *separator, struct buf *out)
{
	struct telling telling = { is_open, grounds_item, language, separator, out, 0 };

	each(photo, tell, &telling);
	return telling.count;
}

/* ---- advice ---- */

/* What the table of advice says of a check that failed; 0 when it needs numbers. */
static int
advise_check(const char *check, enum language language, struct buf *out)
{
	struct node *photo = node_object(), *one;
	struct buf text = BUF_INIT;
	int said;

	one = node_append(node_set(photo, "checks", node_array()), node_object());
	node_set_text(one, "id", check);
	node_set_text(one, "level", "reject");
	node_set_text(one, "verdict", "fail");
	said = advice_all(photo, language, "\n", &text) > 0 &&
	    strchr(text.data, '?') == NULL;
	if (said)
		buf_adds(out, text.data);
	buf_release(&text);
	node_free(photo);
	return said;
}

static void
advise(const struct node *item, enum language language, struct buf *out)
{
	static const char *const fixed[][2] = {
		{ "Send a photo of the student.", "请上传本人照片。" },
		{ "The register did not accept the photo: have a new one taken, as the "
		    "student looks now.",
		    "学信网未接受该照片，请按采集要求重新拍摄近期本人照片。" },
		{ "Have a new photo taken by the rules.", "请按采集要求重拍。" }
	};
	const char *reason = node_text(item, "reason");
	const char *check = reason != NULL ? check_of(reason) : NULL;
	enum state state = state_of(item);

	if (state == STATE_DISOWNED)
		buf_adds(out, fixed[0][language]);
	else if (state == STATE_REFUSED)
		buf_adds(out, fixed[1][language]);
	else if (check != NULL && advise_check(check, language, out))
		return;
	else if (reason == NULL)
		buf_adds(out, fixed[2][language]);
	else if (language == LANGUAGE_CHINESE)
		buf_addf(out, "请针对“%s”改进后重拍。", reason);
	else
		buf_addf(out, "Have a new photo taken without this fault: %s.", reason);
}

int
grounds_advice(const struct node *photo, enum language language,
    const char *separator, struct buf *out)
{
	struct telling telling = { rejects, advise, language, separator, out, 0 };

	each(photo, tell, &telling);
	return telling.count;
}

/* ---- looking for reasons ---- */

struct looking {
	const char *check, *word;
};

static int
look(void *state, const struct node *item)
{
	const struct looking *looking = state;
	const char *reason = node_text(item, "reason");

	if (reason == NULL || !rejects(item))
		return 0;
	if (looking->word != NULL)
		return strstr(reason, looking->word) != NULL;
	return strncmp(reason, looking->check, strlen(looking->check)) == 0 &&
	    (reason[strlen(looking->check)] == '\0' ||
	    reason[strlen(looking->check)] == '.');
}

int
grounds_name(const struct node *photo, const char *check)
{
	return each(photo, look, &(struct looking){ check, NULL });
}

int
grounds_say(const struct node *photo, const char *word)
{
	return each(photo, look, &(struct looking){ NULL, word });
}
