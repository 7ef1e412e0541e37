#include "lib/intake/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/intake/ledger.h"

static const struct word {
	const char *text;	/* folded */
	int alone;		/* letters must not stand beside it */
} words[] = {
	{ "图像采集码", 0 }, { "采集码", 0 }, { "二维码", 0 },
	{ "CODES", 1 }, { "CODE", 1 }, { "QRCODE", 1 }, { "QR", 1 }
};
enum { WORDS = sizeof words / sizeof words[0] };

static int
is_sign(char c)
{
	return c != '\0' && strchr("_-.()[]", c) != NULL;
}

/* Drop a word at the end or the start of the stem, with the signs beside it;
 * whether there was one. */
static int
drop_word(struct buf *stem, const struct word *word)
{
	size_t size = strlen(word->text), start = 0, len = stem->len;

	if (len >= size && strcmp(stem->data + len - size, word->text) == 0 &&
	    (!word->alone || len == size || is_sign(stem->data[len - size - 1]))) {
		len -= size;
		while (len > 0 && is_sign(stem->data[len - 1]))
			len--;
	} else if (strncmp(stem->data, word->text, size) == 0 &&
	    (!word->alone || is_sign(stem->data[size]))) {
		for (start = size; is_sign(stem->data[start]); start++)
			;
	} else {
		return 0;
	}
	memmove(stem->data, stem->data + start, len - start);
	stem->len = len - start;
	stem->data[stem->len] = '\0';
	return 1;
}

static int
drop_words(struct buf *stem)
{
	for (size_t i = 0; i < WORDS; i++)
		if (drop_word(stem, &words[i]))
			return 1;
	return 0;
}

/* The last folder of a path of len bytes is called like a code. */
static int
is_code_folder(const char *path, size_t len)
{
	struct buf folder = BUF_INIT, folded = BUF_INIT;
	int result;

	while (len > 0 && (path[len - 1] == '/' || path[len - 1] == '\\'))
		len--;
	buf_add(&folder, path, len);
	text_fold(entryname_base(folder.data), &folded);
	result = drop_words(&folded) && folded.len == 0;
	buf_release(&folder);
	buf_release(&folded);
	return result;
}

static void
make_item(const struct ledger_upload *upload, size_t entry,
    struct pairs_item *item)
{
	const char *name = upload->entries[entry].name;
	const char *base = entryname_base(name), *dot = strrchr(base, '.');
	struct buf stem = BUF_INIT, folded = BUF_INIT, key = BUF_INIT;

	buf_add(&stem, base, dot != NULL ? (size_t)(dot - base) : strlen(base));
	text_fold(stem.data, &folded);
	item->entry = entry;
	item->marked = drop_words(&folded) || upload->codes ||
	    is_code_folder(name, (size_t)(base - name));
	buf_add(&key, name, (size_t)(base - name));
	buf_add(&key, folded.data, folded.len);
	item->key = buf_detach(&key);
	buf_release(&stem);
	buf_release(&folded);
}

static int
by_key(const void *a, const void *b)
{
	const struct pairs_item *left = a, *right = b;
	int order = strcmp(left->key, right->key);

	return order != 0 ? order :
	    (left->entry > right->entry) - (left->entry < right->entry);
}

void
pairs_init(struct pairs *pairs, const struct ledger_upload *upload)
{
	pairs->items = xcalloc(upload->count + 1, sizeof *pairs->items);
	pairs->count = 0;
	for (size_t i = 0; i < upload->count; i++)
		if (upload->entries[i].kind == LEDGER_PICTURE ||
		    upload->entries[i].kind == LEDGER_UNREADABLE)
			make_item(upload, i, &pairs->items[pairs->count++]);
	mem_sort(pairs->items, pairs->count, sizeof *pairs->items, by_key);
}

void
pairs_release(struct pairs *pairs)
{
	for (size_t i = 0; i < pairs->count; i++)
		free(pairs->items[i].key);
	free(pairs->items);
	pairs->items = NULL;
	pairs->count = 0;
}

size_t
pairs_end(const struct pairs *pairs, size_t first)
{
	size_t end = first + 1;

	while (end < pairs->count &&
	    strcmp(pairs->items[end].key, pairs->items[first].key) == 0)
		end++;
	return end;
}

void
pairs_likely(const struct ledger_upload *upload, unsigned char *likely)
{
	struct pairs pairs;
	size_t end;

	pairs_init(&pairs, upload);
	for (size_t first = 0; first < pairs.count; first = end) {
		end = pairs_end(&pairs, first);
		for (size_t i = first; i < end; i++)
			likely[pairs.items[i].entry] = end - first > 1 ||
			    pairs.items[i].marked;
	}
	pairs_release(&pairs);
}
