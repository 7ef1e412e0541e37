#include "lib/record/spool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/record/batch.h"
#include "lib/record/stream_parts.h"

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
spool_add(struct spool *spool, const struct batch *batch, const struct node *record)
{
	if (spool->file == NULL)
		spool->file = spool_file(batch);
	if ((spool->count & (spool->count + 1)) == 0) {
		spool->end = xrealloc_array(spool->end, 2 * spool->count + 2,
		    sizeof *spool->end);
		spool->photo = xrealloc_array(spool->photo, 2 * spool->count + 2,
		    sizeof *spool->photo);
	}
	stream_print_to(spool->file, record);
	if (stream_is_photo(record))
		spool->photo[spool->photos++] = spool->count;
	spool->end[spool->count++] = ftello(spool->file);
}

struct node *
spool_get(struct spool *spool, size_t index)
{
	long long start = index > 0 ? spool->end[index - 1] : 0;
	struct buf line = BUF_INIT, err = BUF_INIT;
	size_t len = (size_t)(spool->end[index] - start);
	struct node *record;

	if (fseeko(spool->file, start, SEEK_SET) != 0 ||
	    fread(buf_reserve(&line, len), 1, len, spool->file) != len)
		msg_die("cannot read a temporary file: %s", strerror(errno));
	line.len = len;
	record = node_parse(line.data, line.len, &err);
	if (record == NULL)
		msg_die("a temporary file was changed: %s", err.data);
	buf_release(&line);
	buf_release(&err);
	return record;
}

struct node *
spool_photo(struct spool *spool, size_t index)
{
	return index < spool->photos ? spool_get(spool, spool->photo[index]) : NULL;
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
