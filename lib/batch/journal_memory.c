#include "lib/batch/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal_parts.h"

enum { PIECE = 1 << 16 };

/* SHA-256 of the first bytes of a file; -1 when it does not have so many. */
static int
sum_of(int fd, long long bytes, char sum[static HASH_TEXT])
{
	struct hash *hash = hash_new();
	char piece[PIECE];
	long long at = 0;

	while (at < bytes) {
		size_t wanted = bytes - at < PIECE ? (size_t)(bytes - at) : PIECE;
		ssize_t got = pread(fd, piece, wanted, (off_t)at);

		if (got <= 0)
			break;
		hash_add(hash, piece, (size_t)got);
		at += got;
	}
	hash_end(hash, sum);
	return at == bytes ? 0 : -1;
}

static void
advise(const char *path, const char *what, struct buf *err)
{
	buf_addf(err, "'%s' %s: restore it from a copy, or go on with what is there: "
	    "tc-ingest --accept-journal", path, what);
}

int
journal_verify(const struct batch *batch, int fd, const char *path,
    struct buf *err)
{
	struct batch_memory memory;
	char sum[HASH_TEXT];
	struct stat status;

	batch_recall(batch, &memory);
	if (memory.bytes == 0)
		return 0;
	if (fd < 0) {
		advise(path, "is missing, and answers were written to it", err);
	} else if (fstat(fd, &status) != 0) {
		buf_addf(err, "cannot read '%s': %s", path, strerror(errno));
	} else if ((long long)status.st_size < memory.bytes) {
		advise(path, "is shorter than when it was last written", err);
	} else if (sum_of(fd, memory.bytes, sum) != 0 ||
	    strcmp(sum, memory.sum) != 0) {
		advise(path, "was altered since it was last written", err);
	} else {
		return 0;
	}
	return -1;
}

/* All that is there but for a torn line. */
int
journal_remember(const struct batch *batch, int fd, struct buf *err)
{
	struct batch_memory memory = { 0 }, before;
	struct stat status;

	if (fd >= 0 && fstat(fd, &status) == 0)
		memory.bytes = (long long)status.st_size;
	batch_recall(batch, &before);
	if (memory.bytes > 0 && before.bytes == memory.bytes)
		return 0;	/* verified, and nothing was added */
	if (memory.bytes > 0 && sum_of(fd, memory.bytes, memory.sum) != 0) {
		buf_addf(err, "cannot read the journal: %s", strerror(errno));
		return -1;
	}
	return batch_remember(batch, &memory, err);
}

int
journal_accept(const struct batch *batch, struct buf *err)
{
	const struct batch_memory nothing = { 0 };
	struct buf path = BUF_INIT;
	int fd, result;

	batch_path(batch, JOURNAL_FILE, &path);
	fd = open(path.data, O_RDONLY | O_CLOEXEC);
	result = batch_remember(batch, &nothing, err);
	if (result == 0)
		result = journal_remember(batch, fd, err);
	if (fd >= 0)
		close(fd);
	buf_release(&path);
	return result;
}

/* A line that a killed run left unfinished goes to a file of its own before it is
 * cut off. */
int
journal_keep_torn(const struct batch *batch, int fd, size_t torn, struct buf *err)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct stat status;
	char piece[PIECE];
	size_t wanted = torn < PIECE ? torn : PIECE;
	int aside, result = -1;
	ssize_t got = -1;

	batch_path(batch, JOURNAL_TORN, &path);
	aside = open(path.data, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (aside >= 0 && fstat(fd, &status) == 0)
		got = pread(fd, piece, wanted, status.st_size - (off_t)torn);
	if (got > 0) {
		buf_add(&text, piece, (size_t)got);
		buf_addc(&text, '\n');
		if (write(aside, text.data, text.len) == (ssize_t)text.len)
			result = 0;
	}
	if (result != 0)
		buf_addf(err, "cannot write '%s': %s", path.data, strerror(errno));
	if (aside >= 0)
		close(aside);
	buf_release(&path);
	buf_release(&text);
	return result;
}
