#include "lib/sheet/layout_parts.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/delivery.h"
#include "lib/batch/journal.h"
#include "lib/picture/jpg.h"
#include "lib/profile/profile.h"
#include "lib/sheet/draw.h"
#include "lib/sheet/kisscut.h"
#include "lib/sheet/printindex.h"
#include "lib/sheet/strip.h"
#include "lib/stream/stream.h"

enum { IMAGE_BYTES_MAX = 4 << 20 };	/* a registration image has some 40 KB */

/* ---- pictures ---- */

int
layout_read_image(const struct layout *layout, const struct node *photo,
    struct buf *bytes, struct buf *err)
{
	return batch_load_image(layout->segment->batch, node_get(photo, "normalized"),
	    IMAGE_BYTES_MAX, bytes, err);
}

static struct picture *
load_picture(const struct layout *layout, const struct node *photo,
    int raster, struct buf *err)
{
	const char *id = node_text(photo, "id");
	struct picture *picture = NULL;
	unsigned char *pixels = NULL;
	struct buf bytes = BUF_INIT;

	if (layout_read_image(layout, photo, &bytes, err) == 0 &&
	    (!raster || (pixels = jpg_decode(bytes.data, bytes.len, err)) != NULL))
		picture = picture_new(&bytes, id != NULL ? id : "?", err);
	if (picture != NULL && pixels != NULL)
		picture_set_pixels(picture, pixels);
	free(pixels);
	buf_release(&bytes);
	return picture;
}

/* ---- students ---- */

/* The photo record of an entry, its student as the table wants him called. */
static struct node *
held_photo(struct layout *layout, const struct order_entry *entry)
{
	struct node *photo = stream_held(layout->segment, entry->index);

	if (entry->place > 0)
		printin_override(&layout->table.rows[entry->place - 1],
		    node_get(photo, "student"));
	return photo;
}

static void
note_place(struct order_entry *entry, const struct book_place *place,
    const struct node *photo)
{
	const char *id = node_text(photo, "id");

	if (id == NULL)
		id = "?";
	entry->sheet = (uint32_t)place->sheet;
	entry->row = (uint16_t)place->row;
	if (place->fit.shortened) {
		entry->notes |= NOTE_SHORTENED;
		msg_warn("photo '%s': its strip was shortened to fit", id);
	}
	if (place->fit.unknown > 0) {
		entry->notes |= NOTE_UNKNOWN;
		msg_warn("photo '%s': %d characters of its strip are in no font", id,
		    place->fit.unknown);
	}
}

/* What the journal calls the sheets. */
static const char *
file_name(const struct layout *layout)
{
	const char *path = layout->options->presses[0].path;
	const char *slash = path != NULL ? strrchr(path, '/') : NULL;

	return slash != NULL && slash[1] != '\0' ? slash + 1 : path != NULL ? path : "-";
}

static void
sum_strip(const struct layout *layout, const struct node *student,
    char sum[static HASH_TEXT])
{
	strip_sum(layout->setup.pattern, student, layout->setup.school,
	    layout->setup.rule, sum);
}

static int
is(const char *text, const char *other)
{
	return text != NULL && other != NULL && strcmp(text, other) == 0;
}

int
layout_has_printed(const struct layout *layout, const struct node *photo,
    const struct node *student)
{
	const struct node *list = node_get(photo, "printed"), *last = NULL;
	char sum[HASH_TEXT];

	for (size_t i = 0; i < node_count(list); i++)
		if (!is(node_text(node_at(list, i), "file_name"), file_name(layout)))
			last = node_at(list, i);
	if (last == NULL)
		return 0;
	sum_strip(layout, student, sum);
	return is(node_text(last, "image"), node_text(node_get(photo, "normalized"),
	    "sha256")) && (node_text(last, "after") == NULL ||
	    is(node_text(last, "after"), sum));
}

