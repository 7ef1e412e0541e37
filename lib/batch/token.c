#include "lib/batch/token.h"

#include <stdint.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"

enum { LETTERS = 20 };

/* Two letters, none of which looks like a digit or makes a word. */
static void
add_check(const char *record, size_t len, struct buf *out)
{
	static const char letters[] = "bcdfghjkmnpqrstvwxyz";
	uint32_t value = 2166136261u;		/* FNV-1a */

	for (size_t i = 0; i < len; i++)
		value = (value ^ (unsigned char)record[i]) * 16777619u;
	value ^= value >> 16;
	buf_addc(out, letters[value % LETTERS]);
	buf_addc(out, letters[value / LETTERS % LETTERS]);
}

void
token_add(const char *record, struct buf *out)
{
	buf_addf(out, "%s-", record);
	add_check(record, strlen(record), out);
}

/* Small letters, as they are given. */
static void
plain(const char *text, struct buf *out)
{
	text_fold(text, out);
	for (size_t i = 0; i < out->len; i++)
		if (out->data[i] >= 'A' && out->data[i] <= 'Z')
			out->data[i] = (char)(out->data[i] - 'A' + 'a');
}

int
token_parse(const char *text, const char *batch, struct buf *record)
{
	struct buf given = BUF_INIT, check = BUF_INIT;
	size_t len = strlen(batch);
	char *dash;
	int result = -1;

	plain(text, &given);
	dash = strrchr(given.data, '-');
	if (dash != NULL && strncmp(given.data, batch, len) == 0 &&
	    given.data[len] == '-' && dash > given.data + len + 1) {
		add_check(given.data, (size_t)(dash - given.data), &check);
		if (strcmp(dash + 1, check.data) == 0) {
			buf_add(record, given.data,
			    (size_t)(dash - given.data));
			result = 0;
		}
	}
	buf_release(&given);
	buf_release(&check);
	return result;
}
