#include "lib/check/earlier.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/check/hashpairs.h"
#include "lib/check/likeness.h"
#include "lib/check/likenessindex.h"

enum { PIECE = 1 << 18 };	/* entries in memory at a time: 48 MB */

struct collection {
	char *shown;
	struct likenessindex_index index;
};

struct match {
	enum duplicate_kind kind;
	int mirrored;
	double correlation;
	size_t collection;
	uint64_t place;		/* in it */
	char record[LIKENESSINDEX_ID_MAX + 1];
};

struct earlier {
	struct collection *collections;
	size_t collection_count;
	struct match *matches;	/* of each photo of the segment */
};

/* A segment while it is compared. */
struct comparison {
	struct earlier *earlier;
	const char *batch;
	const struct remembered *photos;
	size_t count;
	const struct remembered **sorted;	/* by their sums */
	uint64_t *hashes[2];			/* as they are, mirrored */
	int distance;
	double correlation;
	size_t collection;			/* which, and of it */
	uint64_t first;				/* from here on */
	struct likenessindex_entry *entries;
	uint64_t *entry_hashes;
	size_t entry_count;
};

/* ---- collections ---- */

struct earlier *
earlier_new(void)
{
	return xcalloc(1, sizeof(struct earlier));
}

void
earlier_free(struct earlier *earlier)
{
	struct collection *collection;

	if (earlier == NULL)
		return;
	while (earlier->collection_count > 0) {
		collection = &earlier->collections[--earlier->collection_count];
		likenessindex_abandon(&collection->index);
		if (collection->index.file != NULL)
			fclose(collection->index.file);
		free(collection->shown);
	}
	free(earlier->collections);
	free(earlier->matches);
	free(earlier);
}

static int
is(const struct node *record, const char *type)
{
	const char *said = node_text(record, "type");

	return said != NULL && strcmp(said, type) == 0;
}

static int
take_record(struct likenessindex_index *index, const struct node *record, struct buf *err)
{
	struct likenessindex_entry entry;

	return is(record, "photo") && likenessindex_entry(record, &entry) ?
	    likenessindex_add(index, &entry, err) : 0;
}

/* Photos between `batch` and `end`; what is no record is passed over. */
static int
read_lines(struct collection *collection, struct io_lines *lines, struct buf *err)
{
	struct buf line = BUF_INIT, reason = BUF_INIT;
	int inside = 0, segments = 0, whole, got, result = 0;
	struct node *record;

	while (result == 0 && (got = io_lines_next(lines, &line, &whole, err)) != 0) {
		if (got < 0) {
			result = -1;
			break;
		}
		buf_clear(&reason);
		record = node_parse(line.data, line.len, &reason);
		if (is(record, "batch"))
			inside = 1;
		else if (is(record, "end"))
			segments += inside, inside = 0;
		else if (inside)
			result = take_record(&collection->index, record, err);
		node_free(record);
	}
	if (result == 0 && (inside || segments == 0)) {
		buf_addf(err, "'%s' is no whole manifest", collection->shown);
		result = -1;
	}
	buf_release(&line);
	buf_release(&reason);
	return result;
}

static int
read_manifest(struct collection *collection, const char *path,
    const struct batch *batch, struct buf *err)
{
	struct io_lines lines;
	int fd = batch_spool(batch, err), result;
	FILE *spool = fd >= 0 ? fdopen(fd, "w+") : NULL;

	if (spool == NULL || io_lines_open(&lines, path, err) != 0) {
		if (spool != NULL)
			fclose(spool);
		return -1;
	}
	result = likenessindex_begin(&collection->index, spool, err) != 0 ||
	    read_lines(collection, &lines, err) != 0 ||
	    likenessindex_end(&collection->index, err) != 0 ? -1 : 0;
	io_lines_close(&lines);
	return result;
}

static int
read_index(struct collection *collection, FILE *file, struct buf *err)
{
	struct buf reason = BUF_INIT;
	int result = likenessindex_open(&collection->index, file, &reason);

	if (result != 0)
		buf_addf(err, "cannot read '%s': %s", collection->shown, reason.data);
	buf_release(&reason);
	return result;
}

int
earlier_add(struct earlier *earlier, const char *path, const struct batch *batch,
    struct buf *err)
{
	const char *slash = strrchr(path, '/');
	struct collection *collection;
	struct buf shown = BUF_INIT;
	FILE *file = fopen(path, "rbe");

	mask_entry_name(slash != NULL ? slash + 1 : path, NULL, &shown);
	if (file == NULL) {
		buf_addf(err, "cannot open '%s': %s", shown.data, strerror(errno));
		buf_release(&shown);
		return -1;
	}
	earlier->collections = xrealloc_array(earlier->collections,
	    earlier->collection_count + 1, sizeof *earlier->collections);
	collection = &earlier->collections[earlier->collection_count++];
	*collection = (struct collection){ .shown = buf_detach(&shown) };
	if (likenessindex_is(file))
		return read_index(collection, file, err);
	fclose(file);
	return read_manifest(collection, path, batch, err);
}

/* ---- the segment ---- */

/* Of several the first collection's first counts, the same bytes before likeness. */
static int
is_better(const struct match *match, const struct match *than)
{
	if (than->kind == DUPLICATE_NONE || match->kind != than->kind)
		return than->kind == DUPLICATE_NONE || match->kind < than->kind;
	if (match->correlation != than->correlation)
		return match->correlation > than->correlation;
	return match->collection == than->collection && match->place < than->place;
}

