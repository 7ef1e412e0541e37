#ifndef TC_CHART_H
#define TC_CHART_H
/*
 * chart: pictures of numbers as SVG, for a page.
 *
 * Colours are the page's: parts have the classes "part0", "part1" ..., texts "label".
 * Units are CSS pixels at the natural size; the page may scale.
 */
#include <stddef.h>	/* size_t */

struct buf;

enum { CHART_PARTS = 4 };

struct chart_bar {
	const char *name;	/* shortened to fit */
	const char *value;	/* behind the bar */
	long parts[CHART_PARTS];
};

/* Append stacked horizontal bars, one below the other, scaled to the longest. */
void chart_bars(const char *title, const struct chart_bar *bars, size_t count,
    struct buf *html);
/* Append one stacked bar for a table's row; all have one length, and show shares of their
 * sums. */
void chart_share(const char *title, const long parts[static CHART_PARTS],
    struct buf *html);

struct chart_point {
	const char *name;	/* below the axis, some of them */
	long values[2];
};
/* Append two lines over points at equal distances. */
void chart_lines(const char *title, const struct chart_point *points, size_t count,
    struct buf *html);

#endif
