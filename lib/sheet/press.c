#include "lib/sheet/press.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/mem.h"
#include "lib/batch/batch.h"
#include "lib/sheet/draw.h"

enum {
	CLASS_BYTES = 120,	/* of a class in a file's name */
	NUMBER_DIGITS = 5
};

static const char work_name[] = "work";

static int
is_output(const struct press *press)
{
	return press->setup.kind == PRESS_PDF &&
	    strcmp(press->setup.path, "-") == 0;
}

int
press_open(struct press *press, const struct press_setup *setup, double width,
    double height, const struct batch *batch, struct buf *err)
{
	struct buf title = BUF_INIT;
	int result;

	press->setup = *setup;
	press->width = width;
	press->height = height;
	press->time = batch_time(batch);
	buf_addf(&title, "tc batch %s", batch->id);
	press->title = buf_detach(&title);
	if (is_output(press)) {
		/* nothing goes out before all of it is known to be good */
		press->fd = batch_spool(batch, err);
		result = press->fd < 0 ? -1 : 0;
	} else if (setup->kind == PRESS_PDF) {
		result = io_product_open(&press->product, setup->path, err);
		press->fd = press->product.fd;
	} else {
		result = folder_open(&press->folder, setup->path, err);
	}
	press->open = result == 0;
	return result;
}

/* ---- files ---- */

/* A class in a file's name: at most CLASS_BYTES, whole characters. */
static void
add_class(const char *class, struct buf *out)
{
	size_t len = strlen(class);
	char *cut;

	if (len > CLASS_BYTES)
		for (len = CLASS_BYTES; len > 0 &&
		    ((unsigned char)class[len] & 0xc0) == 0x80; len--)
			;
	cut = xstrndup(class, len);
	entryname_add_safe(cut, out);
	free(cut);
}

static void
name_raster(const struct press *press, long sheet, struct buf *out)
{
	buf_addf(out, "sheet-%0*ld%s", NUMBER_DIGITS, sheet,
	    raster_extension(press->setup.format));
}

static int
open_pdf(struct press *press, struct buf *err)
{
	struct draw_document document = { press->width, press->height,
	    press->title, press->time };

	if (press->setup.kind == PRESS_SPLIT)
		press->fd = folder_create(&press->folder, work_name, err);
	if (press->fd < 0)
		return -1;
	press->draw = draw_pdf_new(press->fd, &document);
	return 0;
}

/* Complete the PDF in work, and give it the name that its sheets make. */
static int
close_pdf(struct press *press, struct buf *err)
{
	struct press_file *file;
	struct buf name = BUF_INIT;
	int result;

	if (press->draw == NULL)
		return 0;
	result = draw_end(press->draw, err);
	draw_free(press->draw);
	press->draw = NULL;
	if (press->setup.kind != PRESS_SPLIT)
		return result;
	close(press->fd);
	press->fd = -1;
	file = &press->files[press->count - 1];
	buf_addf(&name, "%0*ld-%0*ld", NUMBER_DIGITS, file->first,
	    NUMBER_DIGITS, file->last);
	if (press->setup.sheets == 0 && *press->class != '\0') {
		buf_addc(&name, '_');
		add_class(press->class, &name);
	}
	buf_adds(&name, ".pdf");
	file->name = buf_detach(&name);
	return result != 0 ? -1 :
	    folder_rename(&press->folder, work_name, file->name, err);
}

/* Whether the sheet belongs to another file than the one before. */
static int
is_new_file(const struct press *press, long number, const char *class)
{
	const struct press_file *file;

	if (press->draw == NULL)
		return 1;
	if (press->setup.kind != PRESS_SPLIT)
		return 0;
	file = &press->files[press->count - 1];
	if (press->setup.sheets > 0)
		return number >= file->first + press->setup.sheets;
	return strcmp(class, press->class) != 0;
}

static int
turn_to_file(struct press *press, long number, const char *class,
    struct buf *err)
{
	if (is_new_file(press, number, class)) {
		if (close_pdf(press, err) != 0 || open_pdf(press, err) != 0)
			return -1;
		if (press->setup.kind == PRESS_SPLIT) {
			press->files = xrealloc_array(press->files,
			    press->count + 1, sizeof *press->files);
			press->files[press->count++] =
			    (struct press_file){ number, number, NULL };
			free(press->class);
			press->class = xstrdup(class);
		}
	}
	if (press->setup.kind == PRESS_SPLIT)
		press->files[press->count - 1].last = number;
	return 0;
}

