#include "lib/product/markup.h"

#include <string.h>

#include "lib/base/base64.h"
#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/share.h"

enum { PART_MAX = 1 << 20 };

int
markup_part(const char *name, struct buf *out, struct buf *err)
{
	struct buf path = BUF_INIT;
	int result;

	share_path(name, &path);
	result = io_read_file(path.data, PART_MAX, out, err);
	buf_release(&path);
	return result;
}

void
markup_hash(const struct buf *text, struct buf *out)
{
	char hex[HASH_TEXT];
	unsigned char bytes[(HASH_TEXT - 1) / 2];
	static const char digits[] = "0123456789abcdef";

	hash_bytes(text->data, text->len, hex);
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)((strchr(digits, hex[2 * i]) - digits)
		    * 16 + (strchr(digits, hex[2 * i + 1]) - digits));
	buf_adds(out, "'sha256-");
	base64_add(bytes, sizeof bytes, out);
	buf_addc(out, '\'');
}

void
markup_fill(const struct buf *frame, const char *const names[],
    const struct buf *const parts[], struct buf *html)
{
	const char *at = frame->data, *next;

	while ((next = strchr(at, '@')) != NULL) {
		size_t i, len = 0;

		for (i = 0; names[i] != NULL; i++) {
			len = strlen(names[i]);
			if (strncmp(next, names[i], len) == 0)
				break;
		}
		buf_add(html, at, (size_t)(next - at));
		if (names[i] != NULL)
			buf_add(html, parts[i]->data, parts[i]->len);
		else
			buf_addc(html, '@');
		at = next + (names[i] != NULL ? len : 1);
	}
	buf_adds(html, at);
}

void
markup_text(const char *text, struct buf *html)
{
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '&':
			buf_adds(html, "&amp;");
			break;
		case '<':
			buf_adds(html, "&lt;");
			break;
		case '>':
			buf_adds(html, "&gt;");
			break;
		case '"':
			buf_adds(html, "&quot;");
			break;
		default:
			buf_addc(html, *text);
		}
	}
}