/* first is whether this is the first of the outputs. */
static int
draw_student(struct layout *layout, struct book *book, size_t i, int first,
    struct buf *err)
{
	struct order_entry *entry = &layout->order.entries[i];
	struct node *photo = held_photo(layout, entry);
	int blank = entry->notes & NOTE_BLANK, result = -1;
	struct book_content content = { NULL, "" };
	struct picture *picture = NULL;
	struct book_place place;
	char sum[HASH_TEXT];

	if (blank)
		content.word = pick_word(
		    (enum pick)layout->picks[entry->index], status_of(photo),
		    layout->setup.chinese);
	else
		content.picture = picture = load_picture(layout, photo,
		    book->press->setup.kind == PRESS_RASTER, err);
	if (blank || picture != NULL)
		result = book_add(book, i, node_get(photo, "student"), &content,
		    &place, err);
	if (result == 0 && first) {
		note_place(entry, &place, photo);
		if (!blank && !layout->setup.proof && node_text(node_get(photo,
		    "source"), "sha256") != NULL) {
			sum_strip(layout, node_get(photo, "student"), sum);
			delivery_take(layout->printed_in[layout->batches - 1],
			    photo, 1, sum);
		}
	}
	picture_free(picture);
	node_free(photo);
	return result;
}

static int
print_book(struct layout *layout, int number, struct buf *err)
{
	struct press *press = &layout->presses[number];
	const struct order *order = &layout->order;
	struct book book;
	size_t i;
	int result = 0;

	if (!press->open && press_open(press, &layout->options->presses[number],
	    layout->page.width, layout->page.height, layout->segment->batch,
	    err) != 0)
		return -1;
	book_begin(&book, &layout->setup, press, layout->sheets, order);
	for (i = 0; i < order->count && result == 0; i++) {
		result = draw_student(layout, &book, i, number == 0, err);
		msg_progress((long)i + 1, (long)order->count);
	}
	if (result == 0)
		result = book_end(&book, err);
	if (result == 0)
		result = press_break(press, err);
	book_release(&book);
	return result;
}

/* ---- index ---- */

static void
fill_row(const struct layout *layout, const struct node *photo,
    struct buf *name, struct buf *class, struct printindex_row *row)
{
	const struct node *student = node_get(photo, "student");
	const char *text = node_text(student, "name");

	buf_clear(name);
	buf_clear(class);
	if (text != NULL)
		mask_name(text, layout->setup.rule, name);
	order_title(&layout->order, student, class);
	memset(row, 0, sizeof *row);
	row->student_no = node_text(student, "student_no");
	row->name = name->data;
	row->class = class->data;
	row->file = row->remark = "";
}

static const char *
remark_of(const struct layout *layout, int notes)
{
	int zh = layout->setup.chinese;

	if (notes & NOTE_UNKNOWN)
		return zh ? "有字库缺字" : "a character is in no font";
	return notes & NOTE_SHORTENED ? zh ? "信息条文字已截短" :
	    "the strip's text is shortened" : "";
}

static void
index_printed(struct layout *layout, long *prints)
{
	struct buf name = BUF_INIT, class = BUF_INIT, file = BUF_INIT;
	const struct order_entry *entry;
	struct printindex_row row;
	struct node *photo;
	size_t i;

	for (i = 0; i < layout->order.count; i++) {
		entry = &layout->order.entries[i];
		if (entry->notes & NOTE_BLANK)
			continue;
		photo = held_photo(layout, entry);
		fill_row(layout, photo, &name, &class, &row);
		buf_clear(&file);
		press_file(&layout->presses[0], entry->sheet, &file);
		row.file = file.data;
		row.sheet = entry->sheet;
		row.row = entry->row;
		row.copies = entry->copies;
		row.remark = remark_of(layout, entry->notes);
		printindex_print(layout->index, &row);
		*prints += entry->copies;
		node_free(photo);
	}
	buf_release(&name);
	buf_release(&class);
	buf_release(&file);
}

