#include "lib/ingest/destroyed.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/batch/batch.h"
#include "lib/ingest/purge.h"

struct file {
	char *name;
	unsigned long long bytes;
	int there;
};

struct destroyed {
	struct file *files;
	size_t count, cap;
	size_t there;
	unsigned long long bytes;
};

struct destroyed *
destroyed_new(void)
{
	return xcalloc(1, sizeof(struct destroyed));
}

void
destroyed_free(struct destroyed *list)
{
	if (list == NULL)
		return;
	for (size_t i = 0; i < list->count; i++)
		free(list->files[i].name);
	free(list->files);
	free(list);
}

void
destroyed_add(struct destroyed *list, const char *name)
{
	if (list->count == list->cap) {
		list->cap = list->cap > 0 ? 2 * list->cap : 256;
		list->files = xrealloc_array(list->files, list->cap, sizeof *list->files);
	}
	list->files[list->count++] = (struct file){ .name = xstrdup(name) };
}

void
destroyed_add_folder(struct destroyed *list, const struct batch *batch, const char *folder)
{
	struct buf path = BUF_INIT, name = BUF_INIT;
	struct dirent *entry;
	struct stat status;
	DIR *directory;

	batch_path(batch, folder, &path);
	directory = opendir(path.data);
	while (directory != NULL && (entry = readdir(directory)) != NULL) {
		if (entry->d_name[0] == '.' || fstatat(dirfd(directory), entry->d_name,
		    &status, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		buf_clear(&name);
		buf_addf(&name, "%s/%s", folder, entry->d_name);
		if (S_ISDIR(status.st_mode))
			destroyed_add_folder(list, batch, name.data);
		else
			destroyed_add(list, name.data);
	}
	if (directory != NULL)
		closedir(directory);
	buf_release(&path);
	buf_release(&name);
}

/* ---- what is there ---- */

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

void
destroyed_spare(struct destroyed *list, struct destroyed *others)
{
	size_t kept = 0;

	if (others->count == 0)
		return;
	mem_sort(others->files, others->count, sizeof *others->files, by_name);
	for (size_t i = 0; i < list->count; i++)
		if (bsearch(&list->files[i], others->files, others->count,
		    sizeof *others->files, by_name) != NULL)
			free(list->files[i].name);
		else
			list->files[kept++] = list->files[i];
	list->count = kept;
}

void
destroyed_count(struct destroyed *list, const struct batch *batch)
{
	struct buf path = BUF_INIT;
	struct stat status;

	mem_sort(list->files, list->count, sizeof *list->files, by_name);
	list->there = 0;
	list->bytes = 0;
	for (size_t i = 0; i < list->count; i++) {
		struct file *file = &list->files[i];

		buf_clear(&path);
		batch_path(batch, file->name, &path);
		file->there = (i == 0 || strcmp(file->name, file[-1].name) != 0) &&
		    lstat(path.data, &status) == 0 && S_ISREG(status.st_mode);
		if (!file->there)
			continue;
		file->bytes = (unsigned long long)status.st_size;
		list->there++;
		list->bytes += file->bytes;
	}
	buf_release(&path);
}

size_t
destroyed_files(const struct destroyed *list)
{
	return list->there;
}

unsigned long long
destroyed_bytes(const struct destroyed *list)
{
	return list->bytes;
}

/* ---- the list ---- */

static const char heading[] = "\xef\xbb\xbf" "类别,SHA-256,字节数,日期,经办人,事由\n";

/* What is listed so far, without a last line that a killed run left unfinished. */
static int
read_list(const char *path, struct buf *text, struct buf *err)
{
	if (access(path, F_OK) != 0) {
		buf_adds(text, heading);
		return 0;
	}
	if (io_read_file(path, SIZE_MAX / 4, text, err) != 0)
		return -1;
	while (text->len > 0 && text->data[text->len - 1] != '\n')
		text->data[--text->len] = '\0';
	return 0;
}

/* A cell of CSV in which no spreadsheet sees a formula. */
static void
add_cell(const char *text, struct buf *out)
{
	buf_addc(out, '"');
	if (strchr("=+-@", *text) != NULL && *text != '\0')
		buf_addc(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_addc(out, '"');
		if ((unsigned char)*text >= ' ')
			buf_addc(out, *text);
	}
	buf_addc(out, '"');
}

static int
add_lines(const struct destroyed *list, const struct batch *batch,
    const struct destroyed_reason *reason, struct buf *text, struct buf *err)
{
	struct buf path = BUF_INIT, line = BUF_INIT;
	size_t known = text->len;
	char sum[HASH_TEXT], today[11];
	int result = 0;

	batch_today(today);
	for (size_t i = 0; result == 0 && i < list->count; i++) {
		if (!list->files[i].there)
			continue;
		buf_clear(&path);
		buf_clear(&line);
		batch_path(batch, list->files[i].name, &path);
		result = hash_file(path.data, sum, err);
		if (result != 0)
			break;
		buf_addf(&line, "%s,%s,%llu,", reason->kind, sum, list->files[i].bytes);
		if (memmem(text->data, known, line.data, line.len) != NULL)
			continue;
		buf_adds(text, line.data);
		buf_addf(text, "%s,", today);
		add_cell(reason->who, text);
		buf_adds(text, ",保存期限届满\n");
	}
	buf_release(&path);
	buf_release(&line);
	return result;
}

/* Whole and in one step, so that a line is there or is not. */
static int
write_list(const struct batch *batch, const char *path, const struct buf *text,
    struct buf *err)
{
	struct buf tmp = BUF_INIT;
	int result;

	batch_path(batch, "tmp", &tmp);
	result = io_store(tmp.data, path, text->data, text->len, err);
	if (result == 0)
		result = batch_sync(batch, err);
	buf_release(&tmp);
	return result;
}

static int
unlink_all(const struct destroyed *list, const struct batch *batch, struct buf *err)
{
	struct buf path = BUF_INIT;
	int result = 0;

	for (size_t i = 0; result == 0 && i < list->count; i++) {
		if (!list->files[i].there)
			continue;
		buf_clear(&path);
		batch_path(batch, list->files[i].name, &path);
		if (unlink(path.data) != 0) {
			fault_own_system(err, "cannot remove '%s'", path.data);
			result = -1;
		}
	}
	buf_release(&path);
	return result == 0 ? batch_sync(batch, err) : -1;
}

int
destroyed_remove(const struct destroyed *list, const struct batch *batch,
    const struct destroyed_reason *reason, struct buf *err)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	int result = 0;

	batch_path(batch, PURGE_DESTROYED, &path);
	if (list->there > 0 && (read_list(path.data, &text, err) != 0 ||
	    add_lines(list, batch, reason, &text, err) != 0 ||
	    write_list(batch, path.data, &text, err) != 0 ||
	    unlink_all(list, batch, err) != 0))
		result = -1;
	buf_release(&path);
	buf_release(&text);
	return result;
}
