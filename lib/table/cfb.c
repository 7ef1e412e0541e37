#include "lib/table/cfb.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/base/buf.h"
#include "lib/base/little.h"
#include "lib/base/mem.h"

/* Places in the header (MS-CFB 2.2) and in a directory entry (2.6). */
enum {
	HEADER = 512, AT_SHIFT = 30, AT_MINI_SHIFT = 32, AT_DIRECTORY = 48,
	AT_CUTOFF = 56, AT_MINI_FAT = 60, AT_DIFAT = 68, AT_DIFAT_LIST = 76,
	DIFAT_IN_HEADER = 109,
	ENTRY = 128, NAME_CHARS = 31, AT_NAME_BYTES = 64, AT_TYPE = 66,
	AT_LEFT = 68, AT_RIGHT = 72, AT_CHILD = 76,
	AT_START = 116, AT_SIZE = 120,
	TYPE_ROOT = 5
};

static const uint32_t LAST = 0xFFFFFFFA;	/* what is above is no sector */

struct compound {
	const unsigned char *bytes;
	size_t len;
	unsigned int shift, mini_shift;
	size_t sectors;		/* that the file has */
	uint32_t *fat, *mini_fat;
	size_t fat_count, mini_count;
	struct buf mini;	/* the stream in which small ones lie */
};

struct entry {
	uint32_t start;
	uint64_t size;
	int type;
};

/* A sector's bytes; the file's last one may be shorter. */
static size_t
sector(const struct compound *compound, uint32_t index,
    const unsigned char **bytes)
{
	size_t size = (size_t)1 << compound->shift, at;

	if (index >= compound->sectors)
		return 0;
	at = ((size_t)index + 1) << compound->shift;
	*bytes = compound->bytes + at;
	return compound->len - at < size ? compound->len - at : size;
}

/* Append a chain of sectors; -1 when it leaves the file. */
static int
add_chain(const struct compound *compound, uint32_t index, uint64_t size,
    struct buf *out)
{
	const unsigned char *bytes;
	size_t steps = 0, len;

	for (; index < LAST && size > 0; index = compound->fat[index]) {
		len = sector(compound, index, &bytes);
		if (len == 0 || index >= compound->fat_count ||
		    steps++ == compound->sectors)
			return -1;
		if (len > size)
			len = (size_t)size;
		buf_add(out, (const char *)bytes, len);
		size -= len;
	}
	return 0;
}

/* The same of the sectors of small streams. */
static int
add_mini_chain(const struct compound *compound, uint32_t index, uint64_t size,
    struct buf *out)
{
	size_t steps = 0, len, at;

	for (; index < LAST && size > 0; index = compound->mini_fat[index]) {
		at = (size_t)index << compound->mini_shift;
		len = (size_t)1 << compound->mini_shift;
		if (index >= compound->mini_count || at >= compound->mini.len ||
		    steps++ == compound->mini_count)
			return -1;
		if (len > compound->mini.len - at)
			len = compound->mini.len - at;
		if (len > size)
			len = (size_t)size;
		buf_add(out, compound->mini.data + at, len);
		size -= len;
	}
	return 0;
}

static int
read_header(struct compound *compound)
{
	const unsigned char *head = compound->bytes;

	if (compound->len < HEADER)
		return -1;
	compound->shift = little(head + AT_SHIFT, 2);
	compound->mini_shift = little(head + AT_MINI_SHIFT, 2);
	if ((compound->shift != 9 && compound->shift != 12) ||
	    compound->mini_shift != 6)
		return -1;
	compound->sectors = (compound->len - 1) >> compound->shift;
	return 0;
}

static void
add_fat(struct compound *compound, uint32_t index)
{
	const unsigned char *bytes;
	size_t len = sector(compound, index, &bytes) & ~(size_t)3;

	if (compound->fat_count + len / 4 > compound->sectors + 4096)
		return;
	compound->fat = xrealloc_array(compound->fat,
	    compound->fat_count + len / 4 + 1, sizeof *compound->fat);
	for (size_t i = 0; i < len; i += 4)
		compound->fat[compound->fat_count++] = little(bytes + i, 4);
}

/* The table of sectors lies in sectors that the header names, and a chain after it. */
static void
read_fat(struct compound *compound)
{
	const unsigned char *list = compound->bytes + AT_DIFAT_LIST;
	uint32_t next = little(compound->bytes + AT_DIFAT, 4);
	size_t count = DIFAT_IN_HEADER, steps = 0, len;

	for (;;) {
		for (size_t i = 0; i < count; i++)
			if (little(list + 4 * i, 4) < LAST)
				add_fat(compound, little(list + 4 * i, 4));
		len = next < LAST ? sector(compound, next, &list) : 0;
		if (len < 8 || steps++ == compound->sectors)
			return;
		count = len / 4 - 1;
		next = little(list + 4 * count, 4);
	}
}

