#include "lib/intake/textstore.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/batch/batch.h"

enum { PIECE_BYTES = 1 << 16 };

struct textstore {
	FILE *file;		/* where it is the system's */
	int fd;
	struct buf unwritten;
	uint64_t written;	/* bytes in the file */
	char *window;		/* what was read last, with room for a NUL */
	uint64_t window_at;
	size_t window_len, window_room;
	struct buf text;
};

struct textstore *
textstore_new(const struct batch *batch)
{
	struct textstore *texts = xcalloc(1, sizeof *texts);
	struct buf err = BUF_INIT;

	if (batch == NULL) {
		texts->file = tmpfile();
		texts->fd = texts->file != NULL ? fileno(texts->file) : -1;
	} else
		texts->fd = batch_spool(batch, &err);
	if (texts->fd < 0)
		msg_die("%s", err.len > 0 ? err.data : strerror(errno));
	buf_init(&texts->unwritten);
	buf_init(&texts->text);
	return texts;
}

void
textstore_free(struct textstore *texts)
{
	if (texts == NULL)
		return;
	if (texts->file != NULL)
		fclose(texts->file);
	else
		close(texts->fd);
	buf_release(&texts->unwritten);
	buf_release(&texts->text);
	free(texts->window);
	free(texts);
}

static void
flush(struct textstore *texts)
{
	struct buf err = BUF_INIT;

	if (texts->unwritten.len > 0 && io_write_all(texts->fd,
	    texts->unwritten.data, texts->unwritten.len) == -1) {
		fault_own_temporary(texts->fd, &err);
		msg_die("%s", err.data);
	}
	texts->written += texts->unwritten.len;
	buf_clear(&texts->unwritten);
}

struct textstore_place
textstore_add(struct textstore *texts, const char *text, size_t len)
{
	struct textstore_place place = { texts->written + texts->unwritten.len,
	    (uint32_t)len };

	buf_add(&texts->unwritten, text, len);
	if (texts->unwritten.len >= PIECE_BYTES)
		flush(texts);
	return place;
}

/* Texts are mostly asked for in their order: read more than one at a time. */
static void
fill(struct textstore *texts, struct textstore_place place)
{
	size_t room = place.len > PIECE_BYTES ? place.len : PIECE_BYTES;
	size_t got = 0;
	ssize_t n;

	if (room > texts->window_room) {
		texts->window = xrealloc_array(texts->window, room, 1);
		texts->window_room = room;
	}
	while (got < room) {
		n = pread(texts->fd, texts->window + got, room - got,
		    (off_t)(place.at + got));
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	if (got < place.len)
		msg_die("cannot read a temporary file: %s", strerror(errno));
	texts->window_at = place.at;
	texts->window_len = got;
}

const char *
textstore_get(struct textstore *texts, struct textstore_place place)
{
	if (place.at + place.len > texts->written)
		flush(texts);
	if (place.at < texts->window_at || place.at + place.len >
	    texts->window_at + texts->window_len)
		fill(texts, place);
	buf_clear(&texts->text);
	buf_add(&texts->text, texts->window + (place.at - texts->window_at),
	    place.len);
	return texts->text.data;
}
