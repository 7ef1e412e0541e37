#include "lib/intake/match.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/intake/match_parts.h"

/* One value of one row; entries of a bucket are chained, newest first. */
struct entry {
	uint32_t key;		/* offset in keys */
	uint32_t row, next;	/* next: index of an entry plus 1 */
	unsigned char field;	/* enum match_field */
};

/* A row: the first row of the person, and a hash of the name. */
struct person {
	uint32_t first, name;
};

struct match_index {
	struct buf keys;	/* folded, NUL-ended */
	struct entry *entries;
	size_t count, cap;
	uint32_t *buckets;	/* index of an entry plus 1; 0: empty */
	size_t bucket_count;	/* a power of two */
	struct person *persons;	/* of each row */
	size_t rows, row_cap;
};

static uint32_t
hash(const char *key, size_t len)
{
	uint32_t value = 2166136261u;	/* FNV-1a */

	for (size_t i = 0; i < len; i++)
		value = (value ^ (unsigned char)key[i]) * 16777619u;
	return value;
}

struct match_index *
match_index_new(void)
{
	struct match_index *index = xcalloc(1, sizeof *index);

	buf_init(&index->keys);
	index->bucket_count = 1024;
	index->buckets = xcalloc(index->bucket_count, sizeof *index->buckets);
	return index;
}

void
match_index_free(struct match_index *index)
{
	if (index == NULL)
		return;
	buf_release(&index->keys);
	free(index->entries);
	free(index->buckets);
	free(index->persons);
	free(index);
}

static void
link_entry(struct match_index *index, size_t i)
{
	struct entry *entry = &index->entries[i];
	const char *key = index->keys.data + entry->key;
	uint32_t *bucket = &index->buckets[hash(key, strlen(key)) &
	    (index->bucket_count - 1)];

	entry->next = *bucket;
	*bucket = (uint32_t)i + 1;
}

static void
grow(struct match_index *index)
{
	index->cap = index->cap > 0 ? 2 * index->cap : 1024;
	index->entries = xrealloc_array(index->entries, index->cap,
	    sizeof *index->entries);
	free(index->buckets);
	index->bucket_count = index->cap;
	index->buckets = xcalloc(index->bucket_count, sizeof *index->buckets);
	for (size_t i = 0; i < index->count; i++)
		link_entry(index, i);
}

/* The entry after previous (NULL: the first) that has this key. */
static const struct entry *
next_entry(const struct match_index *index, const struct entry *previous,
    const char *key, size_t len)
{
	uint32_t i = previous != NULL ? previous->next :
	    index->buckets[hash(key, len) & (index->bucket_count - 1)];

	for (; i != 0; i = index->entries[i - 1].next) {
		const struct entry *entry = &index->entries[i - 1];
		const char *known = index->keys.data + entry->key;

		if (strncmp(known, key, len) == 0 && known[len] == '\0')
			return entry;
	}
	return NULL;
}

static void
add_entry(struct match_index *index, int field, const char *key)
{
	struct entry *entry;

	if (index->count == index->cap)
		grow(index);
	entry = &index->entries[index->count];
	entry->key = (uint32_t)index->keys.len;
	entry->row = (uint32_t)index->rows;
	entry->field = (unsigned char)field;
	buf_add(&index->keys, key, strlen(key) + 1);
	link_entry(index, index->count++);
}

/* Add a value, and an ID that is written L123456(7) also without brackets. */
static void
add_key(struct match_index *index, enum match_field field, const char *value)
{
	struct buf key = BUF_INIT, plain = BUF_INIT;

	if (value == NULL)
		return;
	text_fold(value, &key);
	for (size_t i = 0; i < key.len; i++)
		if (key.data[i] != '(' && key.data[i] != ')')
			buf_addc(&plain, key.data[i]);
	if (plain.len > 0) {
		add_entry(index, field, key.data);
		if (plain.len < key.len)
			add_entry(index, field, plain.data);
	}
	buf_release(&key);
	buf_release(&plain);
}

/* The same ID number, and the same name. */
static struct person
find_person(const struct match_index *index, const struct match_keys *keys)
{
	struct person person = { (uint32_t)index->rows, 0 };
	const struct entry *entry = NULL;
	struct buf key = BUF_INIT;

	if (keys->name != NULL)
		text_fold(keys->name, &key);
	person.name = hash(key.data, key.len);
	buf_clear(&key);
	if (keys->id_number != NULL)
		text_fold(keys->id_number, &key);
	while (key.len > 0 && (entry = next_entry(index, entry, key.data,
	    key.len)) != NULL)
		if (entry->field == MATCH_ID_NUMBER &&
		    index->persons[entry->row].name == person.name)
			person.first = index->persons[entry->row].first;
	buf_release(&key);
	return person;
}

void
match_index_add(struct match_index *index, const struct match_keys *keys)
{
	if (index->rows == index->row_cap) {
		index->row_cap = index->row_cap > 0 ? 2 * index->row_cap : 1024;
		index->persons = xrealloc_array(index->persons, index->row_cap,
		    sizeof *index->persons);
	}
	index->persons[index->rows] = find_person(index, keys);
	add_key(index, MATCH_ID_NUMBER, keys->id_number);
	add_key(index, MATCH_EXAM_NO, keys->exam_no);
	add_key(index, MATCH_STUDENT_NO, keys->student_no);
	add_key(index, MATCH_CAPTURE_CODE, keys->capture_code);
	index->rows++;
}

size_t
match_person(const struct match_index *index, size_t row)
{
	return index->persons[row].first;
}

const char *
match_field_name(enum match_field field)
{
	static const char *const names[] = {
		[MATCH_ID_NUMBER] = "id_number",
		[MATCH_EXAM_NO] = "exam_no",
		[MATCH_STUDENT_NO] = "student_no",
		[MATCH_CAPTURE_CODE] = "capture_code",
		[MATCH_NAME] = "name",
		[MATCH_PERSON] = "person"
	};

	return names[field];
}

long
match_row_of(const struct match_index *index, enum match_field field,
    const char *value, const unsigned char *taken)
{
	const struct entry *entry = NULL;
	struct buf key = BUF_INIT;
	long row = -1;

	text_fold(value, &key);
	while ((entry = next_entry(index, entry, key.data, key.len)) != NULL)
		if (entry->field == (int)field &&
		    (taken == NULL || !taken[entry->row]))
			row = (long)entry->row;
	buf_release(&key);
	return row;
}

size_t
match_find(const struct match_index *index, const char *key, size_t len,
    struct match_hit *hits, size_t room)
{
	const struct entry *entry = NULL;
	size_t count = 0;

	while ((entry = next_entry(index, entry, key, len)) != NULL) {
		if (count < room)
			hits[count] = (struct match_hit){ entry->row,
			    (enum match_field)entry->field };
		count++;
	}
	return count;
}