static int
is_named(const unsigned char *entry, const char *name)
{
	size_t chars = little(entry + AT_NAME_BYTES, 2) / 2;
	char text[NAME_CHARS + 1];

	if (chars == 0 || chars > NAME_CHARS + 1)
		return 0;
	for (size_t i = 0; i < chars - 1; i++)
		text[i] = entry[2 * i + 1] == 0 ? (char)entry[2 * i] : '?';
	text[chars - 1] = '\0';
	return strcasecmp(text, name) == 0;
}

static const unsigned char *
entry_at(const struct buf *directory, size_t index, struct entry *entry)
{
	const unsigned char *bytes = (const unsigned char *)directory->data +
	    index * ENTRY;

	entry->type = bytes[AT_TYPE];
	entry->start = little(bytes + AT_START, 4);
	entry->size = little(bytes + AT_SIZE, 4);
	return bytes;
}

static const unsigned char *
find_root(const struct buf *directory, struct entry *root)
{
	const unsigned char *bytes;

	for (size_t i = 0; i < directory->len / ENTRY; i++) {
		bytes = entry_at(directory, i, root);
		if (root->type == TYPE_ROOT)
			return bytes;
	}
	return NULL;
}

/* Only what lies in the root itself: a document inside of the file has streams of the
 * same names.  Entries of a storage are a tree, whose links are not believed. */
static int
find(const struct buf *directory, const char *name, struct entry *found)
{
	const unsigned char *bytes = find_root(directory, found);
	size_t count = directory->len / ENTRY, waiting = 0, steps = 0;
	uint32_t *next, links[2];
	int result = 0;

	if (bytes == NULL)
		return 0;
	next = xcalloc(count + 2, sizeof *next);
	links[0] = little(bytes + AT_CHILD, 4);
	if (links[0] < count)
		next[waiting++] = links[0];
	while (result == 0 && waiting > 0 && steps++ < count) {
		bytes = entry_at(directory, next[--waiting], found);
		result = found->type != 0 && is_named(bytes, name);
		links[0] = little(bytes + AT_RIGHT, 4);
		links[1] = little(bytes + AT_LEFT, 4);
		for (int i = 0; i < 2; i++)
			if (links[i] < count)
				next[waiting++] = links[i];
	}
	free(next);
	return result;
}

/* Where small streams lie, and their table. */
static int
read_mini(struct compound *compound, const struct buf *directory)
{
	struct buf table = BUF_INIT;
	struct entry root;
	int result = -1;

	if (find_root(directory, &root) != NULL &&
	    add_chain(compound, root.start, root.size, &compound->mini) == 0 &&
	    add_chain(compound, little(compound->bytes + AT_MINI_FAT, 4),
	    compound->len, &table) == 0)
		result = 0;
	compound->mini_count = table.len / 4;
	compound->mini_fat = xcalloc(compound->mini_count + 1,
	    sizeof *compound->mini_fat);
	for (size_t i = 0; i < compound->mini_count; i++)
		compound->mini_fat[i] = little((unsigned char *)table.data +
		    4 * i, 4);
	buf_release(&table);
	return result;
}

static int
read_stream(struct compound *compound, const struct buf *directory,
    const struct entry *entry, struct buf *out)
{
	size_t before = out->len;
	int small = entry->size < little(compound->bytes + AT_CUTOFF, 4);

	if (small && read_mini(compound, directory) == -1)
		return -1;
	if ((small ? add_mini_chain : add_chain)(compound, entry->start,
	    entry->size, out) == -1)
		return -1;
	/* the last sector may have been left unfilled */
	return entry->size - (out->len - before) <
	    (uint64_t)1 << compound->shift ? 0 : -1;
}

int
cfb_read(const struct buf *file, const char *name, struct buf *out,
    struct buf *err)
{
	struct compound compound = { .bytes = (unsigned char *)file->data,
	    .len = file->len, .mini = BUF_INIT };
	struct buf directory = BUF_INIT;
	struct entry entry;
	int found = -1;

	if (read_header(&compound) == 0) {
		read_fat(&compound);
		found = add_chain(&compound, little(compound.bytes +
		    AT_DIRECTORY, 4), compound.len, &directory) == 0 ?
		    find(&directory, name, &entry) : -1;
	}
	if (found == 1 && out != NULL && read_stream(&compound, &directory,
	    &entry, out) == -1)
		found = -1;
	if (found == -1)
		buf_adds(err, "it broke off on its way, or is damaged: have it "
		    "sent again");
	free(compound.fat);
	free(compound.mini_fat);
	buf_release(&compound.mini);
	buf_release(&directory);
	return found;
}
