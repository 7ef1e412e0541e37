#include "lib/archive/zipdir.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "lib/archive/entryname.h"
#include "lib/archive/zipdir_parts.h"
#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/little.h"
#include "lib/base/mem.h"

enum {
	END_SIZE = 22,			/* end of central directory */
	END64_SIZE = 56, LOCATOR_SIZE = 20,
	RECORD_SIZE = 46,		/* central directory header */
	TAIL_MAX = END_SIZE + 65535,

	FLAG_ENCRYPTED = 1 << 0, FLAG_STRONG = 1 << 6, FLAG_UTF8 = 1 << 11,
	EXTRA_ZIP64 = 0x0001, EXTRA_UNICODE_PATH = 0x7075,
	DOS_DIRECTORY = 0x10,
	NAME_COMPARED = 512		/* bytes of a name that tell a header */
};

/* What 32 bits hold: offsets of a writer without Zip64 begin anew behind it. */
#define TURN (1ULL << 32)

/* Where the central directory is. */
struct place {
	unsigned long long start, end;	/* offsets in the file */
	unsigned long long shift;	/* bytes before the archive; modulo 2^64,
					 * because some may be missing instead */
	unsigned long long announced;	/* entries */
	int split;			/* one part of several */
};

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

const unsigned char *
zipdir_window_at(struct zipdir_window *window, unsigned long long offset,
    size_t need)
{
	ssize_t len;

	if (offset > window->size || need > window->size - offset)
		return NULL;
	if (offset < window->base || offset + need > window->base + window->len) {
		len = io_read_at(window->fd, window->data, sizeof window->data,
		    offset);
		window->base = offset;
		window->len = len > 0 ? (size_t)len : 0;
		if (window->len < need)
			return NULL;
	}
	return window->data + (offset - window->base);
}

int
zipdir_is_signature(struct zipdir_window *window, unsigned long long offset,
    const char *text)
{
	const unsigned char *bytes = zipdir_window_at(window, offset, 4);

	return bytes != NULL && memcmp(bytes, text, 4) == 0;
}

/* The Zip64 end that the locator before the usual end points to; the archive may
 * have bytes before it, so its own place is tried as well. */
static int
read_end64(struct zipdir_window *window, unsigned long long end, struct place *place)
{
	const unsigned char *bytes;
	unsigned long long at;

	if (end < LOCATOR_SIZE ||
	    !zipdir_is_signature(window, end - LOCATOR_SIZE, "PK\6\7"))
		return 0;
	bytes = zipdir_window_at(window, end - LOCATOR_SIZE, LOCATOR_SIZE);
	if (bytes == NULL)
		return 0;
	at = little(bytes + 8, 8);
	if (!zipdir_is_signature(window, at, "PK\6\6") &&
	    end >= LOCATOR_SIZE + END64_SIZE)
		at = end - LOCATOR_SIZE - END64_SIZE;
	bytes = zipdir_window_at(window, at, END64_SIZE);
	if (bytes == NULL || memcmp(bytes, "PK\6\6", 4) != 0)
		return 0;
	place->announced = little(bytes + 32, 8);
	place->start = little(bytes + 48, 8);
	place->shift = little(bytes + 40, 8);	/* the length, for now */
	place->end = at;
	return 1;
}

/* Fill place from the end record at offset end; 0 when there is no directory
 * where it says.  Zip64 values count only where the usual ones have no room. */
static int
read_end(struct zipdir_window *window, unsigned long long end, struct place *place)
{
	const unsigned char *bytes = zipdir_window_at(window, end, END_SIZE);
	unsigned long long declared, length;
	int full;

	if (bytes == NULL)
		return 0;	/* what was there is gone */
	place->announced = little(bytes + 10, 2);
	length = little(bytes + 12, 4);
	declared = little(bytes + 16, 4);
	place->end = end;
	place->split = little(bytes + 4, 2) != 0 &&
	    little(bytes + 4, 2) != 0xffff;
	full = place->announced == 0xffff || length == 0xffffffff ||
	    declared == 0xffffffff;
	if (full && read_end64(window, end, place)) {
		declared = place->start;
		length = place->shift;
	}
	if (length == 0 || place->split) {
		place->start = place->end;
		return 1;
	}
	if (length <= place->end &&
	    zipdir_is_signature(window, place->end - length, "PK\1\2"))
		place->start = place->end - length;
	else if (zipdir_is_signature(window, declared, "PK\1\2"))
		place->start = declared;
	else
		return 0;
	place->shift = place->start - declared;
	return 1;
}

