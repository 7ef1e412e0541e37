#include "lib/base/text.h"

#include <errno.h>
#include <glib.h>
#include <iconv.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"

enum {
	REPLACEMENT = 0xFFFD,
	MIDDLE_DOT = 0x00B7,
	/* one damaged byte for so many good characters is still that encoding */
	GOOD_FOR_BAD = 20
};

static const struct {
	const char *name;	/* for people */
	const char *iconv;	/* for iconv_open */
} encodings[] = {
	[TEXT_UTF8] = { "UTF-8", "UTF-8" },
	[TEXT_UTF16LE] = { "UTF-16", "UTF-16LE" },
	[TEXT_UTF16BE] = { "UTF-16", "UTF-16BE" },
	[TEXT_GB18030] = { "GB18030", "GB18030" },
	[TEXT_CP437] = { "CP437", "IBM437" },
};

static const struct {
	const char *bytes;
	size_t len;
	enum text_encoding encoding;
} marks[] = {
	{ "\xEF\xBB\xBF", 3, TEXT_UTF8 },
	{ "\xFF\xFE", 2, TEXT_UTF16LE },
	{ "\xFE\xFF", 2, TEXT_UTF16BE },
	{ "\x84\x31\x95\x33", 4, TEXT_GB18030 },
};

const char *
text_encoding_name(enum text_encoding encoding)
{
	return encodings[encoding].name;
}

int
text_same(const char *text, const char *other)
{
	return text != NULL && other != NULL && strcmp(text, other) == 0;
}

/* Unicode, table 3-7: the second byte decides about overlong and surrogates. */
static size_t
sequence_length(const unsigned char *bytes, size_t len)
{
	unsigned char a = bytes[0], b = len > 1 ? bytes[1] : 0;

	if (a < 0x80)
		return 1;
	if (a >= 0xC2 && a <= 0xDF)
		return 2;
	if (a >= 0xE0 && a <= 0xEF) {
		if ((a == 0xE0 && b < 0xA0) || (a == 0xED && b > 0x9F))
			return 0;
		return 3;
	}
	if (a >= 0xF0 && a <= 0xF4) {
		if ((a == 0xF0 && b < 0x90) || (a == 0xF4 && b > 0x8F))
			return 0;
		return 4;
	}
	return 0;
}

size_t
text_char(const char *bytes, size_t len, uint32_t *code)
{
	static const unsigned char first_bits[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	const unsigned char *in = (const unsigned char *)bytes;
	size_t need, i;
	uint32_t value;

	if (len == 0)
		return 0;
	need = sequence_length(in, len);
	if (need == 0 || need > len)
		return 0;
	value = in[0] & first_bits[need];
	for (i = 1; i < need; i++) {
		if ((in[i] & 0xC0) != 0x80)
			return 0;
		value = value << 6 | (in[i] & 0x3F);
	}
	*code = value;
	return need;
}

void
text_add_char(struct buf *out, uint32_t code)
{
	if (code < 0x80) {
		buf_addc(out, (int)code);
		return;
	}
	if (code < 0x800) {
		buf_addc(out, (int)(0xC0 | code >> 6));
	} else {
		if (code < 0x10000) {
			buf_addc(out, (int)(0xE0 | code >> 12));
		} else {
			buf_addc(out, (int)(0xF0 | code >> 18));
			buf_addc(out, (int)(0x80 | (code >> 12 & 0x3F)));
		}
		buf_addc(out, (int)(0x80 | (code >> 6 & 0x3F)));
	}
	buf_addc(out, (int)(0x80 | (code & 0x3F)));
}

/* Count characters beyond ASCII that are UTF-8, and bytes that are not. */
void
text_count(const char *bytes, size_t len, size_t *good, size_t *bad)
{
	size_t i = 0, n;
	uint32_t code;

	*good = *bad = 0;
	while (i < len) {
		if ((unsigned char)bytes[i] < 0x80) {
			i++;
			continue;
		}
		n = text_char(bytes + i, len - i, &code);
		if (n > 0)
			++*good;
		else
			++*bad;
		i += n > 0 ? n : 1;
	}
}

int
text_is_utf8(const char *bytes, size_t len)
{
	size_t good, bad;

	text_count(bytes, len, &good, &bad);
	return bad == 0;
}

size_t
text_utf8_widest(const char *bytes, size_t len)
{
	size_t widest = 1, length;
	uint32_t code;

	for (size_t i = 0; i < len; i += length) {
		length = text_char(bytes + i, len - i, &code);
		if (length == 0)
			return 0;
		if (length > widest)
			widest = length;
	}
	return widest;
}

static size_t
copy_utf8(const char *bytes, size_t len, struct buf *out)
{
	size_t i = 0, start = 0, damaged = 0, n;
	uint32_t code;

	while (i < len) {
		n = text_char(bytes + i, len - i, &code);
		if (n > 0) {
			i += n;
			continue;
		}
		buf_add(out, bytes + start, i - start);
		text_add_char(out, REPLACEMENT);
		damaged++;
		start = ++i;
	}
	buf_add(out, bytes + start, len - start);
	return damaged;
}

static size_t
copy_iconv(const char *bytes, size_t len, enum text_encoding from,
    struct buf *out)
{
	size_t unit = from == TEXT_UTF16LE || from == TEXT_UTF16BE ? 2 : 1;
	size_t left = len, damaged = 0, room, result;
	char *in = (char *)(uintptr_t)bytes, *to;
	iconv_t converter = iconv_open("UTF-8", encodings[from].iconv);

	if (converter == (iconv_t)-1)
		msg_die("this system cannot convert %s: %s",
		    encodings[from].iconv, strerror(errno));
	while (left > 0) {
		room = left + left / 2 + 16;
		to = buf_reserve(out, room);
		result = iconv(converter, &in, &left, &to, &room);
		out->len = (size_t)(to - out->data);
		out->data[out->len] = '\0';
		if (result != (size_t)-1 || errno == E2BIG)
			continue;
		text_add_char(out, REPLACEMENT);
		damaged += unit < left ? unit : left;
		in += unit < left ? unit : left;
		left -= unit < left ? unit : left;
	}
	iconv_close(converter);
	return damaged;
}

size_t
text_convert(const char *bytes, size_t len, enum text_encoding from,
    struct buf *out)
{
	if (from == TEXT_UTF8)
		return copy_utf8(bytes, len, out);
	return copy_iconv(bytes, len, from, out);
}

static int
is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return 0;
	return 1;
}

