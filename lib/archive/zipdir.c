#include "lib/archive/zipdir.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "lib/archive/entryname.h"
#include "lib/base/mem.h"

enum {
	END_SIZE = 22,			/* end of central directory */
	END64_SIZE = 56, LOCATOR_SIZE = 20,
	RECORD_SIZE = 46,		/* central directory header */
	TAIL_MAX = END_SIZE + 65535,
	WINDOW = 1 << 18,		/* more than the longest record */

	FLAG_ENCRYPTED = 1 << 0, FLAG_STREAMED = 1 << 3, FLAG_STRONG = 1 << 6,
	FLAG_UTF8 = 1 << 11, FLAG_MASKED = 1 << 13 | FLAG_STRONG | FLAG_ENCRYPTED,
	EXTRA_ZIP64 = 0x0001, EXTRA_UNICODE_PATH = 0x7075,
	DOS_DIRECTORY = 0x10
};

/* A part of the file in memory. */
struct window {
	int fd;
	unsigned long long size;	/* of the file */
	unsigned long long base;	/* offset of data[0] */
	size_t len;
	unsigned char data[WINDOW];
};

/* Where the central directory is. */
struct place {
	unsigned long long start, end;	/* offsets in the file */
	unsigned long long shift;	/* bytes before the archive; modulo 2^64,
					 * because some may be missing instead */
	unsigned long long announced;	/* entries */
	int split;			/* one part of several */
};

/* One header of an entry, central or local. */
struct header {
	unsigned flags, method, name_len, extra_len;
	unsigned long crc, attributes;
	unsigned long long packed, bytes, local;
	const unsigned char *name, *extra;
};

unsigned
zipdir_16(const unsigned char *bytes)
{
	return bytes[0] | (unsigned)bytes[1] << 8;
}

unsigned long
zipdir_32(const unsigned char *bytes)
{
	return zipdir_16(bytes) | (unsigned long)zipdir_16(bytes + 2) << 16;
}

unsigned long long
zipdir_64(const unsigned char *bytes)
{
	return zipdir_32(bytes) | (unsigned long long)zipdir_32(bytes + 4) << 32;
}

void
zipdir_init(struct zipdir *dir)
{
	memset(dir, 0, sizeof *dir);
	buf_init(&dir->names);
}

void
zipdir_release(struct zipdir *dir)
{
	buf_release(&dir->names);
	free(dir->items);
	zipdir_init(dir);
}

/* need bytes at offset, or NULL when the file does not have them. */
static const unsigned char *
window_at(struct window *window, unsigned long long offset, size_t need)
{
	ssize_t len;

	if (offset > window->size || need > window->size - offset)
		return NULL;
	if (offset < window->base || offset + need > window->base + window->len) {
		len = pread(window->fd, window->data, WINDOW, (off_t)offset);
		window->base = offset;
		window->len = len > 0 ? (size_t)len : 0;
		if (window->len < need)
			return NULL;
	}
	return window->data + (offset - window->base);
}

static int
is_signature(struct window *window, unsigned long long offset, const char *text)
{
	const unsigned char *bytes = window_at(window, offset, 4);

	return bytes != NULL && memcmp(bytes, text, 4) == 0;
}

/* The Zip64 end that the locator before the usual end points to; the archive may
 * have bytes before it, so its own place is tried as well. */
static int
read_end64(struct window *window, unsigned long long end, struct place *place)
{
	const unsigned char *bytes;
	unsigned long long at;

	if (end < LOCATOR_SIZE ||
	    !is_signature(window, end - LOCATOR_SIZE, "PK\6\7"))
		return 0;
	bytes = window_at(window, end - LOCATOR_SIZE, LOCATOR_SIZE);
	at = zipdir_64(bytes + 8);
	if (!is_signature(window, at, "PK\6\6") &&
	    end >= LOCATOR_SIZE + END64_SIZE)
		at = end - LOCATOR_SIZE - END64_SIZE;
	bytes = window_at(window, at, END64_SIZE);
	if (bytes == NULL || memcmp(bytes, "PK\6\6", 4) != 0)
		return 0;
	place->announced = zipdir_64(bytes + 32);
	place->start = zipdir_64(bytes + 48);
	place->shift = zipdir_64(bytes + 40);	/* the length, for now */
	place->end = at;
	return 1;
}

