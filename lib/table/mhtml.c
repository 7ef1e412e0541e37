#include "lib/table/mhtml.h"

#include <string.h>
#include <strings.h>

#include "lib/base/buf.h"

/* ---- what parts are packed by ---- */

static int
hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
unpack_quoted(const char *text, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] != '=') {
			buf_addc(out, text[i]);
		} else if (i + 1 < len && (text[i + 1] == '\r' ||
		    text[i + 1] == '\n')) {
			i += text[i + 1] == '\r' && i + 2 < len &&
			    text[i + 2] == '\n' ? 2 : 1;
		} else if (i + 2 < len && hex_digit(text[i + 1]) >= 0 &&
		    hex_digit(text[i + 2]) >= 0) {
			buf_addc(out, hex_digit(text[i + 1]) << 4 |
			    hex_digit(text[i + 2]));
			i += 2;
		}
	}
}

static void
unpack_base64(const char *text, size_t len, struct buf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned int bits = 0;
	int count = 0;

	for (size_t i = 0; i < len && text[i] != '='; i++) {
		const char *digit = text[i] == '\0' ? NULL :
		    strchr(digits, text[i]);

		if (digit == NULL)
			continue;
		bits = bits << 6 | (unsigned int)(digit - digits);
		count += 6;
		if (count >= 8) {
			count -= 8;
			buf_addc(out, (int)(bits >> count & 0xFF));
		}
	}
}

/* ---- parts ---- */

/* Where the head of a part ends and its body begins; NULL when it does not. */
static const char *
body_of(const char *part, const char *end)
{
	const char *unix_end = memmem(part, (size_t)(end - part), "\n\n", 2);
	const char *dos_end = memmem(part, (size_t)(end - part), "\r\n\r\n", 4);

	if (dos_end != NULL && (unix_end == NULL || dos_end < unix_end))
		return dos_end + 4;
	return unix_end != NULL ? unix_end + 2 : NULL;
}

static int
head_says(const char *part, const char *body, const char *word)
{
	struct buf head = BUF_INIT;
	int says;

	buf_add(&head, part, (size_t)(body - part));
	says = strcasestr(head.data, word) != NULL;
	buf_release(&head);
	return says;
}

static int
take_part(const char *part, const char *end, struct buf *out)
{
	const char *body = body_of(part, end);

	if (body == NULL || !head_says(part, body, "text/html"))
		return 0;
	buf_clear(out);
	if (head_says(part, body, "quoted-printable"))
		unpack_quoted(body, (size_t)(end - body), out);
	else if (head_says(part, body, "base64"))
		unpack_base64(body, (size_t)(end - body), out);
	else
		buf_add(out, body, (size_t)(end - body));
	return strcasestr(out->data, "<table") != NULL;
}

/* "--" and the boundary that the head names. */
static int
find_boundary(const struct buf *bytes, struct buf *boundary)
{
	const char *word = strcasestr(bytes->data, "boundary="), *end;

	if (word == NULL)
		return 0;
	word += 9;
	end = *word == '"' ? strchr(word + 1, '"') :
	    word + strcspn(word, "\r\n; \t");
	word += *word == '"';
	if (end == NULL || end <= word)
		return 0;
	buf_adds(boundary, "--");
	buf_add(boundary, word, (size_t)(end - word));
	return 1;
}

void
mhtml_unpack(struct buf *bytes)
{
	struct buf boundary = BUF_INIT, page = BUF_INIT;
	const char *at, *next, *end = bytes->data + bytes->len;
	int found = 0;

	if (strncasecmp(bytes->data, "mime-version:", 13) == 0 &&
	    find_boundary(bytes, &boundary))
		for (at = strstr(bytes->data, boundary.data); at != NULL &&
		    !found; at = next) {
			at += boundary.len;
			next = memmem(at, (size_t)(end - at), boundary.data,
			    boundary.len);
			found = take_part(at, next != NULL ? next : end, &page);
		}
	if (found) {
		buf_clear(bytes);
		buf_add(bytes, page.data, page.len);
	}
	buf_release(&boundary);
	buf_release(&page);
}
