#include "lib/check/duplicates.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/check/likeness.h"

enum { PIXELS = LIKENESS_SIDE * LIKENESS_SIDE, KEPT_MAX = 4096 };

/* 56 bytes a photo with its hash. */
struct entry {
	uint64_t bytes[2];	/* of the file's SHA-256; 0: no picture */
	uint64_t person;	/* 0: none */
	unsigned char *upright;	/* while finding; NULL: not fetched */
	uint32_t other;
	float correlation;
	unsigned char kind;
};

struct duplicates {
	struct entry *entries;
	uint64_t *hashes;
	size_t count;

	double correlation;	/* while finding */
	duplicates_fetch *fetch;
	void *state;
	size_t kept;		/* entries with upright */
};

struct duplicates *
duplicates_new(void)
{
	return xcalloc(1, sizeof(struct duplicates));
}

static void
drop_uprights(struct duplicates *duplicates)
{
	for (size_t i = 0; i < duplicates->count; i++) {
		free(duplicates->entries[i].upright);
		duplicates->entries[i].upright = NULL;
	}
	duplicates->kept = 0;
}

void
duplicates_free(struct duplicates *duplicates)
{
	if (duplicates == NULL)
		return;
	free(duplicates->entries);
	free(duplicates->hashes);
	free(duplicates);
}

uint64_t
duplicates_person(const struct node *photo)
{
	struct node *student = node_get(photo, "student");
	const char *number = node_text(student, "id_number");
	const char *name = node_text(student, "name");
	const char *birth = node_text(student, "birth_date");
	const char *school = node_text(student, "school_code");
	const char *student_no = node_text(student, "student_no");
	struct buf text = BUF_INIT;
	char hash[HASH_TEXT];

	if (student == NULL)
		return 0;
	if (number != NULL)
		buf_addf(&text, "1 %s", number);
	else if (name != NULL && birth != NULL && strchr(name, '*') == NULL)
		buf_addf(&text, "2 %s %s", name, birth);
	else if (school != NULL && student_no != NULL)
		buf_addf(&text, "3 %s %s", school, student_no);
	else
		buf_addf(&text, "4 %s", node_text(photo, "id"));
	hash_bytes(text.data, text.len, hash);
	buf_release(&text);
	return hash_word(hash, 16) | 1;
}

void
duplicates_add(struct duplicates *duplicates, const struct node *photo)
{
	const char *sha256 = node_text(node_get(photo, "source"), "sha256");
	const char *phash = node_text(node_get(photo, "image"), "phash");
	size_t count = duplicates->count;
	struct entry entry = { 0 };

	if ((count & (count + 1)) == 0) {
		duplicates->entries = xrealloc_array(duplicates->entries,
		    2 * count + 2, sizeof *duplicates->entries);
		duplicates->hashes = xrealloc_array(duplicates->hashes,
		    2 * count + 2, sizeof *duplicates->hashes);
	}
	entry.person = duplicates_person(photo);
	if (sha256 != NULL && strlen(sha256) == HASH_TEXT - 1 && entry.person != 0) {
		entry.bytes[0] = hash_word(sha256, 16) | 1;
		entry.bytes[1] = hash_word(sha256 + 16, 16);
	}
	duplicates->entries[count] = entry;
	duplicates->hashes[count] = entry.bytes[0] != 0 ? hash_word(phash, 16) : 0;
	duplicates->count++;
}

/* ---- finding ---- */

static void
mark(struct entry *entry, size_t other, enum duplicate_kind kind, double correlation)
{
	int had = entry->kind;

	if (had != DUPLICATE_NONE && ((enum duplicate_kind)had < kind ||
	    ((enum duplicate_kind)had == kind && (float)correlation <=
	    entry->correlation)))
		return;
	entry->kind = (unsigned char)kind;
	entry->other = (uint32_t)other;
	entry->correlation = (float)correlation;
}

