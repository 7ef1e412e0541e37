#ifndef TC_BIFF_H
#define TC_BIFF_H
/*
 * biff: the records of an XLS workbook's stream (MS-XLS 2.1.4), and texts in them.
 *
 * A record is a kind, a length and bytes; a long one goes on in records of kind
 * BIFF_CONTINUE.  A cursor reads through them.  Bytes that are missing read as zeros and
 * set broken.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint32_t */

struct buf;

enum biff_kind {
	BIFF_FORMULA = 0x06, BIFF_EOF = 0x0A, BIFF_DATE_MODE = 0x22,
	BIFF_PASSWORD = 0x2F, BIFF_CONTINUE = 0x3C, BIFF_CODE_PAGE = 0x42,
	BIFF_SHEET = 0x85, BIFF_MULTIPLE_RK = 0xBD, BIFF_RICH_TEXT = 0xD6,
	BIFF_XF = 0xE0, BIFF_MERGED = 0xE5, BIFF_SHARED_TEXTS = 0xFC,
	BIFF_SHARED_TEXT = 0xFD, BIFF_NUMBER = 0x203, BIFF_TEXT = 0x204,
	BIFF_BOOLEAN = 0x205, BIFF_RESULT_TEXT = 0x207, BIFF_ROW = 0x208,
	BIFF_ARRAY = 0x221, BIFF_TABLE = 0x236, BIFF_RK = 0x27E,
	BIFF_FORMAT = 0x41E, BIFF_SHARED_FORMULA = 0x4BC, BIFF_BEGIN = 0x809
};

struct biff {
	const unsigned char *bytes;	/* the stream */
	size_t len;
	size_t start;		/* of the record */
	size_t at, end;		/* in its bytes, or those of its continuation */
	size_t next;		/* record */
	unsigned int kind;
	int wide;		/* texts are those of Excel 97 and later */
	int chinese;		/* the book says that its bytes are GBK */
	int broken;		/* something was not there */
};

/* Go to the record at an offset, or to the next one.  Returns whether there is a complete
 * one. */
int biff_seek(struct biff *biff, size_t offset);
int biff_next(struct biff *biff);

size_t biff_left(const struct biff *biff);	/* bytes, without continuations */
unsigned int biff_number(struct biff *biff, size_t bytes);	/* 1, 2 or 4 */
double biff_double(struct biff *biff);
/* A number in 30 bits (MS-XLS 2.5.217). */
double biff_rk(struct biff *biff);
void biff_skip(struct biff *biff, size_t bytes);

/* Append a text that begins with its length, in length_bytes (1 or 2), as UTF-8. */
void biff_text(struct biff *biff, size_t length_bytes, struct buf *out);

#endif
