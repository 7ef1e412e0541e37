#include "lib/zipin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "lib/buf.h"
#include "lib/entryname.h"
#include "lib/mem.h"
#include "lib/zipdir.h"

enum {
	CHUNK = 1 << 16,
	LOCAL_SIZE = 30,
	READ_MAX = 1 << 30	/* bytes of one entry, whatever the limit is */
};

struct zipin {
	int fd;
	struct zipdir dir;
	z_stream inflater;
	int inflating;			/* inflateInit2 was called */
	unsigned char chunk[CHUNK];
};

struct zipin *
zipin_open(const char *path, const struct zipin_limits *limits, struct buf *err)
{
	struct zipin *zip = xcalloc(1, sizeof *zip);
	struct buf reason = BUF_INIT;
	struct stat status;

	zipdir_init(&zip->dir);
	zip->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (zip->fd == -1 || fstat(zip->fd, &status) == -1) {
		buf_addf(err, "cannot open '%s': %s", path, strerror(errno));
		goto fail;
	}
	if (zipdir_read(&zip->dir, zip->fd, (unsigned long long)status.st_size,
	    limits, &reason) == -1) {
		buf_addf(err, "cannot read '%s': %s", path, reason.data);
		goto fail;
	}
	return zip;
fail:
	buf_release(&reason);
	zipin_close(zip);
	return NULL;
}

void
zipin_close(struct zipin *zip)
{
	if (zip == NULL)
		return;
	if (zip->inflating)
		inflateEnd(&zip->inflater);
	if (zip->fd != -1)
		close(zip->fd);
	zipdir_release(&zip->dir);
	free(zip);
}

size_t
zipin_count(const struct zipin *zip)
{
	return zip->dir.count;
}

const struct zipin_entry *
zipin_at(const struct zipin *zip, size_t index)
{
	return &zip->dir.items[index].entry;
}

unsigned long long
zipin_lost(const struct zipin *zip)
{
	return zip->dir.lost;
}

int
zipin_salvaged(const struct zipin *zip)
{
	return zip->dir.salvaged;
}

long
zipin_find(const struct zipin *zip, const char *name)
{
	for (size_t i = zip->dir.count; i > 0; i--)
		if (strcmp(zip->dir.items[i - 1].entry.name, name) == 0)
			return (long)(i - 1);
	return -1;
}

void
zipin_find_overlaps(struct zipin *zip)
{
	zipdir_find_overlaps(&zip->dir);
}

/* Why an entry cannot be read whatever its bytes are; NULL when it can. */
static const char *
obstacle(const struct zipdir_item *item, size_t limit)
{
	if (item->entry.encrypted)
		return "it is encrypted";
	if (item->entry.overlaps)
		return "it shares its bytes with another entry";
	if (item->entry.bytes > limit)
		return "it is larger than is accepted";
	if (item->method != 0 && item->method != Z_DEFLATED)
		return "it is packed by a method that is not read here";
	if (item->method == 0 && item->entry.bytes != item->entry.packed)
		return "its sizes contradict each other";
	return NULL;
}

static int
read_local(const struct zipin *zip, unsigned long long at,
    unsigned char local[static LOCAL_SIZE])
{
	return at <= INT64_MAX && pread(zip->fd, local, LOCAL_SIZE,
	    (off_t)at) == LOCAL_SIZE && memcmp(local, "PK\3\4", 4) == 0;
}

/* Where the packed bytes begin: behind the local header, whose name and extra
 * field need not be those of the directory.  The header is where the directory
 * says, give or take what was put before the archive; the checksum tells if
 * that is another one's. */
static int
find_data(struct zipin *zip, const struct zipdir_item *item,
    unsigned long long *data, struct buf *err)
{
	unsigned long long at = item->local + zip->dir.shift;
	unsigned char local[LOCAL_SIZE];

	if (!read_local(zip, at, local)) {
		at = item->local;
		if (!read_local(zip, at, local)) {
			buf_adds(err, "its header is damaged");
			return -1;
		}
	}
	*data = at + LOCAL_SIZE + zipdir_16(local + 26) +
	    zipdir_16(local + 28);
	return 0;
}

