#include "lib/roster/rosterkeys.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/pool.h"
#include "lib/base/text.h"
#include "lib/roster/idnumber.h"
#include "lib/roster/student.h"

/* By what a student is found again; the last student entered comes first. */
enum key { KEY_STUDENT_NO, KEY_EXAM_NO, KEY_ID, KEY_COUNT };

static const enum student_field key_fields[KEY_COUNT] = {
	[KEY_STUDENT_NO] = STUDENT_STUDENT_NO,
	[KEY_EXAM_NO] = STUDENT_EXAM_NO,
	[KEY_ID] = STUDENT_ID_NUMBER
};

static const uint32_t none = UINT32_MAX;

enum {
	RECORDS_MAX = 16	/* of one person: nobody has more students' numbers */
};

struct slot {
	uint32_t text;		/* of the key, in the pool; 0 is a free slot */
	uint32_t student;
};

struct map {
	struct slot *slots;
	size_t count, filled;	/* a power of two */
};

struct rosterkeys {
	struct pool *pool;
	struct map maps[KEY_COUNT];
	uint32_t *older;	/* by student and key: the next of that key */
	size_t room;
	struct buf folded;
};

struct rosterkeys *
rosterkeys_new(void)
{
	struct rosterkeys *keys = xcalloc(1, sizeof *keys);

	keys->pool = pool_new();
	buf_init(&keys->folded);
	for (int i = 0; i < KEY_COUNT; i++) {
		keys->maps[i].count = 1024;
		keys->maps[i].slots = xcalloc(keys->maps[i].count,
		    sizeof *keys->maps[i].slots);
	}
	return keys;
}

void
rosterkeys_free(struct rosterkeys *keys)
{
	if (keys == NULL)
		return;
	for (int i = 0; i < KEY_COUNT; i++)
		free(keys->maps[i].slots);
	free(keys->older);
	pool_free(keys->pool);
	buf_release(&keys->folded);
	free(keys);
}

/* ---- maps ---- */

static struct slot *
find_slot(const struct map *map, uint32_t text)
{
	size_t at = (size_t)(text * 0x9E3779B97F4A7C15u >> 32);

	while (map->slots[at &= map->count - 1].text != 0 &&
	    map->slots[at].text != text)
		at++;
	return &map->slots[at];
}

static void
grow(struct map *map)
{
	struct slot *old = map->slots;
	size_t count = map->count;

	map->count *= 2;
	map->slots = xcalloc(map->count, sizeof *map->slots);
	for (size_t i = 0; i < count; i++)
		if (old[i].text != 0)
			*find_slot(map, old[i].text) = old[i];
	free(old);
}

/* The key as it is compared, 0 when the student has none. */
static uint32_t
key_text(struct rosterkeys *keys, const struct student *student, enum key key)
{
	const char *value = student->fields[key_fields[key]];

	if (value == NULL)
		return 0;
	buf_clear(&keys->folded);
	if (key == KEY_ID)
		idnumber_key(value, &keys->folded);
	else
		text_fold(value, &keys->folded);
	return pool_add(keys->pool, keys->folded.data, keys->folded.len);
}

static uint32_t
newest(const struct rosterkeys *keys, enum key key, uint32_t text)
{
	const struct slot *slot = find_slot(&keys->maps[key], text);

	return text != 0 && slot->text == text ? slot->student : none;
}

static void
remember(struct rosterkeys *keys, enum key key, uint32_t text, size_t index)
{
	struct map *map = &keys->maps[key];
	struct slot *slot;

	keys->older[index * KEY_COUNT + key] = newest(keys, key, text);
	if (text == 0)
		return;
	if (map->filled >= map->count / 2)
		grow(map);
	slot = find_slot(map, text);
	map->filled += slot->text == 0;
	*slot = (struct slot){ text, (uint32_t)index };
}

/* ---- comparing two students ---- */

static int
differ(struct rosterkeys *keys, const struct student *one,
    const struct student *two, enum key key)
{
	uint32_t a = key_text(keys, one, key), b = key_text(keys, two, key);

	return a != 0 && b != 0 && a != b;
}

static int
names_differ(const struct student *one, const struct student *two)
{
	const char *a = one->fields[STUDENT_NAME];
	const char *b = two->fields[STUDENT_NAME];
	struct buf first = BUF_INIT, second = BUF_INIT;
	int result;

	if (a == NULL || b == NULL || strcmp(a, b) == 0)
		return 0;
	text_fold(a, &first);
	text_fold(b, &second);
	result = strcmp(first.data, second.data) != 0;
	buf_release(&first);
	buf_release(&second);
	return result;
}

/* One of the two shares key with the other: what they are to each other. */
static enum rosterkeys_verdict
compare(struct rosterkeys *keys, const struct student *old,
    const struct student *new, enum key key, struct buf *reason)
{
	static const char *const words[KEY_COUNT] = {
		"student number", "exam number", "ID number"
	};

	if (key != KEY_STUDENT_NO && differ(keys, old, new, KEY_STUDENT_NO) &&
	    !differ(keys, old, new, KEY_ID) &&
	    (key == KEY_ID || !names_differ(old, new)))
		return ROSTERKEYS_NEW;
	if (key == KEY_ID && differ(keys, old, new, KEY_EXAM_NO) &&
	    (old->fields[STUDENT_STUDENT_NO] == NULL ||
	    new->fields[STUDENT_STUDENT_NO] == NULL))
		return ROSTERKEYS_NEW;
	if (key != KEY_ID && differ(keys, old, new, KEY_ID)) {
		buf_addf(reason, "its %s is that of row %ld, which has another "
		    "ID number", words[key], old->row);
		return ROSTERKEYS_CONFLICT;
	}
	if (names_differ(old, new)) {
		buf_addf(reason, "its %s is that of row %ld, which has another "
		    "name", words[key], old->row);
		return ROSTERKEYS_CONFLICT;
	}
	return ROSTERKEYS_REPEATED;
}

enum rosterkeys_verdict
rosterkeys_add(struct rosterkeys *keys, const struct student *students,
    size_t index, size_t *other, size_t *namesake, struct buf *reason)
{
	const struct student *student = &students[index];
	uint32_t texts[KEY_COUNT], at;
	enum rosterkeys_verdict verdict;
	enum key key;
	int records;

	*namesake = index;
	for (key = 0; key < KEY_COUNT; key++) {
		records = 0;
		texts[key] = key_text(keys, student, key);
		for (at = newest(keys, key, texts[key]); at != none;
		    at = keys->older[at * KEY_COUNT + key]) {
			if (++records > RECORDS_MAX) {
				buf_addf(reason, "more than %d rows have its "
				    "number", RECORDS_MAX);
				return ROSTERKEYS_CONFLICT;
			}
			verdict = compare(keys, &students[at], student, key,
			    reason);
			*other = at;
			if (verdict != ROSTERKEYS_NEW)
				return verdict;
			if (names_differ(&students[at], student))
				*namesake = at;
		}
	}
	if (index >= keys->room) {
		keys->room = keys->room > 0 ? 2 * keys->room : 1024;
		if (keys->room <= index)
			keys->room = index + 1;
		keys->older = xrealloc_array(keys->older, keys->room,
		    KEY_COUNT * sizeof *keys->older);
	}
	for (key = 0; key < KEY_COUNT; key++)
		remember(keys, key, texts[key], index);
	return ROSTERKEYS_NEW;
}
