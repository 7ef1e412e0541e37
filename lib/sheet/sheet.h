#ifndef TC_SHEET_H
#define TC_SHEET_H
/*
 * sheet: what is drawn on a sheet of prints.
 *
 * The only place that draws into a page's rectangles, for every kind of surface.
 */
struct draw;
struct draw_fit;
struct page;
struct picture;
struct template;

struct sheet {
	struct draw *draw;
	const struct page *page;
	const struct template *template;
};

/* The four texts round the prints; each may be "". */
struct sheet_heading {
	const char *left, *middle, *right;	/* above, or on the left */
	const char *foot;			/* below, or on the right */
};

/* Cut ticks, registration marks, ruler, and headings. */
void sheet_frame(const struct sheet *sheet,
    const struct sheet_heading *heading);

/* A student's print in a cell: the picture, and the text of its strip.  fit, which
 * may be NULL, says how the text was made to fit. */
void sheet_print(const struct sheet *sheet, int cell,
    const struct picture *picture, const char *strip, struct draw_fit *fit);

/* The cell of a student without picture: an outline and a word. */
void sheet_blank(const struct sheet *sheet, int cell, const char *word,
    const char *strip, struct draw_fit *fit);

/* The text beside a row, where the template has a column for it. */
void sheet_label(const struct sheet *sheet, int row, const char *text);

#endif
