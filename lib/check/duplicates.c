#include "lib/check/duplicates.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/workers.h"
#include "lib/check/hashpairs.h"
#include "lib/check/likeness.h"
#include "lib/check/likenessindex.h"

enum {
	PIXELS = LIKENESS_SIDE * LIKENESS_SIDE,
	KEPT = 1024,		/* faces that a worker keeps at hand */
	JOB = 64		/* hashes that a worker looks at for one job */
};

/* Faces that correlate by this are the same picture: no better is sought. */
static const double same = 0.9995;

/* By how much the small pictures' correlation may be below the faces': of 428 pairs
 * above 0.95 it was by at most 0.011. */
static const double small_below = 0.05;

struct result {
	uint32_t other;
	float correlation;
	unsigned char kind, mirrored;
};

/* Photos with one hash are in a group; of two groups that are near, link. */
struct link {
	uint32_t from, to;
	unsigned char mirrored;
};

struct duplicates {
	const struct remembered *photos;	/* while finding */
	const struct duplicates_setup *setup;
	struct result *results;
	size_t count;

	uint32_t *order;	/* photos with a hash, by group */
	uint32_t *start;	/* of each group in order, and the end */
	uint64_t *hashes;	/* of each group */
	size_t groups;
	struct link *links;
	size_t link_count, link_room;

	struct kept { size_t index; unsigned char pixels[PIXELS]; } *kept;
};

/* ---- the same bytes ---- */

struct keyed {
	const struct remembered *photo;
	uint32_t index;
};