/* Look for the end record from the file's end backwards, past a comment. */
static int
find_directory(struct zipdir_window *window, struct place *place)
{
	unsigned char *tail = xmalloc(TAIL_MAX);
	unsigned long long base;
	size_t len = window->size < TAIL_MAX ? (size_t)window->size : TAIL_MAX;
	int found = 0;

	base = window->size - len;
	if (io_read_at(window->fd, tail, len, base) != (ssize_t)len)
		len = 0;
	for (size_t i = len; i >= END_SIZE && !found; i--)
		if (memcmp(tail + i - END_SIZE, "PK\5\6", 4) == 0)
			found = read_end(window, base + i - END_SIZE, place);
	free(tail);
	return found;
}

/* Replace the values that have no room in 32 bits by the Zip64 field's. */
static void
apply_zip64(struct zipdir_header *header, const unsigned char *field, size_t len)
{
	unsigned long long *values[] = {
		&header->bytes, &header->packed, &header->local
	};

	for (size_t i = 0; i < 3 && len >= 8; i++) {
		if (*values[i] != 0xffffffff)
			continue;
		*values[i] = little(field, 8);
		field += 8;
		len -= 8;
	}
}

/* Walk the extra field; *name and *len become the Unicode path's when there is
 * one for this very name (APPNOTE 4.6.9).  Returns whether there was. */
