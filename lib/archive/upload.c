#include "lib/archive/upload.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/archive/entrymask.h"
#include "lib/archive/entryname.h"
#include "lib/archive/source.h"
#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"

enum { SHALLOW, NESTED, PATH_SIZE = 32 };

struct item {
	struct source *source;
	uint32_t index;			/* in the source */
	unsigned char archive;
	char *name;			/* of an entry of an archive inside */
	char *obstacle;			/* that the upload has against it */
};

struct upload {
	const struct upload_options *options;
	char *path;
	char *name;			/* UTF-8 */
	char *shown;			/* masked, for messages */
	struct source **sources;	/* the first is the upload itself */
	size_t source_count;
	struct item *items;
	size_t count, cap;
	unsigned long long total;
	char *damage;
};

static const char stdin_name[] = "stdin";

static void
set_name(struct upload *upload, const char *path)
{
	char absolute[PATH_MAX];
	char *real = realpath(path, absolute), *slash;
	struct buf name = BUF_INIT, shown = BUF_INIT;
	const char *base;

	if (real != NULL)
		path = real;
	slash = strrchr(path, '/');
	base = strcmp(path, "-") == 0 ? stdin_name :
	    slash != NULL ? slash + 1 : path;
	entryname_decode(base, strlen(base), 1, &name);
	upload->name = buf_detach(&name);
	entrymask_file(upload->name, &shown);
	upload->shown = buf_detach(&shown);
}

static void
set_path(char path[static PATH_SIZE], int fd)
{
	snprintf(path, PATH_SIZE, "/proc/self/fd/%d", fd);
}

static void
add_source(struct upload *upload, struct source *source)
{
	upload->sources = xrealloc_array(upload->sources,
	    upload->source_count + 1, sizeof *upload->sources);
	upload->sources[upload->source_count++] = source;
}

static struct item *
add_item(struct upload *upload, struct source *source, size_t index)
{
	struct item *item;

	if (upload->count == upload->cap) {
		upload->cap = upload->cap > 0 ? 2 * upload->cap : 64;
		upload->items = xrealloc_array(upload->items, upload->cap,
		    sizeof *upload->items);
	}
	item = &upload->items[upload->count++];
	memset(item, 0, sizeof *item);
	item->source = source;
	item->index = (uint32_t)index;
	return item;
}

static void
add_part(const char *name, struct buf *out)
{
	if (entryname_is_part(name))
		buf_adds(out, "; it is named as a part of an archive: have the whole sent "
		    "as one file");
}

static void
add_damage(struct upload *upload, const char *inside, const char *damage)
{
	struct buf text = BUF_INIT;

	if (upload->damage != NULL)
		buf_addf(&text, "%s; ", upload->damage);
	if (inside != NULL) {
		buf_addc(&text, '\'');
		entrymask(inside, &text);
		buf_adds(&text, "' inside: ");
	}
	buf_adds(&text, damage);
	add_part(inside != NULL ? inside : upload->name, &text);
	free(upload->damage);
	upload->damage = buf_detach(&text);
}

/* Open an entry as an archive.  NULL when it is none, or with the reason, a clause
 * about the entry. */
static struct source *
open_inside(struct upload *upload, struct source *outer, size_t index,
    struct buf *err)
{
	struct source *source = NULL;
	struct buf reason = BUF_INIT;
	char path[PATH_SIZE];
	int fd = -1;

	if (upload->source_count > upload->options->archives)
		buf_adds(err, "there are more archives inside than are "
		    "accepted");
	else
		fd = source_temporary(upload->options, err);
	if (fd == -1)
		return NULL;
	set_path(path, fd);
	if (source_copy(outer, index, fd, err) == 0 && io_read_only(fd, err) == 0) {
		source = source_open(path, "it", upload->options, &reason);
		if (source == NULL)
			buf_adds(err, strncmp(reason.data, "cannot read 'it': ",
			    18) == 0 ? reason.data + 18 : reason.data);
	}
	close(fd);
	buf_release(&reason);
	if (source == NULL || source_is_archive(source))
		return source;
	source_close(source);	/* a picture with an archive's name */
	return NULL;
}

static void add_entries(struct upload *upload, struct source *source,
    const char *inside, int level);

/* Put the entries of an archive behind it; where it cannot be read, it says so. */
static void
add_inside(struct upload *upload, struct source *outer, size_t index)
{
	size_t at = upload->count - 1;
	struct buf err = BUF_INIT;
	struct source *source = open_inside(upload, outer, index, &err);

	if (source != NULL) {
		add_source(upload, source);
		upload->items[at].archive = 1;
		add_entries(upload, source, source_at(outer, index).name,
		    NESTED);
	} else if (err.len > 0)
		upload->items[at].obstacle = xstrdup(err.data);
	buf_release(&err);
}

/* Whether an entry is one too many, and why. */
static const char *
beyond(struct upload *upload, const struct upload_entry *entry)
{
	if (entry->bytes > upload->options->total_bytes - upload->total)
		return "all entries together are larger than is accepted";
	upload->total += entry->bytes;
	return NULL;
}

