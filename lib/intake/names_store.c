#include "lib/intake/names.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/pool.h"
#include "lib/base/text.h"
#include "lib/intake/names_parts.h"
#include "lib/intake/pathwords.h"

struct names *
names_new(void)
{
	struct names *names = xcalloc(1, sizeof *names);

	names->pool = pool_new();
	buf_init(&names->text);
	return names;
}

void
names_free(struct names *names)
{
	if (names == NULL)
		return;
	pool_free(names->pool);
	buf_release(&names->text);
	free(names->words);
	free(names->rows);
	free(names);
}

void
names_add_form(const char *text, struct buf *out)
{
	size_t start = out->len;

	text_fold(text, out);
	for (size_t i = start; i < out->len; i++)
		if (out->data[i] >= '0' && out->data[i] <= '9')
			out->data[i] = '0';
}

static void
add_word(struct names *names, enum names_kind kind, uint32_t text)
{
	if (names->count == names->cap) {
		names->cap = names->cap > 0 ? names->cap + names->cap / 2 : 1024;
		names->words = xrealloc_array(names->words, names->cap,
		    sizeof *names->words);
	}
	names->words[names->count++] = (struct names_word){ text,
	    (uint32_t)names->row_count, (unsigned char)kind };
}

/* Returns its number, 0 when there is nothing to add.  A group that is the one before
 * is a word already. */
static uint32_t
add(struct names *names, enum names_kind kind, const char *text, uint32_t before)
{
	uint32_t number;

	if (text == NULL || *text == '\0' || pathwords_lost(text))
		return 0;
	buf_clear(&names->text);
	if (kind == NAMES_NAME)
		pathwords_fold(text, &names->text);
	else
		text_fold(text, &names->text);
	number = pool_add(names->pool, names->text.data, names->text.len);
	if (number != 0 && number != before)
		add_word(names, kind, number);
	return number;
}

static uint32_t
add_class(struct names *names, const char *text, uint32_t before)
{
	struct buf form = BUF_INIT;
	uint32_t number = add(names, NAMES_GROUP, text, before);

	if (number == 0 || number == before)
		return number;
	names_add_form(text, &form);
	if (strcspn(form.data, "0") < form.len &&
	    strspn(form.data, "0") < form.len)
		add(names, NAMES_FORM, form.data, 0);
	buf_release(&form);
	return number;
}

void
names_add(struct names *names, const char *name, const char *college,
    const char *class)
{
	struct names_row row, before = { 0, 0, 0 };

	if (names->row_count > 0)
		before = names->rows[names->row_count - 1];
	if (names->row_count == names->row_cap) {
		names->row_cap = names->row_cap > 0 ?
		    names->row_cap + names->row_cap / 2 : 1024;
		names->rows = xrealloc_array(names->rows, names->row_cap,
		    sizeof *names->rows);
	}
	row.name = add(names, NAMES_NAME, name, 0);
	row.college = add(names, NAMES_GROUP, college, before.college);
	row.class = add_class(names, class, before.class);
	names->rows[names->row_count++] = row;
}

static int
by_text(const void *a, const void *b, void *pool)
{
	const struct names_word *left = a, *right = b;
	int order = left->text == right->text ? 0 :
	    strcmp(pool_text(pool, left->text), pool_text(pool, right->text));

	if (order == 0)
		order = left->kind - right->kind;
	return order != 0 ? order :
	    (left->row > right->row) - (left->row < right->row);
}

void
names_sort(struct names *names)
{
	struct names_word *words = names->words;
	size_t kept = 0;

	if (names->count > 0)
		qsort_r(words, names->count, sizeof *words, by_text,
		    names->pool);
	for (size_t i = 0; i < names->count; i++)
		if (kept == 0 || words[i].kind == NAMES_NAME ||
		    words[i].kind != words[kept - 1].kind ||
		    words[i].text != words[kept - 1].text)
			words[kept++] = words[i];
	names->count = kept;
}
