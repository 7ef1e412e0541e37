/*
 * damage ROUNDS FILE...: read damaged copies of each file, as a table and as an
 * upload, and say what became of the reader.
 *
 * Each round cuts the file, turns some bits or puts extreme numbers into it; most
 * of that hits its beginning and its end, where archives have their directories.
 * The same rounds give the same copies.  A reading may fail; a reader that crashes
 * or takes SECONDS is a line of output.  Exit status 1 when there was any.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/archive/upload.h"
#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/table/table.h"
#include "lib/table/tablein.h"

enum { SECONDS = 10, FILE_LIMIT = 1 << 22, EDGE = 256, HITS_MAX = 6 };

struct totals {
	long readings, failed, bad;
};

/* xorshift64* */
static uint64_t
next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 0x2545F4914F6CDD1Du >> 20;
}

static size_t
pick_place(uint64_t *random, size_t len)
{
	size_t at = next_random(random) % len, edge = len < EDGE ? len : EDGE;

	switch (next_random(random) % 3) {
	case 0:
		return at % edge;
	case 1:
		return len - 1 - at % edge;
	default:
		return at;
	}
}

static void
damage(struct buf *bytes, uint64_t *random)
{
	size_t hits = 1 + next_random(random) % HITS_MAX;
	uint64_t kind = next_random(random) % 3;

	if (kind == 0) {
		bytes->len = pick_place(random, bytes->len);
		return;
	}
	for (; hits > 0; hits--) {
		char *at = bytes->data + pick_place(random, bytes->len);

		if (kind == 1)
			*at = (char)(*at ^ 1 << next_random(random) % 8);
		else
			*at = next_random(random) % 2 ? '\xff' : '\0';
	}
}

/* ---- in the child ---- */

static int
read_table(const char *path, struct buf *err)
{
	struct table *table = tablein_read(path, err);
	int result = table != NULL ? 0 : -1;

	table_free(table);
	return result;
}

static int
read_upload(const char *path, struct buf *err)
{
	const struct upload_options options = {
		.entries = 2000, .entry_bytes = 1 << 22, .total_bytes = 1 << 25,
		.ratio = 200, .name_bytes = 1024, .archives = 20,
		.seconds = SECONDS / 2, .directory = "/tmp",
		.password = "password"
	};
	struct upload *upload = upload_open(path, &options, err);
	struct buf bytes = BUF_INIT;
	int result = upload != NULL ? 0 : -1;

	for (size_t i = 0; upload != NULL && i < upload_count(upload); i++) {
		struct upload_entry entry = upload_at(upload, i);

		buf_clear(&bytes);
		if (entry.obstacle != NULL)
			buf_adds(err, entry.obstacle);
		else if (upload_read(upload, i, &bytes, err) == -1)
			result = -1;
	}
	if (upload != NULL && upload_damage(upload) != NULL)
		buf_adds(err, upload_damage(upload));
	upload_close(upload);
	buf_release(&bytes);
	return result;
}

/* A worker's death is what its parent says of it. */
static int
worker_died(const struct buf *err)
{
	return err->data != NULL &&
	    (strstr(err->data, "stopped by signal") != NULL ||
	    strstr(err->data, "ended with status") != NULL ||
	    strstr(err->data, "took longer than") != NULL);
}

/* ---- in the parent ---- */

static void
read_copy(const char *name, const char *path, int as_table, long round,
    struct totals *totals)
{
	int status = 0;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		struct buf err = BUF_INIT;
		int result;

		alarm(SECONDS);
		result = as_table ? read_table(path, &err) :
		    read_upload(path, &err);
		_exit(worker_died(&err) ? 3 : result == 0 ? 0 : 2);
	}
	waitpid(child, &status, 0);
	totals->readings++;
	totals->failed += WIFEXITED(status) && WEXITSTATUS(status) == 2;
	if (WIFEXITED(status) && (WEXITSTATUS(status) == 0 ||
	    WEXITSTATUS(status) == 2))
		return;
	totals->bad++;
	printf("%s as %s, round %ld: %s %d\n", name, as_table ? "a table" :
	    "an upload", round, WIFSIGNALED(status) ? "signal" : "status",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

static void
read_damaged(const char *name, const struct buf *whole, long rounds,
    struct totals *totals)
{
	uint64_t random = 88172645463325252u + whole->len;
	char path[32];

	for (long round = 0; round < rounds; round++) {
		int fd = memfd_create("copy", MFD_CLOEXEC);
		struct buf copy = BUF_INIT;

		buf_add(&copy, whole->data, whole->len);
		damage(&copy, &random);
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		if (io_write_all(fd, copy.data, copy.len) == 0) {
			read_copy(name, path, 1, round, totals);
			read_copy(name, path, 0, round, totals);
		}
		close(fd);
		buf_release(&copy);
	}
}

int
main(int argc, char **argv)
{
	struct totals totals = { 0, 0, 0 };

	for (int i = 2; i < argc; i++) {
		struct buf whole = BUF_INIT, err = BUF_INIT;

		if (io_read_file(argv[i], FILE_LIMIT, &whole, &err) == 0 &&
		    whole.len > 0)
			read_damaged(argv[i], &whole, strtol(argv[1], NULL, 10),
			    &totals);
		buf_release(&whole);
		buf_release(&err);
	}
	printf("%ld readings, %ld failed, %ld bad\n", totals.readings,
	    totals.failed, totals.bad);
	return totals.bad > 0;
}
