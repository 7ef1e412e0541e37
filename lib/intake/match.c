#include "lib/intake/match.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"

enum {
	FIELD_PERSON = MATCH_PERSON + 1,	/* ID number and name, to tell persons apart */
	HITS_MAX = 64,
	EXTENSION_MAX = 5,
	ID_DIGITS = 17		/* before the X of a resident's ID */
};

/* One value of one row; entries of a bucket are chained, newest first. */
struct entry {
	size_t key;		/* offset in keys */
	uint32_t row, next;	/* next: index of an entry plus 1 */
	int field;
};

struct match_index {
	struct buf keys;	/* folded, NUL-ended */
	struct entry *entries;
	size_t count, cap;
	uint32_t *buckets;	/* index of an entry plus 1; 0: empty */
	size_t bucket_count;	/* a power of two */
	uint32_t *persons;	/* of each row: the first row of the person */
	size_t rows, row_cap;
};

struct hit {
	uint32_t row;
	int field, token;
};

/* The search through one name. */
struct search {
	const struct match_index *index;
	struct hit hits[HITS_MAX];
	size_t count;
	int tokens;		/* that were found */
	int overflow;
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
	entry->key = index->keys.len;
	entry->row = (uint32_t)index->rows;
	entry->field = field;
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

static uint32_t
find_person(struct match_index *index, const struct match_keys *keys)
{
	uint32_t person = (uint32_t)index->rows;
	const struct entry *entry = NULL;
	struct buf key = BUF_INIT;

	if (keys->id_number == NULL || keys->id_number[0] == '\0')
		return person;
	text_fold(keys->id_number, &key);
	buf_addc(&key, '\n');		/* in no name */
	if (keys->name != NULL)
		text_fold(keys->name, &key);
	entry = next_entry(index, NULL, key.data, key.len);
	if (entry != NULL)
		person = entry->row;
	else
		add_entry(index, FIELD_PERSON, key.data);
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
	return index->persons[row];
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

/* ---- numbers in a name ---- */

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
is_alnum(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z');
}

/* Note the rows that have this key; returns whether there are any. */
static int
try_key(struct search *search, const char *key, size_t len)
{
	const struct entry *entry = NULL;
	int found = 0;

	if (len < MATCH_KEY_MIN)
		return 0;
	while ((entry = next_entry(search->index, entry, key, len)) != NULL) {
		if (entry->field == FIELD_PERSON)
			continue;
		found = 1;
		if (search->count == HITS_MAX) {
			search->overflow = 1;
			break;
		}
		search->hits[search->count++] = (struct hit){
			entry->row, entry->field, search->tokens
		};
	}
	search->tokens += found;
	return found;
}

static int
two_digits(const char *text)
{
	return (text[0] - '0') * 10 + text[1] - '0';
}

static size_t
digits_at(const char *text)
{
	size_t len = 0;

	while (is_digit(text[len]))
		len++;
	return len;
}

/* Cameras name pictures by the clock, IMG_20210615_083012: that date is nobody's
 * number even where student numbers look like dates. */
static int
is_clock(const char *text, size_t len)
{
	const char *time = text + 9;

	return len == 8 && digits_at(text) == len &&
	    (two_digits(text) == 19 || two_digits(text) == 20) &&
	    two_digits(text + 4) >= 1 && two_digits(text + 4) <= 12 &&
	    two_digits(text + 6) >= 1 && two_digits(text + 6) <= 31 &&
	    (text[8] == '_' || text[8] == '-') && digits_at(time) == 6 &&
	    two_digits(time) < 24 && two_digits(time + 2) < 60 &&
	    two_digits(time + 4) < 60;
}

/* The numbers in a run of letters and digits. */
static void
search_digits(struct search *search, const char *run, size_t len)
{
	size_t size;

	for (size_t i = 0; i < len; i += size > 0 ? size : 1) {
		size = digits_at(run + i);
		if (size == ID_DIGITS && run[i + size] == 'X' &&
		    try_key(search, run + i, size + 1))
			continue;
		if (size > 0 && !is_clock(run + i, size))
			try_key(search, run + i, size);
	}
}

/* Text is of one byte a character, everything that is no ASCII being '?'. */
static void
search_runs(struct search *search, const char *text)
{
	size_t len;

	for (; *text != '\0'; text += len > 0 ? len : 1) {
		for (len = 0; is_alnum(text[len]); len++)
			;
		if (len == 0)
			continue;
		if (text[len] == '(' && is_alnum(text[len + 1]) &&
		    text[len + 2] == ')' && try_key(search, text, len + 3)) {
			len += 3;
			continue;
		}
		if (is_clock(text, len)) {
			len += 1 + digits_at(text + len + 1);
			continue;
		}
		if (try_key(search, text, len))
			continue;
		if (digits_at(text) < len)
			search_digits(search, text, len);
	}
}

/* Capitals, full-width letters and digits made plain, extension dropped. */
static void
flatten(const char *name, struct buf *out)
{
	size_t len = strlen(name), size;
	const char *dot;
	uint32_t code;

	for (; len > 0; name += size, len -= size) {
		size = text_char(name, len, &code);
		if (size == 0)
			size = 1, code = '?';
		if (code >= 0xff01 && code <= 0xff5e)
			code -= 0xff01 - 0x21;
		if (code >= 'a' && code <= 'z')
			code -= 'a' - 'A';
		buf_addc(out, code < 0x80 ? (int)code : '?');
	}
	dot = strrchr(out->data, '.');
	if (dot != NULL && strlen(dot) <= EXTENSION_MAX) {
		out->len = (size_t)(dot - out->data);
		out->data[out->len] = '\0';
	}
}

/* ---- whose they are ---- */

/* In how many of the tokens found the person is named. */
static int
tokens_of_person(const struct search *search, uint32_t person)
{
	int tokens = 0, last = -1;

	for (size_t i = 0; i < search->count; i++)
		if (search->index->persons[search->hits[i].row] == person &&
		    search->hits[i].token != last) {
			last = search->hits[i].token;
			tokens++;
		}
	return tokens;
}

static int
tokens_of_row(const struct search *search, uint32_t row)
{
	int tokens = 0, last = -1;

	for (size_t i = 0; i < search->count; i++)
		if (search->hits[i].row == row &&
		    search->hits[i].token != last) {
			last = search->hits[i].token;
			tokens++;
		}
	return tokens;
}

static struct match_row *
row_of(struct match *match, size_t row)
{
	for (size_t i = 0; i < match->count; i++)
		if (match->rows[i].row == row)
			return &match->rows[i];
	if (match->count == MATCH_ROWS_MAX)
		return NULL;
	match->rows[match->count] = (struct match_row){
		row, MATCH_STUDENT_NO, 0
	};
	return &match->rows[match->count++];
}

static int
by_row(const void *a, const void *b)
{
	const struct match_row *left = a, *right = b;

	return (left->row > right->row) - (left->row < right->row);
}

static void
take_person(const struct search *search, uint32_t person, struct match *match)
{
	int most = 0, tokens;

	for (size_t i = 0; i < search->count; i++) {
		const struct hit *hit = &search->hits[i];
		struct match_row *row;

		if (search->index->persons[hit->row] != person)
			continue;
		row = row_of(match, hit->row);
		if (row != NULL && (int)row->by > hit->field)
			row->by = (enum match_field)hit->field;
		tokens = tokens_of_row(search, hit->row);
		if (tokens > most)
			most = tokens;
	}
	for (size_t i = 0; i < match->count; i++)
		match->rows[i].weak = tokens_of_row(search,
		    (uint32_t)match->rows[i].row) < most;
	qsort(match->rows, match->count, sizeof match->rows[0], by_row);
}

/* The one person that all numbers found speak of. */
static void
decide(const struct search *search, struct match *match)
{
	uint32_t chosen = 0;
	int persons = 0;

	for (size_t i = 0; i < search->count; i++) {
		uint32_t person = search->index->persons[search->hits[i].row];

		if (tokens_of_person(search, person) < search->tokens ||
		    (persons > 0 && person == chosen))
			continue;
		chosen = person;
		persons++;
	}
	if (search->overflow || persons > 1)
		match->reason = "the number in its name belongs to several "
		    "students";
	else if (search->count > 0 && persons == 0)
		match->reason = "the numbers in its name belong to different "
		    "students";
	else if (persons == 1)
		take_person(search, chosen, match);
}

void
match_name(const struct match_index *index, const char *name,
    struct match *match)
{
	struct search search = { .index = index };
	struct buf text = BUF_INIT;

	match->count = 0;
	match->reason = NULL;
	match->doubt = 0;
	flatten(name, &text);
	if (!try_key(&search, text.data, text.len))
		search_runs(&search, text.data);
	decide(&search, match);
	buf_release(&text);
}