/* Fill place from the end record at offset end; 0 when there is no directory
 * where it says.  Zip64 values count only where the usual ones have no room. */
static int
read_end(struct window *window, unsigned long long end, struct place *place)
{
	const unsigned char *bytes = window_at(window, end, END_SIZE);
	unsigned long long declared, length;
	int full;

	place->announced = zipdir_16(bytes + 10);
	length = zipdir_32(bytes + 12);
	declared = zipdir_32(bytes + 16);
	place->end = end;
	place->split = zipdir_16(bytes + 4) != 0 &&
	    zipdir_16(bytes + 4) != 0xffff;
	full = place->announced == 0xffff || length == 0xffffffff ||
	    declared == 0xffffffff;
	if (full && read_end64(window, end, place)) {
		declared = place->start;
		length = place->shift;
	}
	if (place->announced == 0 || place->split)
		return 1;
	if (length <= place->end &&
	    is_signature(window, place->end - length, "PK\1\2"))
		place->start = place->end - length;
	else if (is_signature(window, declared, "PK\1\2"))
		place->start = declared;
	else
		return 0;
	place->shift = place->start - declared;
	return 1;
}

/* Look for the end record from the file's end backwards, past a comment. */
static int
find_directory(struct window *window, struct place *place)
{
	unsigned char *tail = xmalloc(TAIL_MAX);
	unsigned long long base;
	size_t len = window->size < TAIL_MAX ? (size_t)window->size : TAIL_MAX;
	int found = 0;

	base = window->size - len;
	if (pread(window->fd, tail, len, (off_t)base) != (ssize_t)len)
		len = 0;
	for (size_t i = len; i >= END_SIZE && !found; i--)
		if (memcmp(tail + i - END_SIZE, "PK\5\6", 4) == 0)
			found = read_end(window, base + i - END_SIZE, place);
	free(tail);
	return found;
}

/* Replace the values that have no room in 32 bits by the Zip64 field's. */
static void
apply_zip64(struct header *header, const unsigned char *field, size_t len)
{
	unsigned long long *values[] = {
		&header->bytes, &header->packed, &header->local
	};

	for (size_t i = 0; i < 3 && len >= 8; i++) {
		if (*values[i] != 0xffffffff)
			continue;
		*values[i] = zipdir_64(field);
		field += 8;
		len -= 8;
	}
}

/* Walk the extra field; *name and *len become the Unicode path's when there is
 * one for this very name (APPNOTE 4.6.9).  Returns whether there was. */
static int
read_extra(struct header *header, const unsigned char **name, size_t *len)
{
	const unsigned char *field = header->extra;
	size_t left = header->extra_len;
	int unicode = 0;

	while (left >= 4 && zipdir_16(field + 2) <= left - 4) {
		unsigned tag = zipdir_16(field), size = zipdir_16(field + 2);

		if (tag == EXTRA_ZIP64)
			apply_zip64(header, field + 4, size);
		else if (tag == EXTRA_UNICODE_PATH && size > 5 &&
		    field[4] == 1 && zipdir_32(field + 5) ==
		    crc32(0, header->name, header->name_len)) {
			*name = field + 9;
			*len = size - 5;
			unicode = 1;
		}
		field += 4 + size;
		left -= 4 + size;
	}
	return unicode;
}

static int
is_folder(const char *name, const struct header *header)
{
	size_t len = strlen(name);

	if (len > 0 && name[len - 1] == '/')
		return 1;
	return header->bytes == 0 && ((header->attributes & DOS_DIRECTORY) ||
	    (len > 0 && name[len - 1] == '\\'));
}