static void
index_left(struct layout *layout)
{
	struct buf name = BUF_INIT, class = BUF_INIT;
	struct printindex_row row;
	struct node *photo;
	enum pick pick;
	size_t i;

	for (i = 0; i < layout->photos; i++) {
		pick = (enum pick)layout->picks[i];
		if (pick == PICK_PRINT || pick == PICK_NOT_WANTED)
			continue;
		photo = stream_held(layout->segment, i);
		if (pick_is_student(photo)) {
			fill_row(layout, photo, &name, &class, &row);
			row.remark = pick_reason(pick, status_of(photo),
			    layout->setup.chinese);
			printindex_left(layout->index, &row);
		}
		node_free(photo);
	}
	buf_release(&name);
	buf_release(&class);
}

static void
fill_index(struct layout *layout, long sheets)
{
	struct buf paper = BUF_INIT;
	long prints = 0;

	index_printed(layout, &prints);
	index_left(layout);
	buf_addf(&paper, "%s %g × %g mm", profile_text(
	    layout->segment->profile, "print", "template"),
	    layout->page.width, layout->page.height);
	printindex_paper(layout->index, paper.data, sheets, prints);
	buf_release(&paper);
}

int
layout_print(struct layout *layout, struct buf *err)
{
	struct book book;
	size_t at;
	long sheets;
	int i;

	/* planned only, to count sheets */
	book_begin(&book, &layout->setup, NULL, layout->sheets, &layout->order);
	sheets = book.end - book.first;
	book_release(&book);
	for (at = 0; at < layout->order.count; at++)
		layout->printed += (layout->order.entries[at].notes & NOTE_BLANK) == 0;
	for (i = 0; i < layout->options->press_count && sheets > 0; i++)
		if (print_book(layout, i, err) != 0)
			return -1;
	if (layout->index != NULL)
		fill_index(layout, sheets);
	layout->sheets += sheets;
	return 0;
}

/* ---- cutting ---- */

int
layout_cut(struct layout *layout, struct buf *err)
{
	const struct layout_options *options = layout->options;
	struct io_product product;
	struct buf text = BUF_INIT;
	const char *end;
	int i, result = 0;

	for (i = 0; i < 2 && result == 0 && !layout->cut_done; i++) {
		if (options->cut[i] == NULL)
			break;
		buf_clear(&text);
		end = strrchr(options->cut[i], '.');
		(end != NULL && strcmp(end, ".svg") == 0 ? kisscut_svg :
		    kisscut_pdf)(&layout->page, &layout->template, &text);
		result = io_product_open(&product, options->cut[i], err);
		if (result != 0)
			break;
		result = io_product_write(&product, text.data, text.len, err);
		if (result != 0)
			io_product_release(&product);
		else
			result = io_product_publish(&product,
			    options->force ? IO_REPLACE : 0, err);
	}
	layout->cut_done = 1;
	buf_release(&text);
	return result;
}

/* ---- what goes to the journals ---- */

int
layout_open_journal(struct layout *layout, struct buf *err)
{
	layout->printed_in = xrealloc_array(layout->printed_in,
	    layout->batches + 1, sizeof *layout->printed_in);
	layout->printed_in[layout->batches] = delivery_new(layout->segment->batch,
	    JOURNAL_PRINT, err);
	return layout->printed_in[layout->batches++] != NULL ? 0 : -1;
}

/* What was printed, of each batch: a picture that turns out to be wrong is called
 * back (tc-export recall). */
int
layout_record_prints(struct layout *layout, struct buf *err)
{
	int result = 0;

	for (size_t i = 0; i < layout->batches && result == 0; i++) {
		delivery_volume(layout->printed_in[i], 1, file_name(layout), "");
		result = delivery_record(layout->printed_in[i], err);
	}
	return result;
}

void
layout_close_journals(struct layout *layout)
{
	for (size_t i = 0; i < layout->batches; i++)
		delivery_free(layout->printed_in[i]);
	free(layout->printed_in);
}
