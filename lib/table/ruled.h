#ifndef TC_RULED_H
#define TC_RULED_H
/*
 * ruled: a sheet of a workbook that is one ruled table with a heading.
 */
struct xlsx;

struct ruled_column {
	const char *heading;
	double width;		/* in characters; 0: hidden */
};

struct ruled {
	struct xlsx *xlsx;
	const struct ruled_column *columns;
	int count;
	int sheet, row;		/* the row in work, 0 the heading */
	int column;		/* of the next cell */
	int lines;		/* of text that the row's height holds */
};

/* Add a sheet with its heading. */
void ruled_begin(struct ruled *ruled, struct xlsx *xlsx, const char *name,
    const struct ruled_column *columns, int count);
/* Begin a row on this sheet; it grows with the lines of its texts, and cells that it is not
 * given are empty. */
void ruled_row(struct ruled *ruled);
/* The row's next cell: a text, empty for NULL, or a number. */
void ruled_text(struct ruled *ruled, const char *text, unsigned int style);
void ruled_number(struct ruled *ruled, double value, unsigned int style);
/* The same, empty where the value is 0. */
void ruled_count(struct ruled *ruled, long value, unsigned int style);
/* After the last row: set a filter on the heading (or write that there are no rows) and the
 * page, enum xlsx_page. */
void ruled_end(struct ruled *ruled, unsigned int page);

#endif
