#include "lib/archive/contents.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/archive/zipin.h"
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/picture/jpg.h"

void
contents_add(struct contents *contents, int volume, const char *name,
    const char *id, const char *sum)
{
	struct contents_entry *entry;

	if (contents->count == contents->room) {
		contents->room = contents->room > 0 ? contents->room * 2 : 256;
		contents->entries = xrealloc_array(contents->entries,
		    contents->room, sizeof *contents->entries);
	}
	entry = &contents->entries[contents->count++];
	entry->name = xstrdup(name);
	entry->id = id != NULL ? xstrdup(id) : NULL;
	entry->volume = volume;
	memcpy(entry->sum, sum, HASH_TEXT);
}

void
contents_release(struct contents *contents)
{
	size_t i;

	for (i = 0; i < contents->count; i++) {
		free(contents->entries[i].name);
		free(contents->entries[i].id);
	}
	free(contents->entries);
	memset(contents, 0, sizeof *contents);
}

/* ---- names ---- */

static int
by_name(const void *a, const void *b)
{
	const struct contents_entry *const *x = a, *const *y = b;

	return strcasecmp((*x)->name, (*y)->name);
}

static int
clash(const struct contents_entry *a, const struct contents_entry *b)
{
	if (strcasecmp(a->name, b->name) != 0)
		return 0;
	if (a->volume == b->volume)
		return 1;
	return a->id != NULL && b->id != NULL &&
	    (strcmp(a->name, b->name) != 0 || strcmp(a->sum, b->sum) != 0);
}

int
contents_check_names(const struct contents *contents, struct buf *err)
{
	const struct contents_entry **sorted;
	struct buf masked = BUF_INIT;
	size_t i;
	int result = 0;

	sorted = xcalloc(contents->count, sizeof *sorted);
	for (i = 0; i < contents->count; i++)
		sorted[i] = &contents->entries[i];
	mem_sort(sorted, contents->count, sizeof *sorted, by_name);
	for (i = 1; i < contents->count && result == 0; i++) {
		if (!clash(sorted[i - 1], sorted[i]))
			continue;
		mask_entry_name(sorted[i]->name, NULL, &masked);
		buf_addf(err, "'%s' and '%s' would both be '%s' in the archive",
		    sorted[i - 1]->id != NULL ? sorted[i - 1]->id : "a table",
		    sorted[i]->id != NULL ? sorted[i]->id : "a table",
		    masked.data);
		result = -1;
	}
	buf_release(&masked);
	free(sorted);
	return result;
}

void
contents_add_sums(const struct contents *contents, int volume, struct buf *out)
{
	const struct contents_entry *entry;
	size_t i;

	for (i = 0; i < contents->count; i++) {
		entry = &contents->entries[i];
		if (entry->volume == volume)
			buf_addf(out, "%s  %s\n", entry->sum, entry->name);
	}
}

/* ---- verification ---- */

static int
verify_image(const void *bytes, size_t len, const struct contents_image *image,
    struct buf *err)
{
	struct jpg_header header;
	unsigned char *pixels;

	if (jpg_read_header(bytes, len, &header, err) != 0)
		return -1;
	if (header.width != image->width || header.height != image->height) {
		buf_addf(err, "is a picture of %d x %d pixels", header.width,
		    header.height);
		return -1;
	}
	pixels = jpg_decode(bytes, len, err);
	free(pixels);
	return pixels != NULL ? 0 : -1;
}

int
contents_verify_entry(const struct contents_entry *entry, const void *bytes,
    size_t len, const struct contents_image *image, struct buf *err)
{
	char sum[HASH_TEXT];

	hash_bytes(bytes, len, sum);
	if (strcmp(sum, entry->sum) != 0) {
		buf_adds(err, "is not what was written");
		return -1;
	}
	return entry->id == NULL ? 0 : verify_image(bytes, len, image, err);
}

static int
verify_at(struct zipin *zip, size_t index, const struct contents_entry *entry,
    const struct contents_image *image, struct buf *bytes, struct buf *err)
{
	buf_clear(bytes);
	if (index >= zipin_count(zip) ||
	    strcmp(zipin_at(zip, index)->name, entry->name) != 0) {
		buf_addf(err, "entry %zu of the archive is missing", index + 1);
		return -1;
	}
	buf_addf(err, "entry %zu of the archive ", index + 1);
	if (zipin_read(zip, index, SIZE_MAX / 4, bytes, err) != 0 ||
	    contents_verify_entry(entry, bytes->data, bytes->len, image,
	    err) != 0)
		return -1;
	buf_clear(err);
	return 0;
}

int
contents_verify(const struct contents *contents, int volume, const char *path,
    const struct contents_image *image, struct buf *err)
{
	const struct zipin_limits limits = { SIZE_MAX, UINT16_MAX };
	struct zipin *zip = zipin_open(path, &limits, err);
	struct buf bytes = BUF_INIT;
	size_t i, index = 0;
	int result = zip != NULL ? 0 : -1;

	for (i = 0; i < contents->count && result == 0; i++)
		if (contents->entries[i].volume == volume)
			result = verify_at(zip, index++, &contents->entries[i],
			    image, &bytes, err);
	if (result == 0 && zipin_count(zip) != index) {
		buf_addf(err, "the archive holds %zu entries instead of %zu",
		    zipin_count(zip), index);
		result = -1;
	}
	buf_release(&bytes);
	zipin_close(zip);
	return result;
}
