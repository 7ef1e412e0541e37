/* tc-layout: print sheets of the students whose images conform, tc-layout(1). */
#include <getopt.h>
#include <string.h>

#include "lib/area.h"
#include "lib/batch.h"
#include "lib/book.h"
#include "lib/buf.h"
#include "lib/draw.h"
#include "lib/hash.h"
#include "lib/io.h"
#include "lib/msg.h"
#include "lib/node.h"
#include "lib/order.h"
#include "lib/page.h"
#include "lib/profile.h"
#include "lib/status.h"
#include "lib/stream.h"
#include "lib/strip.h"
#include "lib/template.h"
#include "lib/tool.h"

enum {
	IMAGE_BYTES_MAX = 4 << 20,	/* a registration image has some 40 KB */
	COPIES_MAX = 100
};

/* order_entry.notes: what happened to the strip's text. */
enum { NOTE_SHORTENED = 1 << 0, NOTE_UNKNOWN = 1 << 1 };

struct layout {
	const char *path;		/* -o */
	int force;
	struct io_product product;
	struct draw *draw;

	/* of the segment */
	struct segment *segment;
	struct template template;
	struct page page;
	struct book_setup setup;
	struct order order;

	/* of the file */
	long printed, sheets;
	long status[STATUS_COUNT];	/* left out for it */
	long unmade, nonconforming, damaged;
};

/* ---- a segment begins ---- */

static int
load_print(struct layout *layout, const struct profile *profile,
    struct page_print *print, struct buf *err)
{
	long copies = profile_integer(profile, "print", "copies");
	int rule = mask_rule_parse(profile_text(profile, "mask", "name"));

	print->image_width = profile_number(profile, "print", "image_width");
	print->image_height = profile_number(profile, "print", "image_height");
	print->strip_height = profile_number(profile, "print", "strip_height");
	if (print->image_width < 5 || print->image_height < 5 ||
	    print->strip_height < 0 || copies < 1 || copies > COPIES_MAX) {
		buf_addf(err, "profile '%s': section 'print' has a size or a number "
		    "of copies that cannot be", profile_name(profile));
		return -1;
	}
	if (rule < 0) {
		buf_addf(err, "profile '%s': no such rule for masking names",
		    profile_name(profile));
		return -1;
	}
	layout->setup.copies = (int)copies;
	layout->setup.rule = (enum mask_rule)rule;
	layout->setup.pattern = profile_text(profile, "strip", "lines");
	layout->setup.chinese = strcmp(profile_text(profile, "profile",
	    "language"), "zh") == 0;
	return strip_check(layout->setup.pattern, err);
}

static int
check_strip(const struct layout *layout, struct buf *err)
{
	struct area strip = page_strip(&layout->page, 0);
	int rows = draw_rows_max(strip.h - 2 * layout->template.strip_padding);

	if (strip.h <= 0 || strip_lines(layout->setup.pattern) <= rows)
		return 0;
	buf_addf(err, "the strip has %d lines, and %g mm hold %d",
	    strip_lines(layout->setup.pattern), strip.h, rows);
	return -1;
}

static int
begin(void *state, struct segment *segment, struct buf *err)
{
	struct layout *layout = state;
	double width = layout->page.width, height = layout->page.height;
	struct page_print print;

	layout->segment = segment;
	order_release(&layout->order);
	page_release(&layout->page);
	if (load_print(layout, segment->profile, &print, err) != 0 ||
	    template_load(&layout->template, profile_text(segment->profile,
	    "print", "template"), err) != 0 ||
	    page_plan(&layout->page, &layout->template, &print, err) != 0 ||
	    check_strip(layout, err) != 0)
		return -1;
	if (segment->number > 0 && (layout->page.width != width ||
	    layout->page.height != height)) {
		buf_adds(err, "the batches are printed on papers of different "
		    "sizes, which one file cannot hold");
		return -1;
	}
	return 0;
}

/* ---- who is printed ---- */

