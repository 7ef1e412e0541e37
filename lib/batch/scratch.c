#include "lib/batch/scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/guard.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/batch/batch.h"

enum { PIECE = 1 << 16 };

struct scratch {
	char *directory;
	struct batch *of;	/* or NULL */
};

const char *
scratch_directory(const struct scratch *scratch)
{
	return scratch->directory;
}

static int
make_directory(struct scratch *scratch, struct buf *err)
{
	const char *temporary = getenv("TMPDIR");
	struct buf path = BUF_INIT;

	buf_addf(&path, "%s/tc-dry-run.XXXXXX", temporary != NULL && *temporary != '\0' ?
	    temporary : "/tmp");
	if (mkdtemp(path.data) != NULL && guard_add(path.data) == 0) {
		scratch->directory = buf_detach(&path);
		return 0;
	}
	fault_own_system(err, "cannot make the directory '%s'", path.data);
	buf_release(&path);
	return -1;
}

static int
copy_bytes(int from, int to)
{
	char *piece = xmalloc(PIECE);
	ssize_t got;
	int result = 0;

	while (result == 0 && (got = read(from, piece, PIECE)) != 0)
		result = got < 0 ? -1 : io_write_all(to, piece, (size_t)got);
	free(piece);
	return result;
}

static int
copy_file(int directory, const char *name, const char *copy)
{
	int from = openat(directory, name, O_RDONLY | O_CLOEXEC);
	int to = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600), result = -1;

	if (from >= 0 && to >= 0)
		result = copy_bytes(from, to);
	if (from >= 0)
		close(from);
	if (to >= 0 && close(to) != 0)
		result = -1;
	return result;
}

/* What the batch remembers is copied; folders of pictures and results are led to, wherever
 * a link of the batch has them. */
static int
take(const struct scratch *scratch, int directory, const char *name)
{
	struct buf copy = BUF_INIT, original = BUF_INIT;
	struct stat status;
	int result = 0;

	buf_addf(&copy, "%s/%s", scratch->directory, name);
	buf_addf(&original, "%s/", name);
	if (fstatat(directory, name, &status, 0) != 0) {
		result = -1;
	} else if (S_ISREG(status.st_mode) && strcmp(name, "lock") != 0) {
		result = copy_file(directory, name, copy.data);
	} else if (S_ISDIR(status.st_mode) && batch_is_work(original.data)) {
		buf_clear(&original);
		batch_path(scratch->of, name, &original);
		result = symlink(original.data, copy.data);
	}
	buf_release(&copy);
	buf_release(&original);
	return result;
}

static int
fill(struct scratch *scratch, struct buf *err)
{
	DIR *directory = opendir(scratch->of->directory);
	const struct dirent *entry;
	int result = directory != NULL ? 0 : -1;

	while (result == 0 && (entry = readdir(directory)) != NULL)
		if (entry->d_name[0] != '.')
			result = take(scratch, dirfd(directory), entry->d_name);
	if (result != 0)
		fault_own_system(err, "cannot copy '%s'", scratch->of->directory);
	if (directory != NULL)
		closedir(directory);
	return result;
}

struct scratch *
scratch_open(const char *directory, struct buf *err)
{
	struct scratch *scratch = xcalloc(1, sizeof *scratch);

	if (batch_is_there(directory)) {
		scratch->of = batch_open(directory, BATCH_SHARED, NULL, err);
		if (scratch->of == NULL)
			goto fail;
	}
	if (make_directory(scratch, err) == 0 &&
	    (scratch->of == NULL || fill(scratch, err) == 0))
		return scratch;
fail:
	scratch_close(scratch);
	return NULL;
}

void
scratch_close(struct scratch *scratch)
{
	if (scratch == NULL)
		return;
	if (scratch->directory != NULL)
		guard_remove(scratch->directory);
	batch_close(scratch->of);
	free(scratch->directory);
	free(scratch);
}