/* Read the next part of the packed bytes; 0 at their end or the file's. */
static size_t
next_chunk(struct zipin *zip, unsigned long long *at, unsigned long long end)
{
	unsigned long long left = end - *at;
	ssize_t len;

	do
		len = pread(zip->fd, zip->chunk, left < CHUNK ? left : CHUNK,
		    (off_t)*at);
	while (len == -1 && errno == EINTR);
	if (len <= 0)
		return 0;
	*at += (unsigned long long)len;
	return (size_t)len;
}

static int
start_inflater(struct zipin *zip)
{
	if (zip->inflating)
		return inflateReset(&zip->inflater);
	if (inflateInit2(&zip->inflater, -MAX_WBITS) != Z_OK)
		return Z_MEM_ERROR;
	zip->inflating = 1;
	return Z_OK;
}

/* Inflate [at, end) into out, at most max bytes and one more, which tells the
 * caller that there were too many.  -1 when the data is damaged. */
static int
inflate_into(struct zipin *zip, unsigned long long at, unsigned long long end,
    unsigned long long max, struct buf *out)
{
	z_stream *stream = &zip->inflater;
	size_t start = out->len;
	int status = start_inflater(zip);

	stream->avail_in = 0;
	while (status == Z_OK && out->len - start <= max) {
		unsigned long long room = max + 1 - (out->len - start);

		if (stream->avail_in == 0) {
			stream->next_in = zip->chunk;
			stream->avail_in = (uInt)next_chunk(zip, &at, end);
			if (stream->avail_in == 0)
				return 0;
		}
		room = room < CHUNK ? room : CHUNK;
		stream->next_out = (Bytef *)buf_reserve(out, room);
		stream->avail_out = (uInt)room;
		status = inflate(stream, Z_NO_FLUSH);
		out->len += room - stream->avail_out;
	}
	return status == Z_OK || status == Z_STREAM_END ? 0 : -1;
}

static void
copy_into(struct zipin *zip, unsigned long long at, unsigned long long end,
    struct buf *out)
{
	size_t len;

	while (at < end && (len = next_chunk(zip, &at, end)) > 0)
		buf_add(out, zip->chunk, len);
}

/* Unpack the item behind out; -1 with the reason. */
static int
unpack(struct zipin *zip, const struct zipdir_item *item, struct buf *out,
    struct buf *err)
{
	unsigned long long data, bytes = item->entry.bytes, got;
	size_t start = out->len;
	int damaged = 0;

	if (find_data(zip, item, &data, err) == -1)
		return -1;
	if (item->method == Z_DEFLATED)
		damaged = inflate_into(zip, data, data + item->entry.packed,
		    bytes, out) == -1;
	else
		copy_into(zip, data, data + bytes, out);
	got = out->len - start;
	if (damaged)
		buf_adds(err, "its packed data is damaged");
	else if (got < bytes)
		buf_addf(err, "it ends after %llu of %llu bytes", got, bytes);
	else if (got > bytes)
		buf_addf(err, "it holds more than the %llu bytes declared",
		    bytes);
	else if (crc32(0, (const Bytef *)out->data + start, (uInt)got) !=
	    item->crc)
		buf_adds(err, "its checksum is wrong");
	else
		return 0;
	return -1;
}

int
zipin_read(struct zipin *zip, size_t index, size_t limit, struct buf *out,
    struct buf *err)
{
	const struct zipdir_item *item = &zip->dir.items[index];
	const char *reason = obstacle(item, limit < READ_MAX ? limit : READ_MAX);
	size_t start = out->len;

	if (reason != NULL) {
		buf_adds(err, reason);
		return -1;
	}
	if (unpack(zip, item, out, err) == 0) {
		(void)buf_reserve(out, 0);
		out->data[out->len] = '\0';
		return 0;
	}
	out->len = start;
	if (out->cap > 0)
		out->data[start] = '\0';
	return -1;
}
