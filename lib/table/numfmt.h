#ifndef TC_NUMFMT_H
#define TC_NUMFMT_H
/*
 * numfmt: the number in a spreadsheet's cell as the text that was meant.
 *
 * Dates are numbers that a format shows as dates.  Of the other formats only those matter
 * that add to a student's number: leading zeros ("00000000"), signs between the digits
 * (000-0000), a part that is the same for all ("2026"0000).
 */
struct buf;

enum numfmt_kind { NUMFMT_NUMBER, NUMFMT_DATE };

enum { NUMFMT_SHOWN_MAX = 48 };

struct numfmt {
	enum numfmt_kind kind;
	int zeros;		/* digits to pad to, 0: none */
	int other;		/* the format is not understood here */
	char shown[NUMFMT_SHOWN_MAX];	/* text between the digits, which are
					 * bytes 1 ('0') and 2 ('#'); or "" */
};

enum numfmt_flags {
	NUMFMT_DAMAGED = 1 << 0,	/* more than 15 digits: the last are lost */
	NUMFMT_OTHER = 1 << 1		/* the sheet shows something else */
};

/* What a format code says; what a built-in format's number says (ECMA-376 part 1,
 * 18.8.30; 27-36 and 50-58 are dates in Chinese). */
struct numfmt numfmt_parse(const char *code);
struct numfmt numfmt_builtin(long number);

/* Append the text of value: digits without ".0", YYYY-MM-DD, and HH:MM:SS after a
 * space when there is a time of day.  date_1904: days count from 1904-01-01.
 * Returns flags. */
int numfmt_text(double value, struct numfmt format, int date_1904,
    struct buf *out);

#endif