static void
add_item(struct zipdir *dir, struct header *header, size_t name_max)
{
	const unsigned char *name = header->name;
	size_t len = header->name_len, offset = dir->names.len;
	int flagged = (header->flags & FLAG_UTF8) != 0;
	struct zipdir_item *item;

	flagged |= read_extra(header, &name, &len);
	entryname_decode((const char *)name, len < name_max ? len : name_max,
	    flagged, &dir->names);
	if (is_folder(dir->names.data + offset, header)) {
		dir->names.len = offset;
		dir->names.data[offset] = '\0';
		return;
	}
	buf_addc(&dir->names, '\0');
	if (dir->count == dir->cap) {
		dir->cap = dir->cap > 0 ? 2 * dir->cap : 64;
		dir->items = xrealloc_array(dir->items, dir->cap,
		    sizeof *dir->items);
	}
	item = &dir->items[dir->count++];
	memset(item, 0, sizeof *item);
	item->name = offset;
	item->local = header->local;
	item->crc = header->crc;
	item->method = header->method;
	item->entry.bytes = header->bytes;
	item->entry.packed = header->packed;
	item->entry.encrypted = (header->flags & FLAG_ENCRYPTED) != 0;
	item->entry.strong = (header->flags & FLAG_STRONG) != 0;
	item->entry.name_cut = len > name_max;
}

/* What a central header (at 8) and a local one (at 6) have alike. */
static void
read_common(const unsigned char *bytes, struct header *header)
{
	memset(header, 0, sizeof *header);
	header->flags = zipdir_16(bytes);
	header->method = zipdir_16(bytes + 2);
	header->crc = zipdir_32(bytes + 8);
	header->packed = zipdir_32(bytes + 12);
	header->bytes = zipdir_32(bytes + 16);
	header->name_len = zipdir_16(bytes + 20);
	header->extra_len = zipdir_16(bytes + 22);
}

static int
too_many(const struct zipin_limits *limits, struct buf *err)
{
	buf_addf(err, "it holds more than %zu entries", limits->entries);
	return -1;
}

/* List the central directory.  Its length, not its count, says where it ends:
 * the count has 16 bits, and some writers let it run over. */
static int
read_directory(struct zipdir *dir, struct window *window,
    const struct place *place, const struct zipin_limits *limits,
    struct buf *err)
{
	unsigned long long at = place->start, seen = 0;
	const unsigned char *bytes;
	struct header header;
	size_t size;

	while (place->announced > 0 && at + RECORD_SIZE <= place->end &&
	    is_signature(window, at, "PK\1\2")) {
		if (seen++ >= limits->entries)
			return too_many(limits, err);
		bytes = window_at(window, at, RECORD_SIZE);
		if (bytes == NULL)
			break;
		size = RECORD_SIZE + zipdir_16(bytes + 28) +
		    zipdir_16(bytes + 30) + zipdir_16(bytes + 32);
		bytes = window_at(window, at, size);
		if (bytes == NULL || at + size > place->end)
			break;
		read_common(bytes + 8, &header);
		header.attributes = zipdir_32(bytes + 38);
		header.local = zipdir_32(bytes + 42);
		header.name = bytes + RECORD_SIZE;
		header.extra = header.name + header.name_len;
		add_item(dir, &header, limits->name_bytes);
		at += size;
	}
	if (place->announced > seen)
		dir->lost = place->announced - seen;
	return 0;
}

/* Whether a data descriptor lies at offset at, for data that begins at data and
 * has a header of len bytes before it: with its signature or without, 32 bits
 * wide or 64 (APPNOTE 4.3.9).  Fills in header; returns its length, or 0. */
static size_t
read_descriptor(struct window *window, unsigned long long at,
    unsigned long long data, struct header *header)
{
	const unsigned char *bytes = window_at(window, at, 16);
	size_t start = bytes != NULL && memcmp(bytes, "PK\7\10", 4) == 0 ? 4 : 0;

	bytes = window_at(window, at, start + 12);
	if (bytes == NULL)
		return 0;
	header->crc = zipdir_32(bytes + start);
	if (zipdir_32(bytes + start + 4) == at - data) {
		header->packed = at - data;
		header->bytes = zipdir_32(bytes + start + 8);
		return start + 12;
	}
	bytes = window_at(window, at, start + 20);
	if (bytes == NULL || zipdir_64(bytes + start + 4) != at - data)
		return 0;
	header->packed = at - data;
	header->bytes = zipdir_64(bytes + start + 12);
	return start + 20;
}

