#include "lib/roster/value.h"

#include <stdint.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"
#include "lib/table/shortened.h"

#define DIGITS "0123456789"

enum {
	NUMBER_CHARS_MAX = 32,	/* of a number; what is longer is a sentence */
	DIGITS_IN_WORDS = 4,	/* so many make a number of letters and digits */
	DIGITS_OF_CLASS = 6,	/* and letters: 计科2201A is no ID number */
	LONG_NUMBER = 11, ZEROS = 5, ID_ZEROS = 6,
	ID_LENGTH = 18, ID_LOST = 3,	/* beyond a spreadsheet's 15 digits */
	ID_DIGITS_MIN = 12,
	PHONE_LENGTH = 11,
	NAME_HAN_MAX = 15,	/* of a name without dots */
	NAME_HIDDEN_MAX = 4	/* of one that begins and ends in hidden parts */
};

static int
is_one_of(const char *text, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(text, *words) == 0)
			return 1;
	return 0;
}

static int
has_one_of(const char *text, const char *const *signs)
{
	for (; *signs != NULL; signs++)
		if (strstr(text, *signs) != NULL)
			return 1;
	return 0;
}

int
value_is_nothing(const char *text)
{
	static const char *const words[] = {
		"-", "--", "---", "—", "——", "－", "/", "\\", "0", ".", "*",
		"无", "暂无", "没有", "空", "未知", "不详", "NULL", "null",
		"None", "none", "N/A", "n/a", "NA", "nan", "NaN", "待定",
		"待补", "待补充", "待填", "空缺", "缺", "测试", "某某", NULL
	};

	return *text == '\0' || is_one_of(text, words);
}

int
value_is_ditto(const char *text)
{
	static const char *const words[] = {
		"同上", "同前", "同左", "〃", "″", "\"", "\"\"", "''", NULL
	};

	return is_one_of(text, words);
}

int
value_is_masked(const char *name)
{
	static const char *const signs[] = { "*", "＊", "×", "○", NULL };

	return has_one_of(name, signs);
}

int
value_is_phone(const char *text)
{
	return strlen(text) == PHONE_LENGTH && text[0] == '1' &&
	    text[1] >= '3' && strspn(text, DIGITS) == PHONE_LENGTH;
}

/* 025-83333333: with the code of its place, 010, 02x or 03xx to 09xx. */
static int
is_landline(const char *text)
{
	size_t code = strspn(text, DIGITS), rest;

	if (text[0] != '0' || text[1] == '0' || code != (text[1] < '3' ? 3 : 4) ||
	    text[code] != '-')
		return 0;
	rest = strspn(text + code + 1, DIGITS);
	return (rest == 7 || rest == 8) && text[code + 1 + rest] == '\0';
}

/* ---- characters ---- */

