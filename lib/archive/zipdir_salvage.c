#include "lib/archive/zipdir.h"

#include <stdlib.h>
#include <string.h>

#include "lib/archive/zipdir_parts.h"
#include "lib/base/little.h"
#include "lib/base/mem.h"

enum {
	FLAG_STREAMED = 1 << 3,
	FLAG_MASKED = 1 << 13 | 1 << 6 | 1 << 0	/* APPNOTE 4.4.4 */
};

/* Whether a data descriptor lies at offset at, for data that begins at data and
 * has a header of len bytes before it: with its signature or without, 32 bits
 * wide or 64 (APPNOTE 4.3.9).  Fills in header; returns its length, or 0. */
static size_t
read_descriptor(struct zipdir_window *window, unsigned long long at,
    unsigned long long data, struct zipdir_header *header)
{
	const unsigned char *bytes = zipdir_window_at(window, at, 16);
	size_t start = bytes != NULL && memcmp(bytes, "PK\7\10", 4) == 0 ? 4 : 0;

	bytes = zipdir_window_at(window, at, start + 12);
	if (bytes == NULL)
		return 0;
	header->crc = little(bytes + start, 4);
	if (little(bytes + start + 4, 4) == at - data) {
		header->packed = at - data;
		header->bytes = little(bytes + start + 8, 4);
		return start + 12;
	}
	bytes = zipdir_window_at(window, at, start + 20);
	if (bytes == NULL || little(bytes + start + 4, 8) != at - data)
		return 0;
	header->packed = at - data;
	header->bytes = little(bytes + start + 12, 8);
	return start + 20;
}

/* Look for the end of data whose length stands behind it: a descriptor that says
 * how far it is.  Returns the offset behind it, or 0. */
static unsigned long long
find_end(struct zipdir_window *window, unsigned long long data,
    struct zipdir_header *header)
{
	static const unsigned back[] = { 0, 12, 20 };
	unsigned long long at = data;
	const unsigned char *bytes, *sign;
	size_t len;

	while ((bytes = zipdir_window_at(window, at, 4)) != NULL) {
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
			sign = zipdir_window_at(window, at, 4);
			if (sign == NULL)
				return 0;
		}
		at += 2;
	}
	return 0;
}

/* Follow the local headers of an archive without a directory.  What was written
 * in one go has its sizes only behind the data, where they are looked for. */
int
zipdir_salvage(struct zipdir *dir, struct zipdir_window *window,
    const struct zipin_limits *limits, struct buf *err)
{
	unsigned char *copy = xmalloc(ZIPDIR_LOCAL_SIZE + 2 * 65535);
	unsigned long long at = 0, seen = 0, next;
	const unsigned char *bytes;
	struct zipdir_header header;
	size_t size;

	while (zipdir_is_signature(window, at, "PK\3\4") &&
	    (bytes = zipdir_window_at(window, at, ZIPDIR_LOCAL_SIZE)) != NULL) {
		if (seen++ >= limits->entries) {
			free(copy);
			return zipdir_too_many(limits, err);
		}
		size = ZIPDIR_LOCAL_SIZE + little(bytes + 26, 2) + little(bytes + 28, 2);
		bytes = zipdir_window_at(window, at, size);
		if (bytes == NULL)
			break;
		memcpy(copy, bytes, size);	/* the window moves on */
		zipdir_read_common(copy + 6, &header);
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
		zipdir_add(dir, &header, limits->name_bytes);
		if (header.packed > window->size)
			break;
		at = next > 0 ? next : at + size + header.packed;
	}
	free(copy);
	dir->salvaged = 1;
	return 0;
}
