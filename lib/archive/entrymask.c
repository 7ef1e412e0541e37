#include "lib/archive/entrymask.h"

#include <stdint.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/text.h"

/* Han characters, all extensions, and the dot of minority names. */
static int
is_han(uint32_t code)
{
	return (code >= 0x3400 && code <= 0x9fff) ||
	    (code >= 0xf900 && code <= 0xfaff) ||
	    (code >= 0x20000 && code <= 0x3ffff) || code == 0xb7;
}

/* The run at text of characters that are Han, or that are not. */
static size_t
run(const char *text, size_t len, int han)
{
	size_t at = 0, size;
	uint32_t code;

	while (at < len) {
		size = text_char(text + at, len - at, &code);
		if ((size > 0 && is_han(code)) != han)
			break;
		at += size > 0 ? size : 1;
	}
	return at;
}

void
entrymask(const char *name, struct buf *out)
{
	size_t len = strlen(name), size;
	struct buf part = BUF_INIT;

	for (int han = 0; len > 0; han = !han, name += size, len -= size) {
		size = run(name, len, han);
		buf_clear(&part);
		buf_add(&part, name, size);
		if (han)
			mask_name(part.data, MASK_FIRST_LAST, out);
		else
			mask_entry_name(part.data, NULL, out);
	}
	buf_release(&part);
}

void
entrymask_file(const char *name, struct buf *out)
{
	enum { DIGITS_MAX = 8, DIGITS_KEPT = 4 };	/* a code, a date */
	size_t len;

	if (entryname_is_picture(name)) {
		entrymask(name, out);
		return;
	}
	for (; *name != '\0'; name += len) {
		len = strspn(name, "0123456789");
		if (len > DIGITS_MAX)
			buf_addf(out, "*%.*s", DIGITS_KEPT,
			    name + len - DIGITS_KEPT);
		else if (len == 0)
			buf_add(out, name, len = 1);
		else
			buf_add(out, name, len);
	}
}
