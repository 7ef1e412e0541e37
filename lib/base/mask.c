#include "lib/base/mask.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"

enum {
	DIGITS_SHOWN = 4,	/* forms.md 6 */
	LATIN_END = 0x0250	/* letters below are Latin */
};

int
mask_rule_parse(const char *word)
{
	if (strcmp(word, "first_last") == 0)
		return MASK_FIRST_LAST;
	if (strcmp(word, "first") == 0)
		return MASK_FIRST;
	return -1;
}

/* The character at text, a byte that is no UTF-8 being one as well. */
static size_t
next_char(const char *text, uint32_t *code)
{
	size_t n = text_char(text, strlen(text), code);

	if (n > 0 || *text == '\0')
		return n;
	*code = 0xFFFD;
	return 1;
}

static int
is_latin_letter(uint32_t code)
{
	return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
	    (code >= 0xC0 && code < LATIN_END);
}

static void
mask_latin(const char *name, struct buf *out)
{
	int inside = 0;
	uint32_t code;
	size_t n;

	for (; (n = next_char(name, &code)) > 0; name += n) {
		if (!is_latin_letter(code)) {
			inside = 0;
			buf_addc(out, code == ' ' ? ' ' : '*');
		} else if (inside) {
			buf_addc(out, '*');
		} else {
			inside = 1;
			buf_add(out, name, n);
		}
	}
}

void
mask_name(const char *name, enum mask_rule rule, struct buf *out)
{
	struct buf tidy = BUF_INIT;
	size_t n, count = 0, i;
	const char *at;
	uint32_t code, first = 0;

	text_tidy_name(name, &tidy);
	for (at = tidy.data; (n = next_char(at, &code)) > 0; at += n)
		if (count++ == 0)
			first = code;
	at = tidy.data;
	if (is_latin_letter(first)) {
		mask_latin(tidy.data, out);
		count = 0;
	}
	for (i = 0; i < count; i++, at += n) {
		n = next_char(at, &code);
		if ((i == 0 && count > 1) ||
		    (i == count - 1 && count > 2 && rule == MASK_FIRST_LAST))
			buf_add(out, at, n);
		else
			buf_addc(out, '*');
	}
	buf_release(&tidy);
}

/* How many characters both begin with; *bytes of the first. */
static int
common_start(const char *a, const char *b)
{
	uint32_t one, other;
	size_t n, m;
	int count = 0;

	while ((n = next_char(a, &one)) > 0 && (m = next_char(b, &other)) > 0 &&
	    one == other) {
		a += n;
		b += m;
		count++;
	}
	return count;
}

static int
common_end(const char *a, const char *b)
{
	size_t i = strlen(a), j = strlen(b);
	int count = 0;

	while (i > 0 && j > 0 && a[i - 1] == b[j - 1]) {
		count += ((unsigned char)a[--i] & 0xc0) != 0x80;
		j--;
	}
	return count;
}

static int
count_chars(const char *text)
{
	uint32_t code;
	size_t n;
	int count = 0;

	for (; (n = next_char(text, &code)) > 0; text += n)
		count++;
	return count;
}

void
mask_difference(const char *value, const char *other, int first, int last,
    struct buf *out)
{
	int start = common_start(value, other), end = common_end(value, other);
	int count = count_chars(value), others = count_chars(other), i;
	uint32_t code;
	size_t n;

	if (end > (count < others ? count : others) - start)
		end = (count < others ? count : others) - start;
	for (i = 0; (n = next_char(value, &code)) > 0; i++, value += n) {
		if (i < first || i >= count - last ||
		    (i >= start && i < count - end))
			buf_add(out, value, n);
		else
			buf_addc(out, '*');
	}
}

void
mask_id_last_four(const char *id_number, struct buf *out)
{
	struct buf folded = BUF_INIT;
	size_t i, from = 0, kept = 0;

	text_fold(id_number, &folded);
	for (i = 0; i < folded.len; i++)
		if (strchr("()[]", folded.data[i]) == NULL)
			folded.data[kept++] = folded.data[i];
	/* backwards over whole characters */
	for (i = kept; i > 0 && from < DIGITS_SHOWN; ) {
		i--;
		if (((unsigned char)folded.data[i] & 0xC0) != 0x80)
			from++;
	}
	buf_add(out, folded.data + i, kept - i);
	buf_release(&folded);
}

/* The name that text begins with, or NULL. */
static const char *
name_at(const char *text, const char *const *names)
{
	for (; names != NULL && *names != NULL; names++)
		if (**names != '\0' &&
		    strncmp(text, *names, strlen(*names)) == 0)
			return *names;
	return NULL;
}

/* Length of the run of digits at text, an X as an ID's check digit with it; its
 * digits, half-width, go to digits. */
static size_t
digit_run(const char *text, struct buf *digits)
{
	size_t len = 0, n;
	uint32_t code;

	buf_clear(digits);
	for (; (n = next_char(text + len, &code)) > 0; len += n) {
		if (code >= 0xFF10 && code <= 0xFF19)
			code -= 0xFF10 - '0';
		if (code >= '0' && code <= '9')
			buf_addc(digits, (int)code);
		else
			break;
	}
	if (digits->len == 17 && (text[len] == 'X' || text[len] == 'x')) {
		buf_addc(digits, 'X');
		len++;
	}
	return len;
}

void
mask_entry_name(const char *entry, const char *const *names, struct buf *out)
{
	struct buf digits = BUF_INIT;
	const char *name;
	uint32_t code;
	size_t n;

	while (*entry != '\0') {
		name = name_at(entry, names);
		if (name != NULL) {
			mask_name(name, MASK_FIRST_LAST, out);
			entry += strlen(name);
			continue;
		}
		n = digit_run(entry, &digits);
		if (digits.len > DIGITS_SHOWN) {
			buf_addc(out, '*');
			buf_add(out, digits.data + digits.len - DIGITS_SHOWN,
			    DIGITS_SHOWN);
		} else {
			if (n == 0)
				n = next_char(entry, &code);
			buf_add(out, entry, n);
		}
		entry += n;
	}
	buf_release(&digits);
}
