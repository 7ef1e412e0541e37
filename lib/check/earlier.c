#include "lib/check/earlier.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/check/likeness.h"
#include "lib/record/batch.h"

enum { RECORD_ID_MAX = 24 };

/* One photo, of the batch or of a manifest; in the latter's file as it stands. */
struct photo {
	uint64_t bytes[2];	/* of the file's SHA-256 */
	uint64_t hash;		/* of the upright face, 0: none */
	uint64_t person;
	uint32_t file;		/* which manifest */
	uint32_t index;		/* in the segment */
	char record[RECORD_ID_MAX + 1];
	unsigned char small[LIKENESS_SMALL_BYTES];
};

struct match {
	enum duplicate_kind kind;
	double correlation;
	uint32_t file;
	char record[RECORD_ID_MAX + 1];
};

struct earlier {
	char **files;		/* as they are shown */
	size_t file_count;
	FILE *spool;
	struct photo *photos;	/* of the segment, then by bytes */
	size_t count, seen;
	struct match *matches;	/* of each photo seen */
};

static int
get_photo(const struct node *record, struct photo *photo)
{
	const char *sha256 = node_text(node_get(record, "source"), "sha256");
	const struct node *image = node_get(record, "image");
	const char *phash = node_text(image, "phash");
	const char *id = node_text(record, "id");

	memset(photo, 0, sizeof *photo);
	if (sha256 == NULL || strlen(sha256) != 64 || id == NULL)
		return 0;
	photo->bytes[0] = hash_word(sha256, 16);
	photo->bytes[1] = hash_word(sha256 + 16, 16);
	photo->person = duplicates_person(record);
	snprintf(photo->record, sizeof photo->record, "%.*s", RECORD_ID_MAX, id);
	if (phash != NULL &&
	    likeness_small_parse(node_text(image, "likeness"), photo->small))
		photo->hash = hash_word(phash, 16);
	return 1;
}

/* ---- reading manifests ---- */

static int
is(const struct node *record, const char *type)
{
	const char *said = node_text(record, "type");

	return said != NULL && strcmp(said, type) == 0;
}

static int
spool_record(struct earlier *earlier, const struct node *record, struct buf *err)
{
	struct photo photo;

	if (!is(record, "photo") || !get_photo(record, &photo))
		return 0;
	photo.file = (uint32_t)earlier->file_count - 1;
	if (fwrite(&photo, sizeof photo, 1, earlier->spool) == 1)
		return 0;
	buf_addf(err, "cannot write a temporary file: %s", strerror(errno));
	return -1;
}

/* Photos between `batch` and `end`; what is no record is passed over. */
static int
read_lines(struct earlier *earlier, struct io_lines *lines, struct buf *err)
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
			result = spool_record(earlier, record, err);
		node_free(record);
	}
	if (result == 0 && (inside || segments == 0)) {
		buf_addf(err, "'%s' is no whole manifest",
		    earlier->files[earlier->file_count - 1]);
		result = -1;
	}
	buf_release(&line);
	buf_release(&reason);
	return result;
}

static int
read_manifest(struct earlier *earlier, const char *path, struct buf *err)
{
	const char *slash = strrchr(path, '/');
	struct io_lines lines;
	struct buf shown = BUF_INIT;
	int result;

	mask_entry_name(slash != NULL ? slash + 1 : path, NULL, &shown);
	earlier->files[earlier->file_count++] = buf_detach(&shown);
	if (io_lines_open(&lines, path, err) != 0)
		return -1;
	result = read_lines(earlier, &lines, err);
	io_lines_close(&lines);
	return result;
}

struct earlier *
earlier_new(const char *const *paths, size_t count, const struct batch *batch,
    struct buf *err)
{
	struct earlier *earlier = xcalloc(1, sizeof *earlier);
	int fd = batch_spool(batch, err), result = 0;

	earlier->files = xcalloc(count, sizeof *earlier->files);
	earlier->spool = fd >= 0 ? fdopen(fd, "w+") : NULL;
	if (earlier->spool == NULL)
		result = -1;
	for (size_t i = 0; i < count && result == 0; i++)
		result = read_manifest(earlier, paths[i], err);
	if (result == 0)
		return earlier;
	earlier_free(earlier);
	return NULL;
}