static int
read_image(const struct layout *layout, const struct node *photo,
    struct buf *bytes, struct buf *err)
{
	const struct node *normalized = node_get(photo, "normalized");
	const char *name = node_text(normalized, "path");
	const char *said = node_text(normalized, "sha256");
	struct buf path = BUF_INIT;
	char hash[HASH_TEXT];
	int result = -1;

	if (name == NULL || said == NULL) {
		buf_adds(err, "its registration image has no path or no sha256");
		return -1;
	}
	batch_path(layout->segment->batch, name, &path);
	if (io_read_file(path.data, IMAGE_BYTES_MAX, bytes, err) != 0)
		goto out;
	hash_bytes(bytes->data, bytes->len, hash);
	if (strcmp(hash, said) != 0) {
		buf_addf(err, "'%s' is not the registration image that was made",
		    name);
		goto out;
	}
	result = 0;
out:
	buf_release(&path);
	return result;
}

static int
collect(void *state, struct node *photo, size_t index, struct buf *err)
{
	struct layout *layout = state;
	const struct node *normalized = node_get(photo, "normalized");
	enum status status = status_of(photo);
	struct buf bytes = BUF_INIT;
	struct picture *picture;

	if (status != STATUS_PASS) {
		if (status != STATUS_COUNT)
			layout->status[status]++;
		return 0;
	}
	if (!node_true(normalized, "conforms")) {
		if (normalized == NULL)
			layout->unmade++;
		else
			layout->nonconforming++;
		return 0;
	}
	/* read now, so that a damaged image costs its own record only */
	picture = read_image(layout, photo, &bytes, err) != 0 ? NULL :
	    picture_new(&bytes, "", err);
	buf_release(&bytes);
	if (picture == NULL) {
		layout->damaged++;
		return -1;
	}
	picture_free(picture);
	order_add(&layout->order, node_get(photo, "student"), index);
	return 0;
}

/* ---- drawing ---- */