void
text_to_gb18030(const char *text, struct buf *out)
{
	size_t left = strlen(text), room;
	char *in = (char *)(uintptr_t)text, *to;
	iconv_t converter;

	if (is_ascii(text)) {
		buf_add(out, text, left);
		return;
	}
	converter = iconv_open("GB18030", "UTF-8");
	if (converter == (iconv_t)-1)
		msg_die("this system cannot convert GB18030: %s", strerror(errno));
	while (left > 0) {
		room = 2 * left + 16;
		to = buf_reserve(out, room);
		if (iconv(converter, &in, &left, &to, &room) == (size_t)-1 &&
		    errno != E2BIG) {
			*to++ = '?';
			in++;
			left--;
		}
		out->len = (size_t)(to - out->data);
		out->data[out->len] = '\0';
	}
	iconv_close(converter);
}

/* UTF-16 without a mark: ASCII in it has a NUL in every second byte. */
static int
looks_utf16(const char *bytes, size_t len, enum text_encoding *encoding)
{
	size_t i, nul[2] = { 0, 0 };

	for (i = 0; i < len; i++)
		if (bytes[i] == '\0')
			nul[i % 2]++;
	if (len % 2 != 0 || nul[0] + nul[1] == 0)
		return 0;
	if (nul[0] > nul[1] && nul[1] * 10 < nul[0])
		*encoding = TEXT_UTF16BE;
	else if (nul[1] > nul[0] && nul[0] * 10 < nul[1])
		*encoding = TEXT_UTF16LE;
	else
		return 0;
	return 1;
}

static enum text_encoding
guess(const char *bytes, size_t len)
{
	enum text_encoding encoding;
	size_t good, bad;

	if (looks_utf16(bytes, len, &encoding))
		return encoding;
	text_count(bytes, len, &good, &bad);
	return bad * GOOD_FOR_BAD <= good ? TEXT_UTF8 : TEXT_GB18030;
}

enum text_encoding
text_sniff(const char *bytes, size_t len, size_t *mark)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (len < marks[i].len ||
		    memcmp(bytes, marks[i].bytes, marks[i].len) != 0)
			continue;
		*mark = marks[i].len;
		return marks[i].encoding;
	}
	*mark = 0;
	return guess(bytes, len);
}

int
text_is_ruined(size_t good, size_t bad)
{
	return bad * GOOD_FOR_BAD > good;
}

int
text_decode(const char *bytes, size_t len, struct buf *out,
    struct text_decoded *result, struct buf *err)
{
	struct text_decoded found = { TEXT_UTF8, 0 };
	size_t start = out->len, skip, good, bad;

