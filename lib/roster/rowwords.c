#include "lib/roster/rowwords.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/roster/columns.h"
#include "lib/roster/value.h"

enum { WORDS_CHARS = 12, NAME_CHARS_MAX = 4 };

/* How long the first words of a line are: up to a blank or a sign, behind which a name may
 * stand; a blank within a word (合 计) ends none. */
static size_t
length_of_words(const char *cell, const struct columns *columns)
{
	static const char *const ends[] = { ":", "：", "\n", "、", "，", "；", ";", "/",
	    " ", "　" };
	enum { FIRST_BLANK = 8 };
	size_t len = strlen(cell);
	const char *end;
	struct buf words = BUF_INIT;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		buf_clear(&words);
		buf_add(&words, cell, len);
		end = strstr(words.data, ends[i]);
		if (end != NULL && end > words.data &&
		    (i < FIRST_BLANK || !columns_is_word(columns, words.data)))
			len = (size_t)(end - words.data);
	}
	buf_release(&words);
	return len;
}

/* How much of a text is words of footers, behind which a name may stand: 全校总计,
 * 辅导员 of 辅导员李明. */
static size_t
length_of_label(const char *text, const struct columns *columns)
{
	struct buf word = BUF_INIT;
	size_t label = 0, len = strlen(text);

	while (len > label) {
		buf_clear(&word);
		buf_add(&word, text + label, len - label);
		if (((unsigned char)text[len] & 0xC0) != 0x80 &&
		    columns_is_word(columns, word.data)) {
			label = len;
			len = strlen(text);
		} else
			len--;
	}
	buf_release(&word);
	return label;
}

static size_t
characters(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += ((unsigned char)text[i] & 0xC0) != 0x80;
	return count;
}

static int
is_maybe_name(const char *text, const struct columns *columns)
{
	size_t count = characters(text, strlen(text));
	const char *trouble;

	return count > 1 && (count <= NAME_CHARS_MAX || strstr(text, "·") != NULL) &&
	    columns_find(columns, text, NULL) == COLUMN_NONE &&
	    value_name(text, &trouble) >= VALUE_DOUBTFUL;
}

void
rowwords_add(const char *cell, const struct columns *columns, struct buf *out)
{
	struct buf words = BUF_INIT;
	size_t len = length_of_words(cell, columns), label;

	while (characters(cell, len) > WORDS_CHARS)
		do
			len--;
		while (len > 0 && ((unsigned char)cell[len] & 0xC0) == 0x80);
	buf_add(&words, cell, len);
	label = length_of_label(words.data, columns);
	buf_add(out, words.data, label);
	if (is_maybe_name(words.data + label, columns))
		mask_name(words.data + label, MASK_FIRST_LAST, out);
	else
		mask_entry_name(words.data + label, NULL, out);
	buf_release(&words);
}
