#include "lib/archive/zipdir.h"

#include <string.h>
#include <zlib.h>

#include "lib/archive/entryname.h"
#include "lib/archive/zipdir_parts.h"
#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/little.h"
#include "lib/base/mem.h"

enum {
	FLAG_ENCRYPTED = 1 << 0, FLAG_STRONG = 1 << 6, FLAG_UTF8 = 1 << 11,
	EXTRA_ZIP64 = 0x0001, EXTRA_UNICODE_PATH = 0x7075,
	DOS_DIRECTORY = 0x10
};

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
