#include "lib/office/chart.h"

#include <stdint.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"
#include "lib/product/markup.h"

enum {
	WIDTH = 600, ROW = 24, BAR = 15, NAME_WIDTH = 150, VALUE_WIDTH = 96,
	NAME_COLUMNS = 20, BASE = 16,	/* of a text, below the row's top */
	LINES_HEIGHT = 240, LEFT = 62, RIGHT = 590, TOP = 12, BOTTOM = 210,
	TICKS = 4, NAMES_MAX = 8,
	SHARE_WIDTH = 160, SHARE_HEIGHT = 12
};

static void
begin(const char *title, int width, int height, struct buf *html)
{
	buf_addf(html, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", width,
	    height);
	markup_text(title, html);
	buf_adds(html, "\">");
}

/* As much of a text as so many columns: a Chinese character takes two. */
static void
add_shortened(const char *text, int columns, struct buf *html)
{
	struct buf cut = BUF_INIT;
	size_t left = strlen(text), len;
	uint32_t code;

	while (left > 0) {
		len = text_char(text, left, &code);
		columns -= len > 2 ? 2 : 1;
		if (columns < 0)
			break;
		len = len > 0 ? len : 1;
		buf_add(&cut, text, len);
		text += len;
		left -= len;
	}
	if (left > 0)
		buf_adds(&cut, "…");
	markup_text(cut.data, html);
	buf_release(&cut);
}

static void
add_part(int part, double x, int y, double width, int height, struct buf *html)
{
	if (width > 0)
		buf_addf(html, "<rect class=\"part%d\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" "
		    "height=\"%d\"/>", part, x, y, width, height);
}

static long
sum_of(const long parts[static CHART_PARTS])
{
	long sum = 0;

	for (int i = 0; i < CHART_PARTS; i++)
		sum += parts[i];
	return sum;
}

static void
add_parts(const long parts[static CHART_PARTS], double scale, double x, int y,
    int height, struct buf *html)
{
	for (int i = 0; i < CHART_PARTS; i++) {
		add_part(i, x, y, (double)parts[i] * scale, height, html);
		x += (double)parts[i] * scale;
	}
}

void
chart_bars(const char *title, const struct chart_bar *bars, size_t count,
    struct buf *html)
{
	const int room = WIDTH - NAME_WIDTH - VALUE_WIDTH;
	long longest = 1, sum;

	for (size_t i = 0; i < count; i++)
		if ((sum = sum_of(bars[i].parts)) > longest)
			longest = sum;
	begin(title, WIDTH, (int)count * ROW + 2, html);
	for (size_t i = 0; i < count; i++) {
		double scale = (double)room / (double)longest;
		int y = (int)i * ROW;

		buf_addf(html, "<text class=\"label end\" x=\"%d\" y=\"%d\">",
		    NAME_WIDTH - 8, y + BASE);
		add_shortened(bars[i].name, NAME_COLUMNS, html);
		buf_adds(html, "</text>");
		add_parts(bars[i].parts, scale, NAME_WIDTH, y + 4, BAR, html);
		buf_addf(html, "<text class=\"label\" x=\"%.1f\" y=\"%d\">",
		    NAME_WIDTH + (double)sum_of(bars[i].parts) * scale + 6, y + BASE);
		markup_text(bars[i].value, html);
		buf_adds(html, "</text>");
	}
	buf_adds(html, "</svg>");
}

void
chart_share(const char *title, const long parts[static CHART_PARTS],
    struct buf *html)
{
	long sum = sum_of(parts);

	begin(title, SHARE_WIDTH, SHARE_HEIGHT, html);
	add_parts(parts, sum > 0 ? SHARE_WIDTH / (double)sum : 0, 0, 0, SHARE_HEIGHT,
	    html);
	buf_adds(html, "</svg>");
}

/* ---- lines ---- */

/* The least of 1, 2, 5, 10, 20 ... that makes no more than so many steps. */
static long
step_of(long most)
{
	static const int factors[] = { 1, 2, 5 };
	long power = 1;

	for (;; power *= 10)
		for (int i = 0; i < 3; i++)
			if (power * factors[i] * TICKS >= most)
				return power * factors[i];
}

static double
place_of(size_t index, size_t count)
{
	return count < 2 ? LEFT : LEFT + (double)(RIGHT - LEFT) * (double)index /
	    (double)(count - 1);
}

static double
height_of(long value, long most)
{
	return BOTTOM - (double)(BOTTOM - TOP) * (double)value / (double)most;
}

static void
add_line(const struct chart_point *points, size_t count, int which, long most,
    struct buf *html)
{
	buf_addf(html, "<polyline class=\"line%d\" points=\"", which);
	for (size_t i = 0; i < count; i++)
		buf_addf(html, "%s%.1f,%.1f", i > 0 ? " " : "", place_of(i, count),
		    height_of(points[i].values[which], most));
	buf_adds(html, "\"/>");
	for (size_t i = 0; i < count && count <= NAMES_MAX * 4; i++)
		buf_addf(html, "<circle class=\"dot%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>",
		    which, place_of(i, count), height_of(points[i].values[which],
		    most));
}

static void
add_axes(const struct chart_point *points, size_t count, long step, long most,
    struct buf *html)
{
	size_t each = (count + NAMES_MAX - 1) / NAMES_MAX;

	for (long value = 0; value <= most; value += step)
		buf_addf(html, "<path class=\"axis\" d=\"M%d %.1fH%d\"/>"
		    "<text class=\"label end\" x=\"%d\" y=\"%.1f\">%ld</text>", LEFT,
		    height_of(value, most), RIGHT, LEFT - 6,
		    height_of(value, most) + 4, value);
	for (size_t i = 0; i < count; i += each) {
		buf_addf(html, "<text class=\"label %s\" x=\"%.1f\" y=\"%d\">",
		    i > 0 && i + 1 == count ? "end" : "middle",
		    place_of(i, count), LINES_HEIGHT - 8);
		markup_text(points[i].name, html);
		buf_adds(html, "</text>");
	}
}

void
chart_lines(const char *title, const struct chart_point *points, size_t count,
    struct buf *html)
{
	long most = 1, step;

	for (size_t i = 0; i < count; i++)
		for (int k = 0; k < 2; k++)
			if (points[i].values[k] > most)
				most = points[i].values[k];
	step = step_of(most);
	most = (most + step - 1) / step * step;
	begin(title, WIDTH, LINES_HEIGHT, html);
	add_axes(points, count, step, most, html);
	add_line(points, count, 0, most, html);
	add_line(points, count, 1, most, html);
	buf_adds(html, "</svg>");
}
