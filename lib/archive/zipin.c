#include "lib/archive/zipin.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "lib/archive/archivein.h"
#include "lib/archive/sink.h"
#include "lib/archive/zipdir.h"
#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/little.h"
#include "lib/base/mem.h"

enum {
	CHUNK = 1 << 16,
	READ_MAX = 1 << 30,	/* bytes of one entry, whatever the limit is */
	HINT_MAX = 8 << 20,
	FLAG_STREAMED = 1 << 3,
	METHOD_AES = 99
};

struct zipin {
	int fd;
	struct zipdir dir;
	z_stream inflater;
	int inflating;			/* inflateInit2 was called */
	const char *password;		/* borrowed, or NULL */
	unsigned char chunk[CHUNK];	/* packed */
	unsigned char plain[CHUNK];
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
		fault_system(err, "cannot open '%s'", path);
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

void
zipin_set_password(struct zipin *zip, const char *password)
{
	zip->password = password;
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

/* Unpacked bytes are counted and summed on their way to the sink. */
struct flow {
	const struct sink *sink;
	unsigned long long max, got;	/* one byte more than max shows that there
					 * were too many */
	unsigned long crc;
	int stopped;			/* by the sink */
};

static int
put(void *state, const void *bytes, size_t len)
{
	struct flow *flow = state;
	unsigned long long room = flow->max + 1 - flow->got;

	if (len > room)
		len = (size_t)room;
	flow->crc = crc32(flow->crc, bytes, (uInt)len);
	flow->got += len;
	if (flow->sink->put(flow->sink->state, bytes, len) == -1)
		flow->stopped = 1;
	return flow->stopped || flow->got > flow->max ? -1 : 0;
}

/* Why an entry cannot be read whatever its bytes are; NULL when it can. */
static const char *
obstacle(const struct zipdir_item *item, unsigned long long limit)
{
	if (item->entry.overlaps)
		return "it shares its bytes with another entry";
	if (item->entry.strong)
		return "it is encrypted in a way that is not read here: have "
		    "it packed again, encrypted with AES";
	if (item->entry.bytes > limit)
		return "it is larger than is accepted";
	if (item->method == 0 && !item->entry.encrypted &&
	    item->entry.bytes != item->entry.packed)
		return "its sizes contradict each other";
	return NULL;
}

static int
read_local(const struct zipin *zip, unsigned long long at,
    unsigned char local[static ZIPDIR_LOCAL_SIZE])
{
	return at <= INT64_MAX && io_read_at(zip->fd, local, ZIPDIR_LOCAL_SIZE,
	    at) == ZIPDIR_LOCAL_SIZE && memcmp(local, "PK\3\4", 4) == 0;
}

/* Read the local header, whose name and extra field need not be those of the
 * directory; the packed bytes begin behind it.  It is where the directory says,
 * give or take what was put before the archive; the checksum shows whether that is
 * another one's. */
static int
find_data(struct zipin *zip, const struct zipdir_item *item,
    unsigned char local[static ZIPDIR_LOCAL_SIZE], unsigned long long *header,
    unsigned long long *data, struct buf *err)
{
	*header = item->local + zip->dir.shift;
	if (!read_local(zip, *header, local)) {
		*header = item->local;
		if (!read_local(zip, *header, local)) {
			buf_adds(err, "its header is damaged");
			return -1;
		}
	}
	*data = *header + ZIPDIR_LOCAL_SIZE + little(local + 26, 2) +
	    little(local + 28, 2);
	return 0;
}

/* Read the next part of the packed bytes; 0 at their end or the file's. */
static size_t
next_chunk(struct zipin *zip, unsigned long long *at, unsigned long long end)
{
	unsigned long long left = end - *at;
	ssize_t len;

	len = io_read_at(zip->fd, zip->chunk, left < CHUNK ? left : CHUNK, *at);
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

/* Inflate [at, end).  -1 when the data is damaged. */
static int
inflate_into(struct zipin *zip, unsigned long long at, unsigned long long end,
    struct flow *flow)
{
	z_stream *stream = &zip->inflater;
	int status = start_inflater(zip);

	stream->avail_in = 0;
	while (status == Z_OK) {
		if (stream->avail_in == 0) {
			stream->next_in = zip->chunk;
			stream->avail_in = (uInt)next_chunk(zip, &at, end);
			if (stream->avail_in == 0)
				return 0;
		}
		stream->next_out = zip->plain;
		stream->avail_out = CHUNK;
		status = inflate(stream, Z_NO_FLUSH);
		if (put(flow, zip->plain, CHUNK - stream->avail_out) == -1)
			return 0;
	}
	return status == Z_OK || status == Z_STREAM_END ? 0 : -1;
}

static void
copy_into(struct zipin *zip, unsigned long long at, unsigned long long end,
    struct flow *flow)
{
	size_t len;

	while (at < end && (len = next_chunk(zip, &at, end)) > 0)
		if (put(flow, zip->chunk, len) == -1)
			break;
}

/* ---- what archivein decodes ---- */

/* One entry as an archive of its own: its local header, then its data. */
struct piece {
	struct zipin *zip;
	struct buf header;
	unsigned long long at, end;
};

static size_t
next_piece(void *state, const void **bytes)
{
	struct piece *piece = state;
	size_t len = piece->header.len;

	if (len > 0) {
		*bytes = piece->header.data;
		piece->header.len = 0;
		return len;
	}
	*bytes = piece->zip->chunk;
	return piece->at < piece->end ?
	    next_chunk(piece->zip, &piece->at, piece->end) : 0;
}

static void
put_32(char *bytes, unsigned long long value)
{
	for (int i = 0; i < 4; i++)
		bytes[i] = (char)(value >> 8 * i & 0xff);
}

/* Make the header say what the directory says, so that the entry does not end in
 * a data descriptor.  Then its password is checked by the checksum's first byte
 * and not by that of the time (APPNOTE 6.1.6). */
static void
state_sizes(char *header, const struct zipdir_item *item)
{
	if (header[6] & FLAG_STREAMED) {
		header[6] &= ~FLAG_STREAMED;
		header[17] = header[11];
	}
	put_32(header + 18, item->entry.packed);
	put_32(header + 22, item->entry.bytes);
}

static int
decode(struct zipin *zip, const struct zipdir_item *item,
    unsigned long long header, unsigned long long data, struct flow *flow,
    struct buf *err)
{
	size_t len = (size_t)(data - header);
	struct piece piece = { zip, BUF_INIT, data, data + item->entry.packed };
	struct archivein_bytes bytes = { &piece, next_piece };
	struct sink out = { flow, put };
	int result = -1;

	if (item->entry.encrypted && zip->password == NULL)
		buf_adds(err, "it is encrypted: give its password with -P");
	else if (item->entry.packed > UINT32_MAX || item->entry.bytes > UINT32_MAX)
		buf_adds(err, "it is encrypted or packed by a rare method, and "
		    "larger than can be read so");
	else if (io_read_at(zip->fd, buf_reserve(&piece.header, len), len,
	    header) != (ssize_t)len)
		buf_adds(err, "its header is damaged");
	else {
		piece.header.len = len;
		state_sizes(piece.header.data, item);
		result = archivein_decode(&bytes, zip->password, &out, err);
	}
	buf_release(&piece.header);
	return result;
}

/* ---- reading ---- */

/* AES entries of the newer kind have another check than a checksum. */
static int
has_checksum(const struct zipdir_item *item)
{
	return item->method != METHOD_AES || item->crc != 0;
}

/* Unpack the item; -1 with the reason, none when the sink ended it. */
static int
unpack(struct zipin *zip, const struct zipdir_item *item, struct flow *flow,
    struct buf *err)
{
	unsigned long long header, data, bytes = item->entry.bytes;
	unsigned char local[ZIPDIR_LOCAL_SIZE];
	int damaged = 0;

	if (find_data(zip, item, local, &header, &data, err) == -1)
		return -1;
	if (item->entry.encrypted || (item->method != 0 &&
	    item->method != Z_DEFLATED)) {
		if (decode(zip, item, header, data, flow, err) == -1)
			return -1;
	} else if (item->method == Z_DEFLATED)
		damaged = inflate_into(zip, data, data + item->entry.packed,
		    flow) == -1;
	else
		copy_into(zip, data, data + bytes, flow);
	if (flow->stopped)
		return -1;
	if (damaged)
		buf_adds(err, "its packed data is damaged");
	else if (flow->got < bytes)
		buf_addf(err, "it ends after %llu of %llu bytes", flow->got,
		    bytes);
	else if (flow->got > bytes)
		buf_addf(err, "it holds more than the %llu bytes declared",
		    bytes);
	else if (has_checksum(item) && flow->crc != item->crc)
		buf_addf(err, "its checksum is wrong%s", item->entry.encrypted ?
		    ", or the password is" : "");
	else
		return 0;
	return -1;
}

int
zipin_stream(struct zipin *zip, size_t index, unsigned long long limit,
    const struct sink *sink, struct buf *err)
{
	const struct zipdir_item *item = &zip->dir.items[index];
	const char *reason = obstacle(item, limit);
	struct flow flow = { .sink = sink, .max = item->entry.bytes };

	if (reason == NULL)
		return unpack(zip, item, &flow, err);
	buf_adds(err, reason);
	return -1;
}

/* What to make room for at once; a declared size need not be true. */
static size_t
hint(const struct zipdir_item *item)
{
	return item->entry.bytes < HINT_MAX ? (size_t)item->entry.bytes :
	    HINT_MAX;
}

static int
put_in_buf(void *state, const void *bytes, size_t len)
{
	buf_add(state, bytes, len);
	return 0;
}

int
zipin_read(struct zipin *zip, size_t index, size_t limit, struct buf *out,
    struct buf *err)
{
	const struct sink sink = { out, put_in_buf };
	size_t start = out->len;
	int result;

	if (limit > READ_MAX)
		limit = READ_MAX;
	if (zip->dir.items[index].entry.bytes <= limit)
		(void)buf_reserve(out, hint(&zip->dir.items[index]));
	result = zipin_stream(zip, index, limit, &sink, err);
	(void)buf_reserve(out, 0);
	if (result == -1)
		out->len = start;
	out->data[out->len] = '\0';
	return result;
}
