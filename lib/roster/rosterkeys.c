#include "lib/roster/rosterkeys.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/pool.h"
#include "lib/base/text.h"
#include "lib/roster/idnumber.h"
#include "lib/roster/roster.h"

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
	struct roster *roster;		/* its pool has the keys as well */
	struct map maps[KEY_COUNT];
	uint32_t *older;	/* by student and key: the next of that key */
	struct buf folded;
};

struct rosterkeys *
rosterkeys_new(struct roster *roster)
{
	struct rosterkeys *keys = xcalloc(1, sizeof *keys);

	keys->roster = roster;
	keys->older = xcalloc(roster->count + 1,
	    KEY_COUNT * sizeof *keys->older);
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
key_text(struct rosterkeys *keys, size_t student, enum key key)
{
	const char *value = roster_field(keys->roster, student,
	    key_fields[key]);

	if (value == NULL)
		return 0;
	buf_clear(&keys->folded);
	if (key == KEY_ID)
		idnumber_key(value, &keys->folded);
	else
		text_fold(value, &keys->folded);
	return pool_add(keys->roster->pool, keys->folded.data, keys->folded.len);
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
differ(struct rosterkeys *keys, size_t one, size_t two, enum key key)
{
	uint32_t a = key_text(keys, one, key), b = key_text(keys, two, key);

	return a != 0 && b != 0 && a != b;
}

static int
names_differ(const struct rosterkeys *keys, size_t one, size_t two)
{
	const char *a = roster_field(keys->roster, one, STUDENT_NAME);
	const char *b = roster_field(keys->roster, two, STUDENT_NAME);
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

static int
has_number(const struct rosterkeys *keys, size_t student)
{
	return roster_value(keys->roster, student, STUDENT_STUDENT_NO) != 0;
}

/* One of the two shares key with the other: what they are to each other. */
static enum rosterkeys_verdict
compare(struct rosterkeys *keys, size_t old, size_t new, enum key key,
    struct rosterkeys_found *found)
{
	static const char *const words[KEY_COUNT] = {
		"student number", "exam number", "ID number"
	};

	if (key != KEY_STUDENT_NO && differ(keys, old, new, KEY_STUDENT_NO) &&
	    !differ(keys, old, new, KEY_ID) &&
	    (key == KEY_ID || !names_differ(keys, old, new)))
		return ROSTERKEYS_NEW;
	if (key == KEY_ID && differ(keys, old, new, KEY_EXAM_NO) &&
	    (!has_number(keys, old) || !has_number(keys, new)))
		return ROSTERKEYS_NEW;
	found->shared = words[key];
	if (key != KEY_ID && differ(keys, old, new, KEY_ID)) {
		found->differs = "ID number";
		return ROSTERKEYS_CONFLICT;
	}
	if (names_differ(keys, old, new)) {
		found->differs = "name";
		return ROSTERKEYS_CONFLICT;
	}
	return ROSTERKEYS_REPEATED;
}

/* Look through the students with one key. */
static enum rosterkeys_verdict
compare_all(struct rosterkeys *keys, size_t index, enum key key, uint32_t text,
    struct rosterkeys_found *found)
{
	enum rosterkeys_verdict verdict;
	int records = 0;
	uint32_t at;

	for (at = newest(keys, key, text); at != none;
	    at = keys->older[at * KEY_COUNT + key]) {
		found->other = at;
		if (++records > RECORDS_MAX)
			return ROSTERKEYS_CONFLICT;
		verdict = compare(keys, at, index, key, found);
		if (verdict != ROSTERKEYS_NEW)
			return verdict;
		if (names_differ(keys, at, index))
			found->namesake = at;
	}
	return ROSTERKEYS_NEW;
}

enum rosterkeys_verdict
rosterkeys_add(struct rosterkeys *keys, size_t index,
    struct rosterkeys_found *found)
{
	uint32_t texts[KEY_COUNT];
	enum rosterkeys_verdict verdict;
	enum key key;

	*found = (struct rosterkeys_found){ .namesake = index };
	for (key = 0; key < KEY_COUNT; key++) {
		texts[key] = key_text(keys, index, key);
		verdict = compare_all(keys, index, key, texts[key], found);
		if (verdict != ROSTERKEYS_NEW)
			return verdict;
		found->shared = found->differs = NULL;
	}
	for (key = 0; key < KEY_COUNT; key++)
		remember(keys, key, texts[key], index);
	return ROSTERKEYS_NEW;
}
