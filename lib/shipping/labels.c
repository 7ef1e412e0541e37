#include "lib/shipping/labels.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"
#include "lib/product/kind.h"
#include "lib/sheet/area.h"
#include "lib/sheet/draw.h"
#include "lib/shipping/consign.h"
#include "lib/shipping/labelpaper.h"

/* Parts of a label's height. */
static const double head = 0.16, where = 0.34, school = 0.18, whom = 0.20;

static const double small = 0.75, large = 1.25;	/* of the size of type */

/* Write a line over a part of the label's height; returns what is below it. */
static struct area
write_line(struct draw *draw, struct area label, double height, const char *text,
    const struct draw_style *style)
{
	struct area line = { label.x, label.y, label.w, height };

	draw_text(draw, &line, text, style, NULL);
	label.y += height;
	label.h -= height;
	return label;
}

static void
write_label(struct draw *draw, const struct consign *consign,
    const struct consignment *item, struct area label, double size)
{
	const struct draw_style plain = { size, ALIGN_LEFT, 0 };
	const struct draw_style little = { size * small, ALIGN_LEFT, 0 };
	const struct draw_style big = { size * large, ALIGN_LEFT, 0 };
	struct buf text = BUF_INIT;
	double height = label.h;

	label = write_line(draw, label, height * head, item->postcode, &plain);
	label = write_line(draw, label, height * where, item->address, &plain);
	buf_addf(&text, "%s%s%s", item->school, item->to == CONSIGN_POINT ? " " : "",
	    item->to == CONSIGN_POINT ? item->name : "");
	label = write_line(draw, label, height * school, text.data, &plain);
	buf_clear(&text);
	buf_addf(&text, "%s（收）  %s", item->recipient, item->phone);
	label = write_line(draw, label, height * whom, text.data, &big);
	buf_clear(&text);
	buf_addf(&text, "%s　%ld 人 %ld 张　%s　寄：%s", item->number, item->persons,
	    item->prints, item->weight, consign->sender);
	write_line(draw, label, label.h, text.data, &little);
	buf_release(&text);
}

/* How many parcels get none. */
static long
draw_labels(const struct consign *consign, const struct labelpaper *paper,
    struct draw *draw)
{
	int place = 0;
	long unknown = 0;

	for (size_t i = 0; i < consign->count; i++) {
		const struct consignment *item = &consign->items[i];

		if (item->held)
			continue;
		if (*item->address == '\0') {
			unknown++;
			continue;
		}
		if (place == labelpaper_count(paper)) {
			draw_page_end(draw);
			place = 0;
		}
		write_label(draw, consign, item, labelpaper_area(paper, place++),
		    paper->size);
	}
	draw_page_end(draw);
	return unknown;
}

static int
labels_write(struct consign *consign, struct buf *err)
{
	struct draw_document document = { .title = "address-labels",
	    .time = consign->created };
	struct labelpaper paper;
	struct draw *draw;
	long unknown;
	int result;

	if (labelpaper_load(&paper, consign->labels, err) != 0)
		return -1;
	document.width = paper.width;
	document.height = paper.height;
	draw = draw_pdf_new(consign->product.fd, &document);
	unknown = draw_labels(consign, &paper, draw);
	if (unknown > 0)
		msg_warn("%ld parcels get no label: their address is not known", unknown);
	result = draw_end(draw, err);
	draw_free(draw);
	return result;
}

static void *
labels_start(const struct kind_options *options)
{
	return consign_new(options, &labels_kind, labels_write);
}

const struct kind labels_kind = {
	.name = "labels",
	.what = "address labels for the parcels, PDF",
	.title = "地址标签",
	.extension = ".pdf",
	.takes = KIND_INCLUDE,
	.filter = &consign_filter,
	.start = labels_start,
	.describe = consign_describe,
	.stop = consign_stop
};
