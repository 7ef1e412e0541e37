#include "lib/kind.h"

#include <string.h>
#include <sys/stat.h>

#include "lib/batch.h"
#include "lib/buf.h"
#include "lib/io.h"
#include "lib/stream.h"

void
kind_add_file_name(const char *text, struct buf *out)
{
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text < ' ' || *text == 0x7f ||
		    strchr("/\\:*?\"<>|", *text) != NULL)
			buf_addc(out, '_');
		else
			buf_addc(out, *text);
	}
}

int
kind_publishes_each(const struct kind_options *options)
{
	const char *path = options->output;
	size_t len = strlen(path);
	struct stat status;

	return (len > 0 && path[len - 1] == '/') ||
	    (stat(path, &status) == 0 && S_ISDIR(status.st_mode));
}

static void
add_part(const char *text, const char *suffix, struct buf *out)
{
	if (*text == '\0')
		return;
	kind_add_file_name(text, out);
	buf_adds(out, suffix);
	buf_addc(out, '_');
}

static void
add_path(const struct kind *kind, const struct kind_options *options,
    const struct batch *batch, struct buf *path)
{
	const char *c;

	buf_adds(path, options->output);
	if (path->len > 0 && path->data[path->len - 1] != '/')
		buf_addc(path, '/');
	add_part(batch->school_code, "", path);
	add_part(batch->school_name, "", path);
	add_part(batch->class, "届", path);
	add_part(kind->title, "", path);
	for (c = batch->date; *c != '\0'; c++)
		if (*c != '-')
			buf_addc(path, *c);
	buf_adds(path, kind->extension);
}

int
kind_open(const struct kind *kind, const struct kind_options *options,
    const struct segment *segment, struct io_product *product, struct buf *err)
{
	struct buf path = BUF_INIT;
	int result = -1;

	if (kind_publishes_each(options)) {
		if (io_make_directory(options->output, err) != 0)
			goto out;
		add_path(kind, options, segment->batch, &path);
	} else if (segment->number > 0) {
		buf_addf(err, "'%s' has room for one batch and the manifest "
		    "holds more: name a directory", options->output);
		goto out;
	} else {
		buf_adds(&path, options->output);
	}
	result = io_product_open(product, path.data, err);
out:
	buf_release(&path);
	return result;
}

int
kind_publish(const struct kind_options *options, struct io_product *product,
    struct buf *err)
{
	return io_product_publish(product, options->force ? IO_REPLACE : 0, err);
}