/* Private use, unassigned planes and non-characters: somebody's own font. */
static int
is_nobodys(uint32_t code)
{
	return (code >= 0xE000 && code <= 0xF8FF) ||
	    (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE ||
	    (code >= 0x2FA20 && code <= 0x2FFFF) || code >= 0x323B0;
}

/* A box, or a sign of those that describe a character by its parts. */
static int
is_box(uint32_t code)
{
	return (code >= 0x2FF0 && code <= 0x2FFF) || code == 0xFFFD ||
	    code == 0x25A0 || code == 0x25A1 ||
	    code == 0x25AF || code == 0x3013 || code == 0x2B1C;
}

static int
is_han(uint32_t code)
{
	return code == 0x3007 || (code >= 0x3400 && code <= 0x9FFF) ||
	    (code >= 0xF900 && code <= 0xFAFF) ||
	    (code >= 0x20000 && code < 0x323B0);
}

/* A letter of another script than Latin and Chinese, or with an accent. */
static int
is_foreign(uint32_t code)
{
	return (code >= 0xC0 && code < 0x2000 && code != 0xD7 && code != 0xF7) ||
	    (code >= 0x3041 && code < 0x31C0 && code != 0x30FB) ||
	    (code >= 0xA000 && code < 0xD800) ||
	    (code >= 0xFB50 && code < 0xFDD0) || (code >= 0xFE70 && code < 0xFEFF);
}

/* What a text is made of. */
struct makeup {
	size_t chars, digits, letters, han, lost, other;
	size_t foreign;				/* of the others */
	int hyphen, point, bracket, prose;	/* prose: signs of sentences */
};

static int
is_prose(uint32_t code)
{
	/* 年月日 第页共 and the signs of sentences */
	static const uint32_t signs[] = {
		':', ',', ';', 0x3001, 0x3002, 0x5E74, 0x6708, 0x65E5, 0x7B2C,
		0x9875, 0x5171, 0
	};

	for (size_t i = 0; signs[i] != 0; i++)
		if (signs[i] == code)
			return 1;
	return 0;
}

static void
add_char(struct makeup *makeup, uint32_t code)
{
	makeup->chars++;
	if (code >= '0' && code <= '9')
		makeup->digits++;
	else if ((code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z'))
		makeup->letters++;
	else if (is_nobodys(code) || is_box(code) || code == '?' ||
	    code == '#' || code == 0xFF1F)
		makeup->lost++;
	else if (is_han(code))
		makeup->han++;
	else if (code == '-' || code == '_' || code == '/' ||
	    (code >= 0x2010 && code <= 0x2015))
		makeup->hyphen = 1;
	else if (code == '.')
		makeup->point = 1;
	else if (strchr("()[]*", (int)code) != NULL && code < 0x80)
		makeup->bracket = 1;
	else if (code != ' ')
		makeup->other++;
	makeup->foreign += is_foreign(code);
	makeup->prose |= is_prose(code);
}

static struct makeup
makeup_of(const char *text)
{
	struct makeup makeup = { 0 };
	size_t len = strlen(text), step;
	uint32_t code;

	for (; len > 0; text += step, len -= step) {
		step = text_char(text, len, &code);
		if (step == 0)
			step = 1, code = 0xFFFD;
		add_char(&makeup, code);
	}
	return makeup;
}

/* 锟斤拷 is what GBK makes of lost characters of UTF-8. */
static int
has_lost(const char *text, const struct makeup *makeup)
{
	return makeup->lost > 0 || strstr(text, "锟斤") != NULL || strstr(text, "斤拷") != NULL;
}

int
value_has_lost(const char *text)
{
	struct makeup makeup = makeup_of(text);

	return has_lost(text, &makeup);
}

/* ---- numbers ---- */

static size_t
zeros_at_end(const char *text)
{
	size_t len = strlen(text), zeros = 0;

	while (zeros < len && text[len - 1 - zeros] == '0')
		zeros++;
	return zeros;
}

static enum value_kind
fail(enum value_kind kind, const char *clause, const char **trouble)
{
	*trouble = clause;
	return kind;
}

/* Digits alone, as a spreadsheet leaves long numbers: its last ones are zeros. */
static int
is_worn(const char *text, const struct makeup *makeup, int id)
{
	size_t zeros = zeros_at_end(text);

	if (makeup->digits != makeup->chars)
		return 0;
	if (id)
		return makeup->chars >= ID_DIGITS_MIN && zeros >= ID_ZEROS;
	return makeup->chars >= LONG_NUMBER && zeros >= ZEROS;
}

static enum value_kind
judge_id(const char *text, const struct makeup *makeup, const char **trouble)
{
	if (strchr(text, '*') != NULL && makeup->other == 0 &&
	    makeup->han == 0 && !makeup->hyphen)
		return VALUE_GOOD;	/* hidden on purpose */
	if (makeup->digits == PHONE_LENGTH && makeup->letters == 0 &&
	    makeup->han == 0 && (makeup->hyphen || (text[0] == '1' &&
	    text[1] >= '3')))
		return fail(VALUE_NONE, "holds what looks like a telephone "
		    "number", trouble);
	if (makeup->hyphen || makeup->point || makeup->other > 0 ||
	    makeup->han > 0 || makeup->prose)
		return fail(VALUE_DAMAGED, "holds signs that no ID number has",
		    trouble);
	/* passports have letters, and fewer digits */
	if (makeup->digits >= ID_DIGITS_MIN && makeup->letters > 0 &&
	    strspn(text, DIGITS) + 1 < makeup->chars &&
	    strspn(text, DIGITS) > 0)
		return fail(VALUE_DAMAGED, "holds letters where digits belong",
		    trouble);
	return VALUE_GOOD;
}

static int
is_words(const struct makeup *makeup)
{
	return makeup->han > 0 && (makeup->prose || makeup->hyphen ||
	    makeup->bracket || makeup->digits < DIGITS_IN_WORDS);
}

/* The same where an ID number belongs: a class (计科20220101班), and not a passport
 * (护照E12345678). */
static int
is_words_for_id(const char *text, const struct makeup *makeup)
{
	return makeup->digits < ID_DIGITS_MIN && (is_words(makeup) ||
	    (makeup->han > 0 && (makeup->letters == 0 ||
	    makeup->digits <= DIGITS_OF_CLASS || strstr(text, "班") != NULL)));
}

int
value_is_date(const char *text)
{
	static const char between[] = "-/.";
	size_t year = strspn(text, DIGITS), month, day;

	if (year != 4 || text[4] == '\0' || strchr(between, text[4]) == NULL)
		return 0;
	text += 5;
	month = strspn(text, DIGITS);
	if (month < 1 || month > 2 || text[month] == '\0' ||
	    strchr(between, text[month]) == NULL)
		return 0;
	text += month + 1;
	day = strspn(text, DIGITS);
	return day >= 1 && day <= 2 && (text[day] == '\0' || text[day] == ' ');
}

enum value_kind
value_number(const char *text, int id, const char **trouble)
{
	struct makeup makeup = makeup_of(text);

	*trouble = NULL;
	if (value_is_nothing(text))
		return VALUE_NONE;
	if (shortened(text))
		return fail(VALUE_DAMAGED, "is a number that a spreadsheet "
		    "program has shortened, whose digits are lost: enter it as "
		    "text", trouble);
	if (makeup.digits == 0 || makeup.chars > NUMBER_CHARS_MAX ||
	    (id ? is_words_for_id(text, &makeup) : is_words(&makeup)))
		return fail(makeup.lost > 0 && makeup.digits > 0 ?
		    VALUE_DAMAGED : VALUE_NONE, id ? "holds no ID number" :
		    "holds no number", trouble);
	if (strpbrk(text, "123456789") == NULL)
		return VALUE_NONE;
	if (makeup.lost > 0)
		return fail(VALUE_DAMAGED, "holds a character that was lost",
		    trouble);
	if (is_worn(text, &makeup, id))
		return fail(VALUE_DAMAGED, "ends in zeros, as a long number "
		    "does that a spreadsheet program has shortened", trouble);
	if (id && value_is_date(text))
		return fail(VALUE_NONE, "holds no ID number", trouble);
	if (id)
		return judge_id(text, &makeup, trouble);
	if (is_landline(text))
		return fail(VALUE_NONE, "holds what looks like a telephone number", trouble);
	if (value_is_date(text))
		return fail(VALUE_DOUBTFUL, "is a date: enter it as text",
		    trouble);
	if (makeup.point && makeup.digits + 1 == makeup.chars)
		return fail(VALUE_DAMAGED, "is a number with a fraction",
		    trouble);
	if (makeup.other > 0 || makeup.prose)
		return fail(VALUE_DOUBTFUL, "holds signs that no number has",
		    trouble);
	return VALUE_GOOD;
}

/* ---- names ---- */

/* "12人", "2026年3月1日": counted or dated, and nobody's name. */
static int
is_count(const struct makeup *makeup)
{
	return makeup->digits > 0 && (makeup->prose || makeup->han == 0 ||
	    makeup->han < 2 || makeup->digits > 2);
}

/* "班主任签字：", "注：请核对无误后签字". */
static int
is_sentence(const char *text, const struct makeup *makeup)
{
	return strchr(text, ':') != NULL || strstr(text, "：") != NULL ||
	    strstr(text, "。") != NULL || (makeup->han > NAME_HAN_MAX &&
	    strstr(text, "·") == NULL);
}

static int
ends_in(const char *text, const char *end)
{
	size_t len = strlen(text), width = strlen(end);

	return len >= width && strcmp(text + len - width, end) == 0;
}

/* Not a part that is hidden or lost, nor a dot, nor 'Ali. */
int
value_is_framed(const char *text)
{
	struct makeup first = { 0 }, makeup = makeup_of(text);
	uint32_t code;

	if (*text == '\0')
		return 0;
	text_char(text, strlen(text), &code);
	add_char(&first, code);
	if (code == '*')
		return makeup.han > NAME_HIDDEN_MAX && ends_in(text, "*");
	if (code == 0xB7 || (makeup.han == 0 &&
	    (code == '\'' || code == 0x2018 || code == 0x2019)))
		return 0;
	return first.other > first.foreign || first.bracket || first.hyphen;
}

/* What is wrong with something that a name could be, or NULL. */
static const char *
name_trouble(const char *text, const struct makeup *makeup)
{
	static const char *const signs[] = { "/", "\\", ",", ";", ":", "|", "&", "+",
	    "\n", "、", "，", "；", "：", "。", "(", ")", "[", "]", "（", "）", "【", "】", NULL };
	static const char dot[] = "·";

	if (has_lost(text, makeup))
		return "holds a character that was lost";
	if (makeup->digits > 0)
		return "holds digits";
	if (has_one_of(text, signs) || value_is_framed(text) ||
	    (makeup->han > 0 && makeup->hyphen))
		return "holds signs that no name has";
	if (strncmp(text, dot, sizeof dot - 1) == 0 || ends_in(text, dot))
		return "begins or ends in a dot, as a name does of which a part is lost";
	if (makeup->chars == 1)
		return "is one character";
	if (makeup->han > 0 && ends_in(text, "某"))
		return "is an example's";
	if (makeup->han > 0 && makeup->letters > 0 && strchr(text, ' ') == NULL)
		return "holds letters beside characters";
	return NULL;
}

enum value_kind
value_name(const char *text, const char **trouble)
{
	struct makeup makeup = makeup_of(text);

	*trouble = NULL;
	if (value_is_nothing(text) ||
	    makeup.chars == makeup.digits + makeup.other - makeup.foreign + makeup.lost) {
		*trouble = value_is_nothing(text) ? NULL : "holds no name";
		return makeup.lost > 0 ? VALUE_DAMAGED : VALUE_NONE;
	}
	if (makeup.han + makeup.letters + makeup.other + makeup.lost == 0 ||
	    is_count(&makeup) || is_sentence(text, &makeup))
		return fail(VALUE_NONE, "holds no name", trouble);
	*trouble = name_trouble(text, &makeup);
	return *trouble != NULL ? VALUE_DOUBTFUL : VALUE_GOOD;
}