/* Look for the end of data whose length stands behind it: a descriptor that says
 * how far it is.  Returns the offset behind it, or 0. */
static unsigned long long
find_end(struct window *window, unsigned long long data,
    struct header *header)
{
	static const unsigned back[] = { 0, 12, 20 };
	unsigned long long at = data;
	const unsigned char *bytes, *sign;
	size_t len;

	while ((bytes = window_at(window, at, 4)) != NULL) {
		len = window->len - (size_t)(bytes - window->data);
		sign = memmem(bytes, len, "PK", 2);
		if (sign == NULL || (size_t)(sign - bytes) + 4 > len) {
			at += len - 3;
			continue;
		}
		at += (unsigned long long)(sign - bytes);
		for (size_t i = 0; i < sizeof back / sizeof back[0]; i++) {
			if ((i == 0) != (memcmp(sign, "PK\7\10", 4) == 0) ||
			    at - data < back[i])
				continue;
			len = read_descriptor(window, at - back[i], data,
			    header);
			if (len > 0)
				return at - back[i] + len;
			sign = window_at(window, at, 4);
		}
		at += 2;
	}
	return 0;
}

/* Follow the local headers of an archive without a directory.  What was written
 * in one go has its sizes only behind the data, where they are looked for. */
static int
salvage(struct zipdir *dir, struct window *window,
    const struct zipin_limits *limits, struct buf *err)
{
	unsigned char *copy = xmalloc(ZIPDIR_LOCAL_SIZE + 2 * 65535);
	unsigned long long at = 0, seen = 0, next;
	const unsigned char *bytes;
	struct header header;
	size_t size;

	while (is_signature(window, at, "PK\3\4") &&
	    (bytes = window_at(window, at, ZIPDIR_LOCAL_SIZE)) != NULL) {
		if (seen++ >= limits->entries) {
			free(copy);
			return too_many(limits, err);
		}
		size = ZIPDIR_LOCAL_SIZE + zipdir_16(bytes + 26) + zipdir_16(bytes + 28);
		bytes = window_at(window, at, size);
		if (bytes == NULL)
			break;
		memcpy(copy, bytes, size);	/* the window moves on */
		read_common(copy + 6, &header);
		if ((header.flags & FLAG_MASKED) == FLAG_MASKED) {
			free(copy);
			buf_adds(err, "its list of files is encrypted in a way "
			    "that is not read here: have it packed again, "
			    "encrypted with AES");
			return -1;
		}
		header.name = copy + ZIPDIR_LOCAL_SIZE;
		header.extra = header.name + header.name_len;
		header.local = at;
		next = 0;
		if ((header.flags & FLAG_STREAMED) && header.packed == 0) {
			next = find_end(window, at + size, &header);
			if (next == 0)
				break;
		}
		add_item(dir, &header, limits->name_bytes);
		if (header.packed > window->size)
			break;
		at = next > 0 ? next : at + size + header.packed;
	}
	free(copy);
	dir->salvaged = 1;
	return 0;
}

int
zipdir_read(struct zipdir *dir, int fd, unsigned long long size,
    const struct zipin_limits *limits, struct buf *err)
{
	struct window *window = xcalloc(1, sizeof *window);
	struct place place = { 0 };
	int result = -1;

	window->fd = fd;
	window->size = dir->size = size;
	if (find_directory(window, &place) && !place.split)
		result = read_directory(dir, window, &place, limits, err);
	else if (place.split || is_signature(window, 0, "PK\7\10"))
		buf_adds(err, "it is one part of a split archive: have it packed "
		    "in one piece");
	else if (is_signature(window, 0, "PK\3\4"))
		result = salvage(dir, window, limits, err);
	else
		buf_adds(err, "it is not a zip, or it broke off: have it "
		    "sent again");
	for (size_t i = 0; i < dir->count; i++)
		dir->items[i].entry.name =
		    dir->names.data + dir->items[i].name;
	dir->shift = place.shift;
	free(window);
	return result;
}
