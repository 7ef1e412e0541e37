#include "lib/archive/stamp.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "lib/archive/entryname.h"
#include "lib/archive/folderin.h"
#include "lib/base/buf.h"

enum { SETTLED = 2 };	/* seconds: the times of the coarsest file system */

/* -1 when the file changed so lately that its times say nothing. */
static int
add_file(struct hash *hash, const char *name, const struct stat *status)
{
	struct buf text = BUF_INIT;
	struct timespec now;

	buf_addf(&text, "%llu %llu %lld %lld.%09ld %lld.%09ld",
	    (unsigned long long)status->st_dev,
	    (unsigned long long)status->st_ino, (long long)status->st_size,
	    (long long)status->st_mtim.tv_sec, status->st_mtim.tv_nsec,
	    (long long)status->st_ctim.tv_sec, status->st_ctim.tv_nsec);
	hash_add_text(hash, name);
	hash_add_text(hash, text.data);
	buf_release(&text);
	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_sec -= SETTLED;
	return now.tv_sec > status->st_ctim.tv_sec ||
	    (now.tv_sec == status->st_ctim.tv_sec &&
	    now.tv_nsec > status->st_ctim.tv_nsec) ? 0 : -1;
}

static int
add_directory(struct hash *hash, const char *path, size_t files_max)
{
	struct buf file = BUF_INIT, err = BUF_INIT;
	struct folderin folder;
	struct stat status;
	int result = folderin_list(&folder, path, "", files_max, &err);

	for (size_t i = 0; result == 0 && i < folder.count; i++) {
		buf_clear(&file);
		folderin_path(&folder, i, &file);
		result = lstat(file.data, &status);
		if (result == 0)
			result = add_file(hash, folder.files[i].path, &status);
	}
	folderin_release(&folder);
	buf_release(&file);
	buf_release(&err);
	return result;
}

void
stamp_take(const char *path, size_t files_max, const char *settings,
    char stamp[static HASH_TEXT])
{
	char real[PATH_MAX];
	struct stat status;
	struct hash *hash;
	int result = -1;

	stamp[0] = '\0';
	if (strcmp(path, "-") == 0 || realpath(path, real) == NULL ||
	    stat(real, &status) == -1)
		return;
	hash = hash_new();
	hash_add_text(hash, settings);
	hash_add_text(hash, entryname_base(real));
	if (S_ISDIR(status.st_mode))
		result = add_directory(hash, real, files_max);
	else if (S_ISREG(status.st_mode))
		result = add_file(hash, real, &status);
	hash_end(hash, stamp);
	if (result != 0)
		stamp[0] = '\0';
}
