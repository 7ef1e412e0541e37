#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/io.h"
#include "lib/batch/batch.h"
#include "lib/batch/seal.h"

struct buf fuzz_err = BUF_INIT;

static struct batch batch = { .id = (char *)"fuzzfuzz", .school_code = (char *)"10285",
    .school_name = (char *)"", .class = (char *)"2026", .date = (char *)"2026-03-02", .lock = -1 };

const char *
fuzz_file(const void *bytes, size_t len)
{
	static char path[32];
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("fuzz", 0);
	if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, bytes, len, 0) != (ssize_t)len)
		abort();
	lseek(fd, 0, SEEK_SET);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	return path;
}

char *
fuzz_text(const uint8_t *bytes, size_t len)
{
	char *text = malloc(len + 1);

	memcpy(text, bytes, len);
	text[len] = '\0';
	return text;
}

static void
remove_batch(void)
{
	char command[64];

	snprintf(command, sizeof command, "rm -rf '%s'", batch.directory);
	if (system(command) != 0)
		fprintf(stderr, "cannot remove %s\n", batch.directory);
}

const struct batch *
fuzz_batch(void)
{
	static char in_memory[] = "/dev/shm/tc-fuzz.XXXXXX", on_disk[] = "/tmp/tc-fuzz.XXXXXX";
	struct buf tmp = BUF_INIT;

	if (batch.directory != NULL)
		return &batch;
	batch.directory = mkdtemp(in_memory);
	if (batch.directory == NULL)
		batch.directory = mkdtemp(on_disk);
	if (batch.directory == NULL)
		abort();
	atexit(remove_batch);
	batch_path(&batch, "tmp", &tmp);
	if (mkdir(tmp.data, 0700) != 0)
		abort();
	buf_release(&tmp);
	return &batch;
}

void
fuzz_write(const char *name, const void *bytes, size_t len)
{
	struct buf path = BUF_INIT;
	int fd;

	batch_path(fuzz_batch(), name, &path);
	fd = open(path.data, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || io_write_all(fd, bytes, len) != 0)
		abort();
	close(fd);
	buf_release(&path);
}

void
fuzz_write_sealed(const char *name, const void *bytes, size_t len)
{
	struct buf content = BUF_INIT;

	buf_add(&content, bytes, len);
	seal_add(&content);
	fuzz_write(name, content.data, content.len);
	buf_release(&content);
}

void
fuzz_remove(const char *name)
{
	struct buf path = BUF_INIT;

	batch_path(fuzz_batch(), name, &path);
	unlink(path.data);
	buf_release(&path);
}
