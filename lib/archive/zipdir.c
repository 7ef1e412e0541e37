#include "lib/archive/zipdir.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