static void
add_entries(struct upload *upload, struct source *source, const char *inside,
    int level)
{
	size_t count = source_count(source);

	if (source_damage(source) != NULL)
		add_damage(upload, inside, source_damage(source));
	else if (count == 0 && source_is_archive(source))
		add_damage(upload, inside, "it holds no files");
	for (size_t i = 0; i < count; i++) {
		struct upload_entry entry = source_at(source, i);
		struct item *item;
		struct buf name = BUF_INIT;
		const char *obstacle;

		if (upload->count >= upload->options->entries) {
			add_damage(upload, inside, "it holds more entries than "
			    "are accepted, and the rest was not read");
			break;
		}
		item = add_item(upload, source, i);
		if (inside != NULL) {
			buf_addf(&name, "%s/%s", inside, entry.name);
			item->name = buf_detach(&name);
		}
		if (entry.obstacle != NULL)
			continue;
		obstacle = beyond(upload, &entry);
		if (obstacle != NULL)
			item->obstacle = xstrdup(obstacle);
		else if (level == SHALLOW && entry.bytes > 0 &&
		    entryname_is_archive(entry.name) &&
		    !entryname_is_junk(entry.name))
			add_inside(upload, source, i);
	}
}

/* Standard input, which cannot be read twice, in a file. */
static struct source *
open_stdin(struct upload *upload, struct buf *err)
{
	unsigned long long total = 0;
	struct source *source = NULL;
	char path[PATH_SIZE], *block;
	int fd = source_temporary(upload->options, err);
	ssize_t len = 0;

	if (fd == -1)
		return NULL;
	block = xmalloc(1 << 16);
	while ((len = read(STDIN_FILENO, block, 1 << 16)) > 0) {
		total += (unsigned long long)len;
		if (total > upload->options->total_bytes)
			break;
		if (io_write_all(fd, block, (size_t)len) == -1) {
			fault_own_system(err, "cannot keep '%s' in '%s'", upload->shown,
			    upload->options->directory);
			break;
		}
	}
	set_path(path, fd);
	if (len == 0 && io_read_only(fd, err) == 0)
		source = source_open(path, upload->shown, upload->options, err);
	if (source != NULL && !source_is_archive(source)) {
		buf_addf(err, "cannot read '%s': it is no archive",
		    upload->shown);
		source_close(source);
		source = NULL;
	} else if (total > upload->options->total_bytes)
		buf_addf(err, "cannot read '%s': it is larger than is accepted",
		    upload->shown);
	else if (len < 0)
		fault_system(err, "cannot read '%s'", upload->shown);
	free(block);
	close(fd);
	return source;
}

struct upload *
upload_open(const char *path, const struct upload_options *options,
    struct buf *err)
{
	struct upload *upload = xcalloc(1, sizeof *upload);
	struct source *source = NULL;
	struct stat status;

	upload->options = options;
	upload->path = xstrdup(path);
	set_name(upload, path);
	if (strcmp(path, "-") == 0)
		source = open_stdin(upload, err);
	else if (entryname_is_table(path) && stat(path, &status) == 0 &&
	    S_ISREG(status.st_mode))
		buf_addf(err, "'%s' is a table and no upload", upload->shown);
	else
		source = source_open(path, upload->shown, options, err);
	if (source == NULL) {
		add_part(upload->name, err);
		upload_close(upload);
		return NULL;
	}
	add_source(upload, source);
	add_entries(upload, source, NULL, SHALLOW);
	return upload;
}

void
upload_close(struct upload *upload)
{
	if (upload == NULL)
		return;
	for (size_t i = 0; i < upload->count; i++) {
		free(upload->items[i].name);
		free(upload->items[i].obstacle);
	}
	for (size_t i = 0; i < upload->source_count; i++)
		source_close(upload->sources[i]);
	free(upload->items);
	free(upload->sources);
	free(upload->damage);
	free(upload->path);
	free(upload->name);
	free(upload->shown);
	free(upload);
}

const char *
upload_name(const struct upload *upload)
{
	return upload->name;
}

const char *
upload_path(const struct upload *upload)
{
	return upload->path;
}

const char *
upload_shown(const struct upload *upload)
{
	return upload->shown;
}

size_t
upload_count(const struct upload *upload)
{
	return upload->count;
}

const char *
upload_damage(const struct upload *upload)
{
	return upload->damage;
}

struct upload_entry
upload_at(const struct upload *upload, size_t index)
{
	const struct item *item = &upload->items[index];
	struct upload_entry entry = source_at(item->source, item->index);

	if (item->name != NULL)
		entry.name = item->name;
	if (item->obstacle != NULL)
		entry.obstacle = item->obstacle;
	entry.archive = item->archive;
	return entry;
}

int
upload_read(struct upload *upload, size_t index, struct buf *out,
    struct buf *err)
{
	const struct item *item = &upload->items[index];

	return source_read(item->source, item->index, out, err);
}
