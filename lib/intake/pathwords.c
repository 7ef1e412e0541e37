#include "lib/intake/pathwords.h"

#include <stdint.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"

enum { DOT = 0xb7, LOST = 0xfffd };

static int
is_blank(uint32_t code)
{
	return code == ' ' || code == '\t' || code == 0xa0 || code == 0x3000;
}

/* Letters of Chinese names: ideographs, and those that Unicode does not have. */
static int
is_han(uint32_t code)
{
	return (code >= 0x2e80 && code <= 0x2fdf) || code == 0x3007 ||
	    (code >= 0x3400 && code <= 0x9fff) ||
	    (code >= 0xe000 && code <= 0xfaff) ||
	    (code >= 0xfe00 && code <= 0xfe0f) || code >= 0x20000;
}

static int
is_dot(uint32_t code)
{
	return code == DOT || code == 0x2022 || code == 0x2027 ||
	    code == 0x2219 || code == 0x22c5 || code == 0x25cf ||
	    code == 0x25e6 || code == 0x30fb || code == 0xff65;
}

/* Full stops, which between ideographs are meant for dots. */
static int
is_stop(uint32_t code)
{
	return code == '.' || code == 0xff0e || code == 0x3002 ||
	    code == 0xff61 || code == 0xfe52;
}

static int
is_latin(uint32_t code)
{
	return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
	    (code >= 0xc0 && code <= 0x24f) || (code >= 0x300 && code <= 0x36f) ||
	    (code >= 0x370 && code <= 0x52f) ||
	    (code >= 0x1e00 && code <= 0x1eff) ||
	    (code >= 0xff21 && code <= 0xff3a) ||
	    (code >= 0xff41 && code <= 0xff5a);
}

static int
joins_latin(uint32_t code)
{
	return is_blank(code) || code == '.' || code == '-' || code == '_' ||
	    code == '\'' || code == 0x2019 || is_dot(code);
}

/* Signs that part the words of a path; digits and letters do not. */
static int
is_sign(uint32_t code)
{
	return is_blank(code) || (code < 0x80 && code != '\0' &&
	    strchr("/\\_-+.,;()[]{}#&@!~=", (int)code) != NULL) ||
	    code == 0xff08 || code == 0xff09 || code == 0x3010 ||
	    code == 0x3011 || code == 0xff0c || code == 0x3001 ||
	    code == 0xff3f || code == 0xff0d || code == 0x2014;
}

static int
parts(uint32_t code, enum pathwords_split split)
{
	switch (split) {
	case PATHWORDS_HAN:
		return !is_han(code) && !is_dot(code);
	case PATHWORDS_PADDED:
		return !is_han(code) && !is_dot(code) && !is_blank(code);
	case PATHWORDS_LATIN:
		return !is_latin(code) && !joins_latin(code);
	case PATHWORDS_SIGNS:
		return is_sign(code);
	default:
		return code == '/' || code == '\\';
	}
}

/* The character at text; what is no UTF-8 is lost. */
static size_t
char_at(const char *text, uint32_t *code)
{
	size_t size = text_char(text, strlen(text), code);

	if (size > 0)
		return size;
	*code = LOST;
	return *text != '\0';
}

static void
mend_dots(const char *path, struct buf *out)
{
	uint32_t code, last = 0, next;
	size_t size;

	for (; *path != '\0'; path += size, last = code) {
		size = char_at(path, &code);
		next = 0;
		if (is_stop(code) && is_han(last))
			char_at(path + size, &next);
		if (is_han(next))
			text_add_char(out, DOT);
		else
			buf_add(out, path, size);
	}
}

void
pathwords_each(const char *path, enum pathwords_split split,
    void (*each)(void *state, const char *word), void *state)
{
	struct buf mended = BUF_INIT, word = BUF_INIT;
	uint32_t code;
	size_t size;

	mend_dots(path, &mended);
	for (const char *at = mended.data; *at != '\0'; at += size) {
		size = char_at(at, &code);
		if (parts(code, split)) {
			each(state, word.data);
			buf_clear(&word);
		} else
			buf_add(&word, at, size);
	}
	each(state, word.data);
	buf_release(&mended);
	buf_release(&word);
}

int
pathwords_lost(const char *text)
{
	uint32_t code;
	size_t size;

	for (; *text != '\0'; text += size) {
		size = char_at(text, &code);
		if (code == '?' || code == 0xff1f || code == LOST)
			return 1;
	}
	return 0;
}

void
pathwords_fold(const char *text, struct buf *out)
{
	struct buf folded = BUF_INIT;
	uint32_t code;
	size_t size;

	text_fold(text, &folded);
	for (const char *at = folded.data; *at != '\0'; at += size) {
		size = char_at(at, &code);
		if (!joins_latin(code))
			buf_add(out, at, size);
	}
	buf_release(&folded);
}