struct keyed {
	uint64_t bytes[2];
	uint32_t index;
};

static int
by_bytes(const void *left, const void *right)
{
	const struct keyed *a = left, *b = right;
	int order = memcmp(a->bytes, b->bytes, sizeof a->bytes);

	return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* Each of a run of the same bytes with the first other person in it. */
static void
mark_run(struct duplicates *duplicates, const struct keyed *run, size_t count)
{
	struct entry *entries = duplicates->entries;
	size_t i, j;

	for (i = 0; i < count; i++)
		for (j = 0; j < count; j++)
			if (entries[run[i].index].person !=
			    entries[run[j].index].person) {
				mark(&entries[run[i].index], run[j].index,
				    DUPLICATE_BYTES, 1);
				break;
			}
}

static void
find_bytes(struct duplicates *duplicates)
{
	struct keyed *keyed = xcalloc(duplicates->count + 1, sizeof *keyed);
	size_t count = 0, i, end;

	for (i = 0; i < duplicates->count; i++) {
		if (duplicates->entries[i].bytes[0] == 0)
			continue;
		memcpy(keyed[count].bytes, duplicates->entries[i].bytes,
		    sizeof keyed->bytes);
		keyed[count++].index = (uint32_t)i;
	}
	qsort(keyed, count, sizeof *keyed, by_bytes);
	for (i = 0; i < count; i = end) {
		for (end = i + 1; end < count && memcmp(keyed[i].bytes,
		    keyed[end].bytes, sizeof keyed->bytes) == 0; end++)
			;
		mark_run(duplicates, keyed + i, end - i);
	}
	free(keyed);
}

/* The upright face at index, in pixels or kept; NULL when there is none.  In a
 * school whose pictures are much alike each is asked for many times. */
static const unsigned char *
upright_of(struct duplicates *duplicates, size_t index, unsigned char *pixels)
{
	struct entry *entry = &duplicates->entries[index];

	if (entry->upright != NULL)
		return entry->upright;
	if (!duplicates->fetch(duplicates->state, index, pixels))
		return NULL;
	if (duplicates->kept < KEPT_MAX) {
		entry->upright = xmalloc(PIXELS);
		memcpy(entry->upright, pixels, PIXELS);
		duplicates->kept++;
	}
	return pixels;
}

static void
compare(void *state, size_t one, size_t other)
{
	struct duplicates *duplicates = state;
	struct entry *a = &duplicates->entries[one], *b = &duplicates->entries[other];
	unsigned char pixels[2][PIXELS];
	const unsigned char *left, *right;
	double correlation;

	if (a->person == b->person || (a->kind == DUPLICATE_BYTES &&
	    b->kind == DUPLICATE_BYTES))
		return;
	left = upright_of(duplicates, one, pixels[0]);
	right = left != NULL ? upright_of(duplicates, other, pixels[1]) : NULL;
	if (right == NULL)
		return;
	correlation = likeness_correlation(left, right);
	if (correlation < duplicates->correlation)
		return;
	mark(a, other, DUPLICATE_NEAR, correlation);
	mark(b, one, DUPLICATE_NEAR, correlation);
}

void
duplicates_find(struct duplicates *duplicates, int distance, double correlation,
    duplicates_fetch *fetch, void *state)
{
	duplicates->correlation = correlation;
	duplicates->fetch = fetch;
	duplicates->state = state;
	find_bytes(duplicates);
	likeness_pairs(duplicates->hashes, duplicates->count, distance, compare,
	    duplicates);
	drop_uprights(duplicates);
}

struct duplicate
duplicates_of(const struct duplicates *duplicates, size_t index)
{
	struct duplicate found = { DUPLICATE_NONE, 0, 0 };

	if (index < duplicates->count) {
		found.kind = (enum duplicate_kind)duplicates->entries[index].kind;
		found.other = duplicates->entries[index].other;
		found.correlation = (double)duplicates->entries[index].correlation;
	}
	return found;
}
