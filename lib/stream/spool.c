#include "lib/stream/spool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/stream/stream_parts.h"

FILE *
spool_file(const struct batch *batch)
{
	struct buf err = BUF_INIT;
	int fd = batch_spool(batch, &err);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w+");

	if (file == NULL)
		msg_die("%s", err.len > 0 ? err.data : strerror(errno));
	buf_release(&err);
	return file;
}

void
spool_print(FILE *file)
{
	char piece[1 << 14];
	long long left = ftello(file);
	size_t got = 1;

	if (fseeko(file, 0, SEEK_SET) != 0)
		left = -1;
	for (; left > 0 && got > 0; left -= (long long)got) {
		got = fread(piece, 1, sizeof piece, file);
		io_print(piece, got);
	}
	if (left != 0)
		msg_die("cannot read a temporary file: %s", strerror(errno));
	fclose(file);
}

void
spool_add(struct spool *spool, const struct batch *batch, const char *text, size_t len,
    int is_photo)
{
	if (spool->file == NULL)
		spool->file = spool_file(batch);
	if ((spool->count & (spool->count + 1)) == 0) {
		spool->end = xrealloc_array(spool->end, 2 * spool->count + 2,
		    sizeof *spool->end);
		spool->photo = xrealloc_array(spool->photo, 2 * spool->count + 2,
		    sizeof *spool->photo);
	}
	stream_print_text(spool->file, text, len);
	if (is_photo)
		spool->photo[spool->photos++] = spool->count;
	spool->end[spool->count] = (long long)len + 1 +
	    (spool->count > 0 ? spool->end[spool->count - 1] : 0);
	spool->count++;
}

struct node *
spool_get(struct spool *spool, size_t index, struct buf *text)
{
	long long start = index > 0 ? spool->end[index - 1] : 0;
	size_t len = (size_t)(spool->end[index] - start);
	struct buf err = BUF_INIT;
	struct node *record;

	buf_clear(text);
	if (fseeko(spool->file, start, SEEK_SET) != 0 ||
	    fread(buf_reserve(text, len), 1, len, spool->file) != len)
		msg_die("cannot read a temporary file: %s", strerror(errno));
	text->len = len - 1;	/* without the line feed */
	text->data[text->len] = '\0';
	record = node_parse(text->data, text->len, &err);
	if (record == NULL)
		msg_die("a temporary file was changed: %s", err.data);
	buf_release(&err);
	return record;
}

struct node *
spool_photo(struct spool *spool, size_t index)
{
	struct buf text = BUF_INIT;
	struct node *photo = index >= spool->photos ? NULL :
	    spool_get(spool, spool->photo[index], &text);

	buf_release(&text);
	return photo;
}

void
spool_release(struct spool *spool)
{
	if (spool->file != NULL)
		fclose(spool->file);
	free(spool->end);
	free(spool->photo);
	memset(spool, 0, sizeof *spool);
}