void
earlier_free(struct earlier *earlier)
{
	if (earlier == NULL)
		return;
	earlier_begin(earlier);
	for (size_t i = 0; i < earlier->file_count; i++)
		free(earlier->files[i]);
	free(earlier->files);
	if (earlier->spool != NULL)
		fclose(earlier->spool);
	free(earlier);
}

/* ---- the segment ---- */

void
earlier_begin(struct earlier *earlier)
{
	free(earlier->photos);
	free(earlier->matches);
	earlier->photos = NULL;
	earlier->matches = NULL;
	earlier->count = earlier->seen = 0;
}

void
earlier_add(struct earlier *earlier, const struct node *photo)
{
	size_t count = earlier->count;

	if ((count & (count + 1)) == 0)
		earlier->photos = xrealloc_array(earlier->photos, 2 * count + 2,
		    sizeof *earlier->photos);
	if (node_get(photo, "student") != NULL &&
	    get_photo(photo, &earlier->photos[count])) {
		earlier->photos[count].index = (uint32_t)earlier->seen;
		earlier->count++;
	}
	earlier->seen++;
}

static int
by_bytes(const void *left, const void *right)
{
	const struct photo *a = left, *b = right;
	int order = memcmp(a->bytes, b->bytes, sizeof a->bytes);

	return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* Of several the first manifest's first counts, the same bytes before likeness. */
static void
mark(struct earlier *earlier, const struct photo *photo, const struct photo *other,
    enum duplicate_kind kind, double correlation)
{
	struct match *match = &earlier->matches[photo->index];

	if (photo->person == other->person || (match->kind != DUPLICATE_NONE &&
	    (match->kind < kind || (match->kind == kind &&
	    correlation <= match->correlation))))
		return;
	match->kind = kind;
	match->correlation = correlation;
	match->file = other->file;
	memcpy(match->record, other->record, sizeof match->record);
}

static void
compare_bytes(struct earlier *earlier, const struct photo *other)
{
	size_t low = 0, high = earlier->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (memcmp(earlier->photos[middle].bytes, other->bytes,
		    sizeof other->bytes) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < earlier->count && memcmp(earlier->photos[low].bytes,
	    other->bytes, sizeof other->bytes) == 0; low++)
		mark(earlier, &earlier->photos[low], other, DUPLICATE_BYTES, 1);
}

static void
compare_faces(struct earlier *earlier, const struct photo *other, int distance,
    double least)
{
	const struct photo *photo = earlier->photos;
	double correlation;

	for (; other->hash != 0 && photo < earlier->photos + earlier->count; photo++) {
		if (photo->hash == 0 ||
		    __builtin_popcountll(photo->hash ^ other->hash) > distance)
			continue;
		correlation = likeness_small_correlation(photo->small, other->small);
		if (correlation >= least)
			mark(earlier, photo, other, DUPLICATE_NEAR, correlation);
	}
}

/* Whether the record is of this batch: another run of it. */
static int
is_own(const struct photo *photo, const char *batch)
{
	size_t len = strlen(batch);

	return strncmp(photo->record, batch, len) == 0 && photo->record[len] == '-';
}

int
earlier_find(struct earlier *earlier, const char *batch, int distance,
    double correlation, struct buf *err)
{
	struct photo other;

	earlier->matches = xcalloc(earlier->seen + 1, sizeof *earlier->matches);
	if (earlier->count > 0)
		qsort(earlier->photos, earlier->count, sizeof *earlier->photos,
		    by_bytes);
	rewind(earlier->spool);
	while (fread(&other, sizeof other, 1, earlier->spool) == 1) {
		if (is_own(&other, batch))
			continue;
		compare_bytes(earlier, &other);
		compare_faces(earlier, &other, distance, correlation);
	}
	if (!ferror(earlier->spool))
		return 0;
	buf_addf(err, "cannot read a temporary file: %s", strerror(errno));
	return -1;
}

struct earlier_found
earlier_of(const struct earlier *earlier, size_t index)
{
	const struct match *match = &earlier->matches[index];

	return (struct earlier_found){ match->kind, match->correlation,
	    match->kind != DUPLICATE_NONE ? earlier->files[match->file] : NULL,
	    match->record };
}