static int
by_sum(const void *left, const void *right)
{
	const struct keyed *a = left, *b = right;
	int order = memcmp(a->photo->sum, b->photo->sum, HASH_BYTES);

	return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* Each of a run of the same bytes with the first other person in it. */
static void
mark_run(struct duplicates *duplicates, const struct keyed *run, size_t count)
{
	size_t i, j;

	for (i = 0; i < count; i++) {
		for (j = 0; j < count &&
		    run[i].photo->person == run[j].photo->person; j++)
			;
		if (j < count)
			duplicates->results[run[i].index] = (struct result){
			    run[j].index, 1, DUPLICATE_BYTES, 0 };
	}
}

static void
find_bytes(struct duplicates *duplicates)
{
	struct keyed *keyed = xcalloc(duplicates->count + 1, sizeof *keyed);
	size_t count = 0, i, end;

	for (i = 0; i < duplicates->count; i++)
		if (duplicates->photos[i].person != 0)
			keyed[count++] = (struct keyed){ &duplicates->photos[i],
			    (uint32_t)i };
	mem_sort(keyed, count, sizeof *keyed, by_sum);
	for (i = 0; i < count; i = end) {
		for (end = i + 1; end < count && memcmp(keyed[i].photo->sum,
		    keyed[end].photo->sum, HASH_BYTES) == 0; end++)
			;
		mark_run(duplicates, keyed + i, end - i);
	}
	free(keyed);
}

/* ---- groups and links ---- */

static int
by_hash(const void *left, const void *right)
{
	const struct keyed *a = left, *b = right;

	if (a->photo->hash != b->photo->hash)
		return a->photo->hash < b->photo->hash ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

static void
make_groups(struct duplicates *duplicates)
{
	struct keyed *keyed = xcalloc(duplicates->count + 1, sizeof *keyed);
	size_t count = 0, i;

	for (i = 0; i < duplicates->count; i++)
		if (duplicates->photos[i].hash != 0)
			keyed[count++] = (struct keyed){ &duplicates->photos[i],
			    (uint32_t)i };
	mem_sort(keyed, count, sizeof *keyed, by_hash);
	duplicates->order = xcalloc(count + 1, sizeof *duplicates->order);
	duplicates->start = xcalloc(count + 1, sizeof *duplicates->start);
	duplicates->hashes = xcalloc(count + 1, sizeof *duplicates->hashes);
	for (i = 0; i < count; i++) {
		duplicates->order[i] = keyed[i].index;
		if (i == 0 || keyed[i].photo->hash != keyed[i - 1].photo->hash) {
			duplicates->hashes[duplicates->groups] = keyed[i].photo->hash;
			duplicates->start[duplicates->groups++] = (uint32_t)i;
		}
	}
	duplicates->start[duplicates->groups] = (uint32_t)count;
	free(keyed);
}

static size_t
group_size(const struct duplicates *duplicates, size_t group)
{
	return duplicates->start[group + 1] - duplicates->start[group];
}

/* Whether two photos of different persons may be one picture. */
static int
may_be(const struct duplicates *duplicates, size_t one, size_t other, int mirrored)
{
	const struct remembered *a = &duplicates->photos[one];
	const struct remembered *b = &duplicates->photos[other];
	unsigned char turned[LIKENESS_SMALL_BYTES];

	if (a->person == b->person)
		return 0;
	memcpy(turned, b->small, sizeof turned);
	if (mirrored)
		likeness_small_mirror(turned);
	return likeness_small_correlation(a->small, turned) >=
	    duplicates->setup->correlation - small_below;
}

static void
link_groups(void *state, size_t one, size_t set, size_t other)
{
	struct duplicates *duplicates = state;
	size_t sizes = group_size(duplicates, one) * group_size(duplicates, other);
	int mirrored = set == 1;

	/* nearly all groups are of one photo: those that cannot be need no link */
	if (sizes == 1 && !may_be(duplicates,
	    duplicates->order[duplicates->start[one]],
	    duplicates->order[duplicates->start[other]], mirrored))
		return;
	if (duplicates->link_count == duplicates->link_room) {
		duplicates->link_room = 2 * duplicates->link_room + 256;
		duplicates->links = xrealloc_array(duplicates->links,
		    duplicates->link_room, sizeof *duplicates->links);
	}
	duplicates->links[duplicates->link_count++] = (struct link){ (uint32_t)one,
	    (uint32_t)other, (unsigned char)mirrored };
}

static int
by_groups(const void *left, const void *right)
{
	const struct link *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->mirrored != b->mirrored)
		return a->mirrored - b->mirrored;
	return (a->to > b->to) - (a->to < b->to);
}

static void
find_links(struct duplicates *duplicates)
{
	uint64_t *mirrored = xcalloc(duplicates->groups + 1, sizeof *mirrored);
	const struct hashpairs_set others[] = {
		{ duplicates->hashes, duplicates->groups },
		{ mirrored, duplicates->groups }
	};
	const struct hashpairs_search search = { others[0], others, 2,
	    duplicates->setup->distance, link_groups, duplicates };
	size_t i;

	for (i = 0; i < duplicates->groups; i++)
		mirrored[i] = likeness_hash_mirrored(duplicates->hashes[i]);
	hashpairs_find(&search);
	free(mirrored);
	mem_sort(duplicates->links, duplicates->link_count,
	    sizeof *duplicates->links, by_groups);
}

/* ---- in a worker: the faces themselves ---- */

static const unsigned char *
face_of(struct duplicates *duplicates, size_t index)
{
	struct kept *kept = &duplicates->kept[index % KEPT];

	if (kept->index == index + 1)
		return kept->pixels;
	kept->index = 0;
	if (!duplicates->setup->fetch(duplicates->setup->state,
	    duplicates->photos[index].sum, kept->pixels))
		return NULL;
	kept->index = index + 1;
	return kept->pixels;
}

static double
correlation_of(struct duplicates *duplicates, size_t one, size_t other, int mirrored)
{
	unsigned char copy[PIXELS];
	const unsigned char *face = face_of(duplicates, other);

	if (face == NULL)
		return 0;
	memcpy(copy, face, sizeof copy);
	if (mirrored)
		likeness_mirror(copy);
	face = face_of(duplicates, one);
	return face != NULL ? likeness_correlation(face, copy) : 0;
}

/* Look at a photo's place among those of a link, until it is found again. */
static void
compare(struct duplicates *duplicates, size_t one, const struct link *link,
    struct result *best)
{
	const uint32_t *other = duplicates->order + duplicates->start[link->to];
	const uint32_t *end = duplicates->order + duplicates->start[link->to + 1];
	double correlation;

	for (; other < end && best->correlation < (float)same; other++) {
		if (!may_be(duplicates, one, *other, link->mirrored))
			continue;
		correlation = correlation_of(duplicates, one, *other, link->mirrored);
		if (correlation >= duplicates->setup->correlation &&
		    (float)correlation > best->correlation)
			*best = (struct result){ *other, (float)correlation,
			    DUPLICATE_NEAR, link->mirrored };
	}
}

/* What is sent back: who, and what was found. */
struct answer {
	uint32_t index;
	struct result result;
};

/* The photos of a group, with the links that begin with it. */
static void
compare_group(struct duplicates *duplicates, const struct link *links, size_t count,
    struct buf *result)
{
	size_t group = links->from, at, i;
	struct answer answer;

	for (at = duplicates->start[group]; at < duplicates->start[group + 1]; at++) {
		memset(&answer, 0, sizeof answer);
		answer.index = duplicates->order[at];
		if (duplicates->results[answer.index].kind == DUPLICATE_BYTES)
			continue;
		for (i = 0; i < count; i++)
			compare(duplicates, answer.index, &links[i], &answer.result);
		if (answer.result.kind != DUPLICATE_NONE)
			buf_add(result, (const char *)&answer, sizeof answer);
	}
}

/* The links of the group that begins at first. */
static size_t
links_of_group(const struct duplicates *duplicates, size_t first)
{
	size_t end = first + 1;

	while (end < duplicates->link_count &&
	    duplicates->links[end].from == duplicates->links[first].from)
		end++;
	return end - first;
}

static int
start(void *state, struct buf *err)
{
	struct duplicates *duplicates = state;

	(void)err;
	duplicates->kept = xcalloc(KEPT, sizeof *duplicates->kept);
	return 0;
}

/* A job is the numbers of its first link and of the one behind its last. */
static void
work(void *state, const char *job, size_t len, struct buf *result)
{
	struct duplicates *duplicates = state;
	size_t range[2] = { 0, 0 }, count;

	memcpy(range, job, len < sizeof range ? len : sizeof range);
	for (; range[0] < range[1]; range[0] += count) {
		count = links_of_group(duplicates, range[0]);
		compare_group(duplicates, duplicates->links + range[0], count, result);
	}
}

/* ---- in the parent ---- */

static void
done(void *state, const char *job, size_t job_len, const char *result, size_t len,
    const char *reason)
{
	struct duplicates *duplicates = state;
	struct answer answer;

	(void)job;
	(void)job_len;
	if (result == NULL)
		msg_die("cannot compare faces: %s", reason);
	for (; len >= sizeof answer; result += sizeof answer, len -= sizeof answer) {
		memcpy(&answer, result, sizeof answer);
		if (answer.index < duplicates->count)
			duplicates->results[answer.index] = answer.result;
	}
}

static void
compare_faces(struct duplicates *duplicates)
{
	const struct workers_setup setup = { .count = duplicates->setup->jobs,
	    .reads = &duplicates->setup->reads, .read_count = 1,
	    .state = duplicates, .start = start, .work = work, .done = done };
	struct workers *workers;
	size_t range[2] = { 0, 0 };
	int groups = 0;

	if (duplicates->link_count == 0)
		return;
	workers = workers_start(&setup);
	while (range[1] < duplicates->link_count) {
		range[1] += links_of_group(duplicates, range[1]);
		if (++groups < JOB && range[1] < duplicates->link_count)
			continue;
		workers_submit(workers, (const char *)range, sizeof range);
		range[0] = range[1];
		groups = 0;
	}
	workers_end(workers);
}

struct duplicates *
duplicates_find(const struct remembered *photos, size_t count,
    const struct duplicates_setup *setup)
{
	struct duplicates *duplicates = xcalloc(1, sizeof *duplicates);

	duplicates->photos = photos;
	duplicates->count = count;
	duplicates->setup = setup;
	duplicates->results = xcalloc(count + 1, sizeof *duplicates->results);
	find_bytes(duplicates);
	make_groups(duplicates);
	find_links(duplicates);
	compare_faces(duplicates);
	free(duplicates->links);
	free(duplicates->hashes);
	free(duplicates->start);
	free(duplicates->order);
	return duplicates;
}

void
duplicates_free(struct duplicates *duplicates)
{
	if (duplicates == NULL)
		return;
	free(duplicates->results);
	free(duplicates);
}

struct duplicate
duplicates_of(const struct duplicates *duplicates, size_t index)
{
	struct duplicate found = { DUPLICATE_NONE, 0, 0, 0 };
	const struct result *result;

	if (index >= duplicates->count)
		return found;
	result = &duplicates->results[index];
	found.kind = (enum duplicate_kind)result->kind;
	found.other = result->other;
	found.correlation = (double)result->correlation;
	found.mirrored = result->mirrored;
	return found;
}
