#include "lib/check/hashpairs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"

enum {
	BITS = 64,
	BLOCKS_MAX = HASHPAIRS_DISTANCE_MAX + HASHPAIRS_EXACT,
	PLACES_BITS_MAX = 18	/* what fits into a processor's cache */
};

/* A set's hashes, sorted by their bits in some blocks. */
struct table {
	uint32_t *start;	/* of each place in entries, and the end */
	struct entry { uint64_t hash; uint32_t index; } *entries;
};

struct work {
	const struct hashpairs_search *search;
	uint64_t blocks[BLOCKS_MAX];	/* the bits of each */
	int blocks_count;
	uint64_t mask;			/* of the blocks that must agree now */
	int places_bits;		/* there are 1 << places_bits places */
	struct table ones, others;
};

static int
distance(uint64_t differing)
{
	uint64_t bits = differing;

	bits -= bits >> 1 & 0x5555555555555555u;
	bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
	bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
	return (int)(bits * 0x0101010101010101u >> (BITS - 8));
}

static size_t
place_of(const struct work *work, uint64_t hash)
{
	return (size_t)((hash & work->mask) * 0x9e3779b97f4a7c15u >>
	    (BITS - work->places_bits));
}

/* A counting sort: start[place + 1] is where the place's next entry goes, and when all
 * are there, where the place ends. */
static void
sort(const struct work *work, const struct hashpairs_set *set, struct table *table)
{
	size_t places = (size_t)1 << work->places_bits, i;
	uint64_t hash;

	memset(table->start, 0, (places + 2) * sizeof *table->start);
	for (i = 0; i < set->count; i++)
		if (set->hashes[i] != 0)
			table->start[place_of(work, set->hashes[i]) + 2]++;
	for (i = 2; i <= places; i++)
		table->start[i] += table->start[i - 1];
	for (i = 0; i < set->count; i++)
		if ((hash = set->hashes[i]) != 0)
			table->entries[table->start[place_of(work, hash) + 1]++] =
			    (struct entry){ hash, (uint32_t)i };
}

/* Whether these blocks are the first of all that agree: else the pair was shown. */
static int
is_first(const struct work *work, uint64_t differing)
{
	uint64_t mask = 0;
	int i, exact = 0;

	for (i = 0; exact < HASHPAIRS_EXACT; i++)
		if ((work->blocks[i] & differing) == 0) {
			mask |= work->blocks[i];
			exact++;
		}
	return mask == work->mask;
}

/* Show the pair when it is one, and one that no earlier blocks showed. */
static void
compare(const struct work *work, const struct entry *one, size_t set,
    const struct entry *other)
{
	const struct hashpairs_search *search = work->search;
	uint64_t differing = one->hash ^ other->hash;

	if (distance(differing) <= search->distance && is_first(work, differing))
		search->found(search->state, one->index, set, other->index);
}

static void
compare_sets(const struct work *work, size_t set)
{
	const struct table *ones = &work->ones, *others = &work->others;
	const struct entry *one, *other, *end;
	size_t places = (size_t)1 << work->places_bits, place;

	for (place = 0; place < places; place++) {
		end = ones->entries + ones->start[place + 1];
		for (other = others->entries + others->start[place];
		    other < others->entries + others->start[place + 1]; other++)
			for (one = ones->entries + ones->start[place]; one < end;
			    one++)
				compare(work, one, set, other);
	}
}

/* A set with itself: both ways at once. */
static void
compare_within(const struct work *work, size_t set)
{
	const struct table *table = &work->ones;
	const struct entry *one, *other, *end;
	size_t places = (size_t)1 << work->places_bits, place;

	for (place = 0; place < places; place++) {
		end = table->entries + table->start[place + 1];
		for (one = table->entries + table->start[place]; one < end; one++) {
			compare(work, one, set, one);
			for (other = one + 1; other < end; other++)
				if (distance(one->hash ^ other->hash) <=
				    work->search->distance) {
					compare(work, one, set, other);
					compare(work, other, set, one);
				}
		}
	}
}

/* With the blocks in mask. */
static void
look(struct work *work)
{
	const struct hashpairs_search *search = work->search;
	size_t set;

	sort(work, &search->ones, &work->ones);
	for (set = 0; set < search->other_count; set++) {
		if (search->others[set].hashes == search->ones.hashes) {
			compare_within(work, set);
			continue;
		}
		sort(work, &search->others[set], &work->others);
		compare_sets(work, set);
	}
}

/* Neighbouring bits are alike: each block takes bits from all over the hash. */
static void
part(struct work *work)
{
	int bit;

	work->blocks_count = work->search->distance + HASHPAIRS_EXACT;
	for (bit = 0; bit < BITS; bit++)
		work->blocks[bit % work->blocks_count] |= (uint64_t)1 << bit;
}

static void
make_room(struct work *work)
{
	const struct hashpairs_search *search = work->search;
	size_t most = 0, places, i;

	for (i = 0; i < search->other_count; i++)
		if (search->others[i].count > most)
			most = search->others[i].count;
	for (work->places_bits = 1; work->places_bits < PLACES_BITS_MAX &&
	    (size_t)1 << work->places_bits < search->ones.count; work->places_bits++)
		;
	places = (size_t)1 << work->places_bits;
	work->ones.start = xcalloc(places + 2, sizeof *work->ones.start);
	work->others.start = xcalloc(places + 2, sizeof *work->others.start);
	work->ones.entries = xcalloc(search->ones.count + 1,
	    sizeof *work->ones.entries);
	work->others.entries = xcalloc(most + 1, sizeof *work->others.entries);
}

void
hashpairs_find(const struct hashpairs_search *search)
{
	struct work work = { .search = search };
	int i, j, k;

	assert(search->distance >= 0 && search->distance <= HASHPAIRS_DISTANCE_MAX);
	part(&work);
	make_room(&work);
	for (i = 0; i < work.blocks_count; i++)
		for (j = i + 1; j < work.blocks_count; j++)
			for (k = j + 1; k < work.blocks_count; k++) {
				work.mask = work.blocks[i] | work.blocks[j] |
				    work.blocks[k];
				look(&work);
			}
	free(work.ones.start);
	free(work.ones.entries);
	free(work.others.start);
	free(work.others.entries);
}