/* ---- sheets ---- */

struct draw *
press_sheet(struct press *press, long number, const char *class,
    struct buf *err)
{
	press->sheet = number;
	if (press->setup.kind != PRESS_RASTER)
		return turn_to_file(press, number, class, err) == 0 ?
		    press->draw : NULL;
	if (press->draw == NULL)
		press->draw = draw_raster_new(press->width, press->height,
		    press->setup.dpi);
	return press->draw;
}

static int
write_raster(struct press *press, struct buf *err)
{
	struct buf bytes = BUF_INIT, name = BUF_INIT;
	int result = -1;

	name_raster(press, press->sheet, &name);
	if (draw_end(press->draw, err) == 0 &&
	    raster_code(press->draw, press->setup.format, press->setup.dpi,
	    &bytes, err) == 0)
		result = folder_write(&press->folder, name.data, bytes.data,
		    bytes.len, err);
	buf_release(&bytes);
	buf_release(&name);
	return result;
}

int
press_sheet_end(struct press *press, struct buf *err)
{
	int result = 0;

	if (press->setup.kind == PRESS_RASTER)
		result = write_raster(press, err);
	draw_page_end(press->draw);
	return result;
}

int
press_break(struct press *press, struct buf *err)
{
	return press->setup.kind == PRESS_SPLIT ? close_pdf(press, err) : 0;
}

void
press_file(const struct press *press, long sheet, struct buf *out)
{
	const char *path = press->setup.path;
	size_t i;

	buf_adds(out, path);
	if (press->setup.kind == PRESS_PDF)
		return;
	if (out->len > 0 && out->data[out->len - 1] != '/')
		buf_addc(out, '/');
	if (press->setup.kind == PRESS_RASTER)
		name_raster(press, sheet, out);
	for (i = 0; i < press->count; i++)
		if (sheet >= press->files[i].first &&
		    sheet <= press->files[i].last)
			buf_adds(out, press->files[i].name);
}

/* ---- the end ---- */

static int
copy_out(struct press *press, struct buf *err)
{
	char piece[1 << 16];
	off_t at = 0;
	ssize_t got;

	while ((got = pread(press->fd, piece, sizeof piece, at)) > 0) {
		if (io_write_all(press->setup.output, piece, (size_t)got) != 0)
			break;
		at += got;
	}
	if (got != 0)
		fault_own_system(err, "cannot write standard output");
	return got != 0 ? -1 : 0;
}

/* digits-digits, then nothing or a class; sheet-digits. */
static int
is_own(const char *name)
{
	static const char digits[] = "0123456789";
	const char *point = strrchr(name, '.');
	size_t first = strspn(name, digits), second;

	if (point == NULL)
		return 0;
	if (strncmp(name, "sheet-", 6) == 0)
		return name + 6 + strspn(name + 6, digits) == point &&
		    (strcmp(point, ".jpg") == 0 || strcmp(point, ".tif") == 0);
	if (first < NUMBER_DIGITS || name[first] != '-' ||
	    strcmp(point, ".pdf") != 0)
		return 0;
	second = strspn(name + first + 1, digits);
	name += first + 1 + second;
	return second >= NUMBER_DIGITS && (*name == '_' || name == point);
}

int
press_publish(struct press *press, int replace, struct buf *err)
{
	int result = 0;

	if (!press->open)
		return 0;
	if (press->setup.kind != PRESS_RASTER)
		result = close_pdf(press, err);
	press->open = 0;
	if (result != 0)
		return -1;
	if (is_output(press))
		return copy_out(press, err);
	if (press->setup.kind == PRESS_PDF)
		return io_product_publish(&press->product,
		    replace ? IO_REPLACE : 0, err);
	return folder_publish(&press->folder, replace, is_own, err);
}

void
press_release(struct press *press)
{
	size_t i;

	draw_free(press->draw);
	if (press->fd >= 0 && press->fd != press->product.fd)
		close(press->fd);
	io_product_release(&press->product);
	folder_release(&press->folder);
	for (i = 0; i < press->count; i++)
		free(press->files[i].name);
	free(press->files);
	free(press->class);
	free(press->title);
	*press = (struct press)PRESS_INIT;
}
