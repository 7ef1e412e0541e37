#include "lib/roster/idnumber.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"

/*
 * A form is a pattern: '9' a digit, 'A' a letter, 'X' a digit or X, 'T' a digit
 * or A (Hong Kong's check digit); anything else stands for itself.
 */
static const struct {
	const char *pattern;
	enum id_type type;
} forms[] = {
	{ "99999999999999999X", ID_RESIDENT },
	{ "999999999999999", ID_RESIDENT_OLD },
	{ "H99999999", ID_HM_PASS }, { "M99999999", ID_HM_PASS },
	{ "H9999999999", ID_HM_PASS }, { "M9999999999", ID_HM_PASS },
	{ "HA9999999", ID_HM_PASS }, { "MA9999999", ID_HM_PASS },
	{ "A999999(T)", ID_HONG_KONG }, { "AA999999(T)", ID_HONG_KONG },
	{ "9999999(9)", ID_MACAU },
	{ "A999999999", ID_TAIWAN }, { "AA99999999", ID_TAIWAN },
	{ "99999999", ID_TW_PASS }, { "9999999999", ID_TW_PASS },
	{ "AAA999999999999", ID_FOREIGN_RESIDENT },
	{ "E99999999", ID_PASSPORT }, { "G99999999", ID_PASSPORT },
	{ "EA9999999", ID_PASSPORT },
	{ "A999999T", ID_HONG_KONG }, { "AA999999T", ID_HONG_KONG },
};

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static int
matches(const char *text, const char *pattern)
{
	for (; *text != '\0' && *pattern != '\0'; text++, pattern++) {
		int fits = *pattern == '9' ? is_digit(*text) :
		    *pattern == 'A' ? is_letter(*text) :
		    *pattern == 'X' ? is_digit(*text) || *text == 'X' :
		    *pattern == 'T' ? is_digit(*text) || *text == 'A' :
		    *text == *pattern;

		if (!fits)
			return 0;
	}
	return *text == *pattern;
}

/* ISO 7064 MOD 11-2 over 17 digits (GB 11643-1999). */
static char
check_character(const char *digits)
{
	static const int weights[17] = {
		7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2
	};
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum += (digits[i] - '0') * weights[i];
	return "10X98765432"[sum % 11];
}

int
idnumber_is_date(const char *text)
{
	static const int days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};
	int n[8], year, month, day, leap;

	for (int i = 0; i < 8; i++) {
		if (!is_digit(text[i]))
			return 0;
		n[i] = text[i] - '0';
	}
	year = n[0] * 1000 + n[1] * 100 + n[2] * 10 + n[3];
	month = n[4] * 10 + n[5];
	day = n[6] * 10 + n[7];
	leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return year >= 1900 && year < 2100 && month >= 1 && month <= 12 &&
	    day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

/* Eighteen characters: three documents share the form. */
static void
read_resident(const char *text, struct idnumber *id)
{
	if (text[0] == '9')
		id->type = ID_FOREIGN_RESIDENT;
	else if (strncmp(text, "810000", 6) == 0 ||
	    strncmp(text, "820000", 6) == 0 || strncmp(text, "830000", 6) == 0)
		id->type = ID_RESIDENCE_PERMIT;
	if (check_character(text) != text[17]) {
		id->problem = "its check digit is wrong";
		return;
	}
	if (!idnumber_is_date(text + 6)) {
		id->problem = "its birth date is no date";
		return;
	}
	memcpy(id->birth_date, text + 6, 8);
	if (id->type != ID_FOREIGN_RESIDENT)
		id->sex = (text[16] - '0') % 2 ? 'M' : 'F';
}

static void
read_old_resident(const char *text, struct idnumber *id)
{
	char date[9] = "19";

	memcpy(date + 2, text + 6, 6);
	if (!idnumber_is_date(date)) {
		id->problem = "its birth date is no date";
		return;
	}
	memcpy(id->birth_date, date, sizeof date);
	id->sex = (text[14] - '0') % 2 ? 'M' : 'F';
}