static int
read_extra(struct zipdir_header *header, const unsigned char **name, size_t *len)
{
	const unsigned char *field = header->extra;
	size_t left = header->extra_len;
	int unicode = 0;

	while (left >= 4 && little(field + 2, 2) <= left - 4) {
		unsigned tag = little(field, 2), size = little(field + 2, 2);

		if (tag == EXTRA_ZIP64)
			apply_zip64(header, field + 4, size);
		else if (tag == EXTRA_UNICODE_PATH && size > 5 &&
		    field[4] == 1 && little(field + 5, 4) ==
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
is_slash(char byte)
{
	return byte == '/' || byte == '\\';
}

static int
is_folder(const char *name, const struct zipdir_header *header)
{
	size_t len = strlen(name);

	return (header->bytes == 0 || header->packed == 0) &&
	    ((header->attributes & DOS_DIRECTORY) ||
	    (len > 0 && is_slash(name[len - 1])));
}

/* What has content is a file, whatever stands behind its name. */
static void
drop_slashes(struct buf *names, size_t start)
{
	while (names->len > start + 1 && is_slash(names->data[names->len - 1]))
		names->len--;
}

void
zipdir_add(struct zipdir *dir, struct zipdir_header *header, size_t name_max)
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
	drop_slashes(&dir->names, offset);
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

void
zipdir_read_common(const unsigned char *bytes, struct zipdir_header *header)
{
	memset(header, 0, sizeof *header);
	header->flags = little(bytes, 2);
	header->method = little(bytes + 2, 2);
	header->crc = little(bytes + 8, 4);
	header->packed = little(bytes + 12, 4);
	header->bytes = little(bytes + 16, 4);
	header->name_len = little(bytes + 20, 2);
	header->extra_len = little(bytes + 22, 2);
}

int
zipdir_too_many(const struct zipin_limits *limits, struct buf *err)
{
	buf_addf(err, "it holds more than %zu entries", limits->entries);
	return -1;
}

/* Whether the local header of an entry lies at an offset. */
static int
is_local(const struct zipdir_window *window, unsigned long long at,
    const struct zipdir_header *header)
{
	unsigned char bytes[ZIPDIR_LOCAL_SIZE + NAME_COMPARED];
	size_t len = header->name_len < NAME_COMPARED ? header->name_len :
	    NAME_COMPARED;
	size_t need = ZIPDIR_LOCAL_SIZE + len;

	return pread(window->fd, bytes, need, (off_t)at) == (ssize_t)need &&
	    memcmp(bytes, "PK\3\4", 4) == 0 &&
	    little(bytes + 26, 2) == header->name_len &&
	    memcmp(bytes + ZIPDIR_LOCAL_SIZE, header->name, len) == 0;
}

/* Some writers, macOS among them, have no Zip64 and let offsets run over: the
 * directory is then whole turns behind where it says, and an entry may be any
 * number of turns behind; mostly it is as many as the entry before it. */
static int
is_wrapped(const struct place *place)
{
	return place->shift != 0 && place->shift % TURN == 0;
}

/* Make the header's offset that of the file. */
static void
unwrap(const struct zipdir_window *window, unsigned long long *turn,
    struct zipdir_header *header)
{
	unsigned long long at;

	for (int again = 0; again < 2; again++, *turn = 0) {
		for (at = *turn; at + header->local < window->size; at += TURN)
			if (is_local(window, at + header->local, header)) {
				*turn = at;
				header->local += at;
				return;
			}
	}
}

/* List the central directory.  Its length, not its count, says where it ends:
 * the count has 16 bits, and some writers let it run over. */
static int
read_directory(struct zipdir *dir, struct zipdir_window *window,
    const struct place *place, const struct zipin_limits *limits,
    struct buf *err)
{
	unsigned long long at = place->start, seen = 0, turn = 0;
	const unsigned char *bytes;
	struct zipdir_header header;
	size_t size;

	while (at + RECORD_SIZE <= place->end &&
	    zipdir_is_signature(window, at, "PK\1\2")) {
		if (seen++ >= limits->entries)
			return zipdir_too_many(limits, err);
		bytes = zipdir_window_at(window, at, RECORD_SIZE);
		if (bytes == NULL)
			break;
		size = RECORD_SIZE + little(bytes + 28, 2) +
		    little(bytes + 30, 2) + little(bytes + 32, 2);
		bytes = zipdir_window_at(window, at, size);
		if (bytes == NULL || at + size > place->end)
			break;
		zipdir_read_common(bytes + 8, &header);
		header.attributes = little(bytes + 38, 4);
		header.local = little(bytes + 42, 4);
		header.name = bytes + RECORD_SIZE;
		header.extra = header.name + header.name_len;
		if (is_wrapped(place))
			unwrap(window, &turn, &header);
		zipdir_add(dir, &header, limits->name_bytes);
		at += size;
	}
	if (place->announced > seen)
		dir->lost = place->announced - seen;
	return 0;
}

int
zipdir_read(struct zipdir *dir, int fd, unsigned long long size,
    const struct zipin_limits *limits, struct buf *err)
{
	struct zipdir_window *window = xcalloc(1, sizeof *window);
	struct place place = { 0 };
	int is_there, result = -1;

	window->fd = fd;
	window->size = dir->size = size;
	is_there = find_directory(window, &place);
	if (is_there && !place.split)
		result = read_directory(dir, window, &place, limits, err);
	else if (place.split || zipdir_is_signature(window, 0, "PK\7\10"))
		buf_adds(err, "it is one part of a split archive: have it packed "
		    "in one piece");
	else if (zipdir_is_signature(window, 0, "PK\3\4"))
		result = zipdir_salvage(dir, window, limits, err);
	else
		buf_adds(err, "it is not a zip, or it broke off: have it "
		    "sent again");
	for (size_t i = 0; i < dir->count; i++)
		dir->items[i].entry.name =
		    dir->names.data + dir->items[i].name;
	dir->shift = is_wrapped(&place) ? 0 : place.shift;
	free(window);
	return result;
}