static void
note_place(struct order_entry *entry, const struct book_place *place,
    const char *id)
{
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

static int
draw_student(struct layout *layout, struct book *book, size_t i,
    struct buf *err)
{
	struct order_entry *entry = &layout->order.entries[i];
	struct node *photo = stream_held(layout->segment, entry->index);
	const char *id = node_text(photo, "id");
	struct picture *picture = NULL;
	struct buf bytes = BUF_INIT;
	struct book_place place;

	if (id == NULL)
		id = "?";
	if (read_image(layout, photo, &bytes, err) == 0)
		picture = picture_new(&bytes, id, err);
	if (picture != NULL) {
		book_add(book, node_get(photo, "student"), picture,
		    order_new_class(&layout->order, i), &place);
		note_place(entry, &place, id);
		layout->printed++;
	}
	buf_release(&bytes);
	node_free(photo);
	if (picture == NULL)
		return -1;
	picture_free(picture);
	return 0;
}

static int
open_file(struct layout *layout, struct buf *err)
{
	struct draw_document document = { .width = layout->page.width,
	    .height = layout->page.height,
	    .time = batch_time(layout->segment->batch) };
	struct buf title = BUF_INIT;

	if (io_product_open(&layout->product, layout->path, err) != 0)
		return -1;
	buf_addf(&title, "tc batch %s", layout->segment->batch->id);
	document.title = title.data;
	layout->draw = draw_pdf_new(layout->product.fd, &document);
	buf_release(&title);
	return 0;
}

static int
end(void *state, struct segment *segment, struct buf *err)
{
	struct layout *layout = state;
	const struct batch *batch = segment->batch;
	struct order *order = &layout->order;
	struct book book;
	size_t i;

	if (order->count == 0)
		return 0;
	if (layout->draw == NULL && open_file(layout, err) != 0)
		return -1;
	order_sort(order);
	layout->setup.template = &layout->template;
	layout->setup.page = &layout->page;
	layout->setup.school = batch->school_name;
	layout->setup.batch = batch->id;
	layout->setup.date = batch->date;
	layout->setup.subset = segment->subset;
	book_begin(&book, &layout->setup, layout->draw, layout->sheets, order);
	layout->sheets = book.end;
	for (i = 0; i < order->count; i++) {
		if (draw_student(layout, &book, i, err) != 0)
			break;
		msg_progress((long)i + 1, (long)order->count);
	}
	book_end(&book);
	if (i < order->count)
		return -1;
	order_sort_indexes(order);
	return 0;
}

/* ---- what is told ---- */

static void
finish(void *state, struct node *photo, size_t index)
{
	struct layout *layout = state;
	struct order_entry *entry = order_find(&layout->order, index);
	struct node *print;

	node_remove(photo, "print");
	if (entry == NULL)
		return;
	print = node_set(photo, "print", node_object());
	node_set_text(print, "file", layout->path);
	node_set_integer(print, "sheet", entry->sheet);
	node_set_integer(print, "row", entry->row);
	if (entry->notes & NOTE_SHORTENED)
		node_set_flag(print, "shortened", 1);
	if (entry->notes & NOTE_UNKNOWN)
		node_set_flag(print, "unknown_glyphs", 1);
}

static void
add_reason(struct buf *out, long count, const char *reason)
{
	if (count > 0)
		buf_addf(out, "%s%ld %s", out->len > 0 ? ", " : "", count, reason);
}

static void
summarize(const struct layout *layout)
{
	struct buf reasons = BUF_INIT;
	int i;

	for (i = 0; i < STATUS_COUNT; i++)
		add_reason(&reasons, layout->status[i], status_name((enum status)i));
	add_reason(&reasons, layout->unmade, "without registration image");
	add_reason(&reasons, layout->nonconforming, "not conforming");
	add_reason(&reasons, layout->damaged, "with a damaged image");
	msg_note("%ld students on %ld sheets; left out: %s", layout->printed,
	    layout->sheets, reasons.len > 0 ? reasons.data : "none");
	buf_release(&reasons);
}

static int
publish(void *state, struct buf *err)
{
	struct layout *layout = state;

	msg_progress_end();
	summarize(layout);
	if (layout->draw == NULL) {
		msg_warn("nothing to print, so '%s' was not written", layout->path);
		return 0;
	}
	if (draw_end(layout->draw, err) != 0)
		return -1;
	return io_product_publish(&layout->product,
	    layout->force ? IO_REPLACE : 0, err);
}

static void
release(struct layout *layout)
{
	draw_free(layout->draw);
	io_product_release(&layout->product);
	order_release(&layout->order);
	page_release(&layout->page);
}

static const char usage[] =
    "usage: tc-layout [-hqV] [-d DIR] [-p PROFILE] [--force] [--lang LANG]\n"
    "                 [--reprofile] [--subset] -o FILE.pdf [MANIFEST]\n";

static void
parse_options(int argc, char **argv, struct layout *layout,
    struct stream_options *options)
{
	static const struct option longs[] = {
		TOOL_LONG, { NULL, 0, NULL, 0 }
	};
	int option;

	while ((option = getopt_long(argc, argv, TOOL_SHORT "o:", longs,
	    NULL)) != -1)
		if (!tool_option(option, optarg, usage, options))
			layout->path = optarg;
	if (layout->path == NULL)
		tool_usage_error(usage, "-o is needed: the file of the sheets");
	if (argc - optind > 1)
		tool_usage_error(usage, "more than one manifest");
	options->manifest = argv[optind];
	layout->force = options->force;
}

int
main(int argc, char **argv)
{
	static const struct stream_filter filter = {
		.tool = "tc-layout", .holds = 1, .begin = begin,
		.collect = collect, .end = end, .finish = finish,
		.publish = publish
	};
	struct layout layout = { .product = { .fd = -1 }, .order = ORDER_INIT };
	struct stream_options options = { 0 };
	int status;

	io_init("tc-layout");
	parse_options(argc, argv, &layout, &options);
	status = stream_run(&filter, &layout, &options);
	release(&layout);
	return io_finish(status);
}