/* Letters count 10 to 35, an absent first letter 36, weights fall from 9.  Without
 * brackets a passport, or a pass of Taiwan's of before 2013, looks the same. */
static void
check_hong_kong(const char *text, struct idnumber *id)
{
	int bracket = strchr(text, '(') != NULL, sum = 0, weight = 9;

	if (!is_letter(text[1])) {
		sum = 36 * weight;
		weight--;
	}
	for (; *text != '\0'; text++) {
		if (is_letter(*text))
			sum += (*text - 'A' + 10) * weight--;
		else if (is_digit(*text))
			sum += (*text - '0') * weight--;
	}
	if (sum % 11 != 0 && bracket)
		id->problem = "its check digit is wrong";
	else if (sum % 11 != 0)
		id->type = ID_OTHER;
}

/* The first letter is two digits; weights 1, 9, 8 ... 1, 1. */
static void
check_taiwan(const char *text, struct idnumber *id)
{
	static const int letters[26] = {
		10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23,
		24, 25, 26, 27, 28, 29, 32, 30, 31, 33
	};
	int first = letters[text[0] - 'A'];
	int second = is_letter(text[1]) ? letters[text[1] - 'A'] % 10 :
	    text[1] - '0';
	int sum = first / 10 + first % 10 * 9 + second * 8;

	for (int i = 2; i < 9; i++)
		sum += (text[i] - '0') * (9 - i);
	if ((sum + text[9] - '0') % 10 != 0) {
		id->problem = "its check digit is wrong";
		return;
	}
	id->sex = text[1] == '1' || text[1] == '8' || text[1] == 'A' ||
	    text[1] == 'C' ? 'M' : text[1] == '2' || text[1] == '9' ||
	    text[1] == 'B' || text[1] == 'D' ? 'F' : 0;
}

/* Numbers that only a damaged resident number looks like; passports have up to
 * ten digits. */
static const char *
length_problem(const char *text)
{
	size_t len = strlen(text), digits = strspn(text, "0123456789");

	if (digits == len && len > 10)
		return "it has neither 15 nor 18 digits";
	if (digits >= 12 && text[digits] == 'X' && digits + 1 == len)
		return "it has not 18 characters";
	if (digits == len && len < 8)
		return "it is too short";
	return NULL;
}

void
idnumber_read(const char *text, struct idnumber *id)
{
	struct buf folded = BUF_INIT;
	size_t i, count = sizeof forms / sizeof *forms;

	memset(id, 0, sizeof *id);
	text_fold(text, &folded);
	for (i = 0; i < count; i++)
		if (matches(folded.data, forms[i].pattern))
			break;
	id->type = i < count ? forms[i].type : ID_OTHER;
	if (id->type == ID_RESIDENT)
		read_resident(folded.data, id);
	else if (id->type == ID_RESIDENT_OLD)
		read_old_resident(folded.data, id);
	else if (id->type == ID_HONG_KONG)
		check_hong_kong(folded.data, id);
	else if (id->type == ID_TAIWAN)
		check_taiwan(folded.data, id);
	else if (id->type == ID_OTHER)
		id->problem = length_problem(folded.data);
	buf_release(&folded);
}

void
idnumber_key(const char *text, struct buf *out)
{
	size_t start = out->len, from, to;
	char *key;

	text_fold(text, out);
	if (out->len == start)
		return;
	key = out->data + start;
	for (from = to = 0; key[from] != '\0'; from++)
		if (strchr("()[]", key[from]) == NULL)
			key[to++] = key[from];
	key[to] = '\0';
	out->len = start + to;
	if (!matches(key, "999999999999999"))
		return;
	buf_reserve(out, 3);
	key = out->data + start;
	memmove(key + 8, key + 6, 9);
	memcpy(key + 6, "19", 2);
	key[17] = check_character(key);
	key[18] = '\0';
	out->len = start + 18;
}
