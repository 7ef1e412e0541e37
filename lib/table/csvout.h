#ifndef TC_CSVOUT_H
#define TC_CSVOUT_H
/*
 * csvout: RFC 4180 tables that spreadsheets open without harm.
 *
 * UTF-8 with a byte order mark (Excel takes it for the local code page
 * otherwise), CR LF after each row, cells quoted where they need it.  A text
 * that a spreadsheet would run as a formula (first character = + - @, a tab or
 * a carriage return) gets an apostrophe in front, which makes it text.
 *
 *	struct csvout csv = { &text, 0 };
 *	csvout_begin(&csv);
 *	csvout_text(&csv, name), csvout_number(&csv, 12, 0), csvout_row(&csv);
 *
 * The table is appended to a buf, which the caller may write out and clear
 * after any row.
 */
struct buf;

struct csvout {
	struct buf *out;	/* borrowed */
	int column;		/* of the next cell, from 0 */
};

/* Append the byte order mark. */
void csvout_begin(struct csvout *csv);
/* Append a cell; a NULL text is an empty one. */
void csvout_text(struct csvout *csv, const char *text);
void csvout_number(struct csvout *csv, double value, int decimals);
/* End the row. */
void csvout_row(struct csvout *csv);

#endif
