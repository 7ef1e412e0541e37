#ifndef TC_IDNUMBER_H
#define TC_IDNUMBER_H
/*
 * idnumber: what an ID document's number says (standard.md 7).
 *
 * The kind is known from the form alone, so a passport that looks like another document is
 * taken for it.  Nothing is refused: a number that is not valid has a problem.
 */
struct buf;

enum id_type {
	ID_OTHER,		/* no form that is known: a passport of anywhere */
	ID_RESIDENT,		/* 居民身份证, 18 characters */
	ID_RESIDENT_OLD,	/* 15 digits, until 2013 */
	ID_RESIDENCE_PERMIT,	/* 港澳台居民居住证 */
	ID_HM_PASS,		/* 港澳居民来往内地通行证 */
	ID_TW_PASS,		/* 台湾居民来往大陆通行证 */
	ID_HONG_KONG, ID_MACAU, ID_TAIWAN,
	ID_FOREIGN_RESIDENT,	/* 外国人永久居留身份证 */
	ID_PASSPORT		/* Chinese */
};

struct idnumber {
	enum id_type type;
	const char *problem;	/* a clause in English, or NULL */
	char birth_date[9];	/* YYYYMMDD; "" where the number has none, or a problem */
	char sex;		/* 'M', 'F', or 0 likewise */
};

/* Read a number in any spelling (full-width, blanks, brackets, x). */
void idnumber_read(const char *text, struct idnumber *id);


/* Append what two spellings of one number have in common: folded, without
 * brackets, and the 15-digit form made 18. */
void idnumber_key(const char *text, struct buf *out);

/* Whether text (8 digits) is a day of the calendar, 1900 to 2099. */
int idnumber_is_date(const char *text);

#endif