static void
mark(struct comparison *comparison, size_t index, size_t entry_index,
    enum duplicate_kind kind, double correlation, int mirrored)
{
	const struct likenessindex_entry *entry = &comparison->entries[entry_index];
	const struct remembered *photo = &comparison->photos[index];
	struct match *has = &comparison->earlier->matches[index], match = {
		.kind = kind, .mirrored = mirrored, .correlation = correlation,
		.collection = comparison->collection,
		.place = comparison->first + entry_index,
	};
	size_t len = strlen(comparison->batch);

	/* another run of the same batch is not before it */
	if (likenessindex_short(photo->person) == entry->person ||
	    (strncmp(entry->record, comparison->batch, len) == 0 &&
	    entry->record[len] == '-') || !is_better(&match, has))
		return;
	memcpy(match.record, entry->record, sizeof match.record);
	*has = match;
}

static int
by_sum(const void *left, const void *right)
{
	const struct remembered *const *a = left, *const *b = right;

	return memcmp((*a)->sum, (*b)->sum, HASH_BYTES);
}

static void
compare_bytes(struct comparison *comparison, size_t entry_index)
{
	const struct likenessindex_entry *entry = &comparison->entries[entry_index];
	const struct remembered **sorted = comparison->sorted;
	size_t low = 0, high = comparison->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (memcmp(sorted[middle]->sum, entry->sum, sizeof entry->sum) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < comparison->count && memcmp(sorted[low]->sum, entry->sum,
	    sizeof entry->sum) == 0; low++)
		if (sorted[low]->person != 0)
			mark(comparison, (size_t)(sorted[low] - comparison->photos),
			    entry_index, DUPLICATE_BYTES, 1, 0);
}

static void
compare_faces(void *state, size_t entry_index, size_t mirrored, size_t index)
{
	struct comparison *comparison = state;
	const struct remembered *photo = &comparison->photos[index];
	unsigned char small[LIKENESS_SMALL_BYTES];
	double correlation;

	memcpy(small, photo->small, sizeof small);
	if (mirrored)
		likeness_small_mirror(small);
	correlation = likeness_small_correlation(
	    comparison->entries[entry_index].small, small);
	if (correlation >= comparison->correlation)
		mark(comparison, index, entry_index, DUPLICATE_NEAR, correlation,
		    (int)mirrored);
}

static void
compare_piece(struct comparison *comparison)
{
	const struct hashpairs_set photos[] = {
		{ comparison->hashes[0], comparison->count },
		{ comparison->hashes[1], comparison->count }
	};
	const struct hashpairs_search search = {
		{ comparison->entry_hashes, comparison->entry_count }, photos, 2,
		comparison->distance, compare_faces, comparison
	};
	size_t i;

	for (i = 0; i < comparison->entry_count; i++) {
		compare_bytes(comparison, i);
		comparison->entry_hashes[i] = comparison->entries[i].hash;
	}
	hashpairs_find(&search);
}

static int
compare_collection(struct comparison *comparison, struct buf *err)
{
	const struct likenessindex_index *index = &comparison->earlier->collections[
	    comparison->collection].index;
	long got = 0;

	for (comparison->first = 0; comparison->first < index->count;
	    comparison->first += (uint64_t)got) {
		got = likenessindex_read(index, comparison->first, comparison->entries,
		    PIECE, err);
		if (got < 0)
			return -1;
		comparison->entry_count = (size_t)got;
		compare_piece(comparison);
	}
	return 0;
}

static void
prepare(struct comparison *comparison)
{
	size_t i;

	comparison->sorted = xcalloc(comparison->count + 1, sizeof *comparison->sorted);
	comparison->hashes[0] = xcalloc(comparison->count + 1, sizeof(uint64_t));
	comparison->hashes[1] = xcalloc(comparison->count + 1, sizeof(uint64_t));
	for (i = 0; i < comparison->count; i++) {
		comparison->sorted[i] = &comparison->photos[i];
		comparison->hashes[0][i] = comparison->photos[i].hash;
		comparison->hashes[1][i] =
		    likeness_hash_mirrored(comparison->photos[i].hash);
	}
	mem_sort(comparison->sorted, comparison->count, sizeof *comparison->sorted, by_sum);
	comparison->entries = xcalloc(PIECE, sizeof *comparison->entries);
	comparison->entry_hashes = xcalloc(PIECE, sizeof *comparison->entry_hashes);
}

int
earlier_find(struct earlier *earlier, const char *batch,
    const struct remembered *photos, size_t count, int distance, double correlation,
    struct buf *err)
{
	struct comparison comparison = { .earlier = earlier, .batch = batch,
	    .photos = photos, .count = count, .distance = distance,
	    .correlation = correlation };
	int result = 0;

	free(earlier->matches);
	earlier->matches = xcalloc(count + 1, sizeof *earlier->matches);
	prepare(&comparison);
	for (; comparison.collection < earlier->collection_count && result == 0;
	    comparison.collection++)
		result = compare_collection(&comparison, err);
	free(comparison.entry_hashes);
	free(comparison.entries);
	free(comparison.hashes[1]);
	free(comparison.hashes[0]);
	free(comparison.sorted);
	return result;
}

struct earlier_found
earlier_of(const struct earlier *earlier, size_t index)
{
	const struct match *match = &earlier->matches[index];

	return (struct earlier_found){ match->kind, match->correlation,
	    match->mirrored, match->kind != DUPLICATE_NONE ?
	    earlier->collections[match->collection].shown : NULL, match->record };
}
