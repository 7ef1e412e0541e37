#include "lib/stream/recordindex.h"

#include <stdint.h>
#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/stream/recordreader.h"

enum { WORD = 16 };	/* hexadecimal digits of a key */

static const char *const numbers[] = { "student_no", "id_number", "exam_no", "capture_code" };
enum { NUMBERS = sizeof numbers / sizeof *numbers };

struct key {
	uint64_t word;
	uint32_t at;
};

struct recordindex {
	struct recordreader *reader;
	long long *places;
	size_t count, room;
	struct key *keys;
	size_t key_count, key_room;
};

/* ---- keys ---- */

static uint64_t
word_of(const char *what, const char *school, const char *value)
{
	struct hash *hash = hash_new();
	char sum[HASH_TEXT];

	hash_add_text(hash, what);
	hash_add_text(hash, school);
	hash_add_text(hash, value);
	hash_end(hash, sum);
	return hash_word(sum, WORD);
}

/* The keys of a record; those that it lacks are 0. */
static void
keys_of(const struct node *photo, const char *school, uint64_t words[static NUMBERS + 1])
{
	const struct node *student = node_get(photo, "student");
	const char *id = node_text(photo, "id");

	words[0] = id != NULL ? word_of("id", "", id) : 0;
	for (size_t i = 0; i < NUMBERS; i++) {
		const char *number = node_text(student, numbers[i]);

		words[i + 1] = number != NULL && *number != '\0' ?
		    word_of(numbers[i], school, number) : 0;
	}
}

static int
by_word(const void *a, const void *b)
{
	const struct key *one = a, *other = b;

	if (one->word != other->word)
		return one->word < other->word ? -1 : 1;
	return one->at < other->at ? -1 : one->at > other->at;
}

/* ---- reading ---- */

static void
take(struct recordindex *index, const struct node *photo)
{
	uint64_t words[NUMBERS + 1];

	if (index->count == index->room) {
		index->room = 2 * index->room + 1024;
		index->places = xrealloc_array(index->places, index->room,
		    sizeof *index->places);
	}
	if (index->key_count + NUMBERS + 1 > index->key_room) {
		index->key_room = 2 * index->key_room + 4096;
		index->keys = xrealloc_array(index->keys, index->key_room,
		    sizeof *index->keys);
	}
	keys_of(photo, recordreader_school(index->reader), words);
	for (size_t i = 0; i < NUMBERS + 1; i++)
		if (words[i] != 0)
			index->keys[index->key_count++] = (struct key){ words[i],
			    (uint32_t)index->count };
	index->places[index->count++] = recordreader_place(index->reader);
}

struct recordindex *
recordindex_open(const char *path, struct buf *err)
{
	struct recordindex *index = xcalloc(1, sizeof *index);
	struct node *photo;
	size_t said = err->len;

	index->reader = recordreader_open(path, err);
	while (index->reader != NULL &&
	    (photo = recordreader_next(index->reader, err)) != NULL) {
		take(index, photo);
		node_free(photo);
	}
	if (err->len > said) {
		recordindex_close(index);
		return NULL;
	}
	mem_sort(index->keys, index->key_count, sizeof *index->keys, by_word);
	return index;
}

void
recordindex_close(struct recordindex *index)
{
	if (index == NULL)
		return;
	recordreader_close(index->reader);
	free(index->places);
	free(index->keys);
	free(index);
}

/* ---- asking ---- */

size_t
recordindex_count(const struct recordindex *index)
{
	return index->count;
}

struct node *
recordindex_get(struct recordindex *index, size_t at, struct buf *err)
{
	return recordreader_again(index->reader, index->places[at], err);
}

/* The first record that has the key. */
static long
find(const struct recordindex *index, uint64_t word)
{
	size_t low = 0, high = index->key_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->keys[middle].word < word)
			low = middle + 1;
		else
			high = middle;
	}
	return low < index->key_count && index->keys[low].word == word ?
	    (long)index->keys[low].at : -1;
}

long
recordindex_find(const struct recordindex *index, const struct node *photo,
    const char *school)
{
	uint64_t words[NUMBERS + 1];
	long at = -1;

	keys_of(photo, school, words);
	for (size_t i = 0; i < NUMBERS + 1 && at < 0; i++)
		if (words[i] != 0)
			at = find(index, words[i]);
	return at;
}