	found.encoding = text_sniff(bytes, len, &skip);
	found.damaged = text_convert(bytes + skip, len - skip, found.encoding,
	    out);
	text_count(out->data + start, out->len - start, &good, &bad);
	if (skip == 0 && text_is_ruined(good, found.damaged)) {
		out->len = start;
		if (out->cap > 0)
			out->data[start] = '\0';
		buf_adds(err, "is neither UTF-8, UTF-16 nor GB18030 text, or "
		    "is damaged: have it sent again as XLSX");
		return -1;
	}
	if (result != NULL)
		*result = found;
	return 0;
}

static int
is_blank(uint32_t code)
{
	return code <= ' ' || (code >= 0x7F && code <= 0xA0) ||
	    code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
	    code == 0x2028 || code == 0x2029 || code == 0x202F ||
	    code == 0x205F || code == 0x3000;
}

static int
is_invisible(uint32_t code)
{
	return code == 0xAD || (code >= 0x200B && code <= 0x200F) ||
	    (code >= 0x202A && code <= 0x202E) ||
	    (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
	    (code >= 0xFE00 && code <= 0xFE0F) ||	/* variation selectors */
	    (code >= 0xE0100 && code <= 0xE01EF);
}

static int
is_dot(uint32_t code)
{
	return code == MIDDLE_DOT || code == 0x0387 || code == 0x2022 ||
	    code == 0x2027 || code == 0x2219 || code == 0x22C5 ||
	    code == 0x25CF || code == 0x25E6 || code == 0x30FB ||
	    code == 0xFE52 || code == 0xFF65;
}

/* Characters that stand for an ideograph: Unicode's compatibility ideographs, and
 * radicals, which copies out of PDF hold. */
static int
is_copy(uint32_t code)
{
	return (code >= 0x2E80 && code <= 0x2FDF) ||
	    (code >= 0xF900 && code <= 0xFAFF) ||
	    (code >= 0x2F800 && code <= 0x2FA1F);
}

static uint32_t
fold_char(uint32_t code)
{
	gunichar plain;

	if (code >= 0xFF01 && code <= 0xFF5E)
		code -= 0xFF01 - 0x21;
	if (is_dot(code))
		return MIDDLE_DOT;
	if (is_copy(code) &&
	    g_unichar_fully_decompose(code, TRUE, &plain, 1) == 1)
		code = plain;
	if (code < 0x80)
		return code >= 'a' && code <= 'z' ? code - ('a' - 'A') : code;
	return code < 0x2E80 ? g_unichar_toupper(code) : code;
}

/* Whether a character may have to be put together with the one before it: marks,
 * Korean letters, Japanese ones. */
static int
may_compose(uint32_t code)
{
	return (code >= 0x0300 && code <= 0x036F) ||
	    (code >= 0x0653 && code <= 0x0655) ||
	    (code >= 0x1160 && code <= 0x11FF) || code == 0x3099 || code == 0x309A;
}

void
text_fold(const char *text, struct buf *out)
{
	size_t len = strlen(text), n, last_at = out->len;
	uint32_t code, last = 0;
	gunichar both;

	for (; len > 0; text += n, len -= n) {
		n = text_char(text, len, &code);
		if (n == 0) {
			n = 1;
			code = REPLACEMENT;
		}
		if (is_blank(code) || is_invisible(code))
			continue;
		code = fold_char(code);
		if (last != 0 && may_compose(code) &&
		    g_unichar_compose(last, code, &both)) {
			code = both;
			out->len = last_at;
		}
		last_at = out->len;
		last = code;
		text_add_char(out, code);
	}
}

static int
is_wide_alphanumeric(uint32_t code)
{
	return (code >= 0xFF10 && code <= 0xFF19) ||
	    (code >= 0xFF21 && code <= 0xFF3A) ||
	    (code >= 0xFF41 && code <= 0xFF5A);
}

static void
tidy(const char *text, int name, struct buf *out)
{
	size_t len = strlen(text), n;
	uint32_t code, last = 0;
	int blank = 0;

	for (; len > 0; text += n, len -= n) {
		n = text_char(text, len, &code);
		if (n == 0) {
			n = 1;
			code = REPLACEMENT;
		}
		if (is_invisible(code))
			continue;
		if (is_blank(code)) {
			blank = 1;
			continue;
		}
		if (is_wide_alphanumeric(code))
			code -= 0xFF01 - 0x21;
		if (blank && last != 0 &&
		    !(name && (last > 0x2E00 || code > 0x2E00)))
			buf_addc(out, ' ');
		text_add_char(out, code);
		blank = 0;
		last = code;
	}
}

void
text_tidy(const char *text, struct buf *out)
{
	tidy(text, 0, out);
}

void
text_tidy_name(const char *text, struct buf *out)
{
	tidy(text, 1, out);
}
