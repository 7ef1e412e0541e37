#include "lib/product/kind.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/dryrun.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/batch/batch.h"
#include "lib/profile/profile.h"
#include "lib/stream/stream.h"

enum { PIECE = 1 << 16 };

static const char standard[] = "-";

void
kind_add_base_name(const struct io_product *product, struct buf *out)
{
	const char *slash = strrchr(product->path, '/');

	buf_adds(out, slash != NULL ? slash + 1 : product->path);
}

static int
is_standard(const char *path)
{
	return strcmp(path, standard) == 0;
}

int
kind_publishes_each(const struct kind_options *options)
{
	const char *path = options->output;
	size_t len = strlen(path);
	struct stat status;

	return (len > 0 && path[len - 1] == '/') ||
	    (!is_standard(path) && stat(path, &status) == 0 &&
	    S_ISDIR(status.st_mode));
}

/* ---- names ---- */

static void
add_part(const char *text, const char *suffix, struct buf *out)
{
	if (text == NULL || *text == '\0')
		return;
	entryname_add_safe(text, out);
	buf_adds(out, suffix);
	buf_addc(out, '_');
}

static void
add_date(const char *date, struct buf *out)
{
	for (; *date != '\0'; date++)
		if (*date != '-')
			buf_addc(out, *date);
}

static void
add_path(const struct kind *kind, const struct kind_options *options,
    const struct batch *batch, const struct kind_part *part, struct buf *path)
{
	buf_adds(path, options->output);
	if (path->len > 0 && path->data[path->len - 1] != '/')
		buf_addc(path, '/');
	add_part(batch->school_code, "", path);
	add_part(batch->school_name, "", path);
	add_part(batch->class, "届", path);
	add_part(kind->title, "", path);
	add_part(part->name, "", path);
	add_date(part->date != NULL ? part->date : batch->date, path);
	if (part->volume > 1)
		buf_addf(path, "-%d", part->volume);
	buf_adds(path, kind->extension);
}

/* The number goes before what the name's last part has behind a dot. */
static void
add_volume(const char *path, int volume, struct buf *out)
{
	const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');

	if (dot == NULL || dot == path || (slash != NULL && dot <= slash + 1))
		dot = path + strlen(path);
	buf_add(out, path, (size_t)(dot - path));
	if (volume > 1)
		buf_addf(out, "-%d", volume);
	buf_adds(out, dot);
}

void
kind_deadline(const struct kind_options *options, const struct segment *segment,
    char day[static WINDOW_DATE])
{
	char first[WINDOW_DATE];

	window_ends(profile_text(segment->profile, "provenance", "taken_days"), first, day);
	if (strcmp(day, segment->batch->date) < 0)
		day[0] = '\0';
	if (options->deadline != NULL)
		snprintf(day, WINDOW_DATE, "%.10s", options->deadline);
}

/* ---- products ---- */

/* Nameless, so that nothing stays behind; libraries write to it by this name. */
static int
open_standard(const struct batch *batch, struct io_product *product,
    struct buf *err)
{
	struct buf part = BUF_INIT;
	int fd = batch_spool(batch, err);

	if (fd < 0)
		return -1;
	buf_addf(&part, "/proc/self/fd/%d", fd);
	product->fd = fd;
	product->path = xstrdup(standard);
	product->part = buf_detach(&part);
	return 0;
}

/* A dry run makes no temporary file: it asks whether there could be one. */
static int
check_folder(const char *path, struct buf *err)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash != NULL ? xstrndup(path, (size_t)(slash + 1 - path)) :
	    xstrdup(".");
	int result = access(folder, W_OK | X_OK);

	if (result != 0)
		fault_own_system(err, "cannot write '%s'", path);
	free(folder);
	return result;
}

static int
open_file(const struct kind *kind, const struct kind_options *options,
    const struct segment *segment, const struct kind_part *part,
    struct io_product *product, struct buf *err)
{
	struct buf path = BUF_INIT;
	int result = -1;

	if (!kind_publishes_each(options))
		add_volume(options->output, part->volume, &path);
	else if (dryrun_is() || io_make_directory(options->output, err) == 0)
		add_path(kind, options, segment->batch, part, &path);
	if (path.len > 0 && (!dryrun_is() || kind_publishes_each(options) ||
	    check_folder(path.data, err) == 0))
		result = io_product_open(product, path.data, err);
	buf_release(&path);
	return result;
}

int
kind_open(const struct kind *kind, const struct kind_options *options,
    const struct segment *segment, const struct kind_part *part,
    struct io_product *product, struct buf *err)
{
	if (!kind_publishes_each(options) && segment->number > 0) {
		buf_addf(err, "'%s' has room for one batch and the manifest "
		    "holds more: name a directory", options->output);
		return -1;
	}
	if (!is_standard(options->output))
		return open_file(kind, options, segment, part, product, err);
	if (part->volume > 1) {
		buf_adds(err, "standard output has room for one volume and there "
		    "are more: name a file");
		return -1;
	}
	return open_standard(segment->batch, product, err);
}

int
kind_open_whole(const struct kind *kind, const struct kind_options *options,
    const struct segment *segment, struct io_product *product, struct buf *err)
{
	const struct kind_part part = { .volume = 1 };

	if (is_standard(options->output))
		return open_standard(segment->batch, product, err);
	return open_file(kind, options, segment, &part, product, err);
}

void
kind_name_all(const struct kind *kind, const struct kind_options *options,
    const char *date, struct io_product *product)
{
	const char *slash = strrchr(product->path, '/');
	struct buf path = BUF_INIT;

	if (!kind_publishes_each(options) || slash == NULL)
		return;
	buf_add(&path, product->path, (size_t)(slash + 1 - product->path));
	buf_addf(&path, "全省_%s_", kind->title);
	add_date(date, &path);
	buf_adds(&path, kind->extension);
	free(product->path);
	product->path = buf_detach(&path);
}

static int
copy_out(const struct io_product *product, int out, struct buf *err)
{
	char *piece = xmalloc(PIECE);
	ssize_t got = -1;
	int fd = open(product->part, O_RDONLY | O_CLOEXEC), written = 0;

	if (fd >= 0)
		while ((got = read(fd, piece, PIECE)) > 0 &&
		    (written = io_write_all(out, piece, (size_t)got)) == 0)
			;
	if (got != 0)
		fault_own_system(err, "cannot write standard output");
	if (fd >= 0)
		close(fd);
	free(piece);
	return got == 0 && written == 0 ? 0 : -1;
}

int
kind_publish(const struct kind_options *options, struct io_product *product,
    struct buf *err)
{
	int result;

	if (!is_standard(product->path))
		return io_product_publish(product,
		    options->force ? IO_REPLACE : 0, err);
	result = copy_out(product, options->out, err);
	kind_release(product);
	return result;
}

void
kind_release(struct io_product *product)
{
	if (product->path == NULL || !is_standard(product->path)) {
		io_product_release(product);
		return;
	}
	close(product->fd);
	free(product->path);
	free(product->part);
	memset(product, 0, sizeof *product);
	product->fd = -1;
}
