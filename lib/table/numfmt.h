#ifndef TC_NUMFMT_H
#define TC_NUMFMT_H
/*
 * numfmt: the number in a spreadsheet's cell as the text that was meant.
 *
 * Dates are numbers that a format shows as dates.  Of all other formats only one
 * made of zeros matters ("00000000"): it shows leading zeros that belong to a
 * student number.
 */
struct buf;

enum numfmt_kind { NUMFMT_NUMBER, NUMFMT_DATE };

struct numfmt {
	enum numfmt_kind kind;
	int zeros;		/* digits to pad to, 0: none */
};

/* What a format code says; what a built-in format's number says (ECMA-376 part 1,
 * 18.8.30; 27-36 and 50-58 are dates in Chinese). */
struct numfmt numfmt_parse(const char *code);
struct numfmt numfmt_builtin(long number);

/* Append the text of value: digits without ".0", YYYY-MM-DD, and HH:MM:SS after a
 * space when there is a time of day.  date_1904: days count from 1904-01-01.
 * Returns 1 when the number has more than 15 digits, so that its last ones were
 * lost, else 0. */
int numfmt_text(double value, struct numfmt format, int date_1904,
    struct buf *out);

#endif
