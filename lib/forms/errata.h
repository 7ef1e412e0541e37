#ifndef TC_ERRATA_H
#define TC_ERRATA_H
/*
 * errata: the workbook with which a school proofs its images.
 *
 *	反馈表    the form (forms.md 4), one A4 page to print, stamp and send
 *	勘误      one row a student: picture, what is known, three columns to answer
 *	填写说明  how to fill it in
 *
 * The rows are the students in the order of lists (students.h).  Only the answer
 * columns can be written; the hidden column 记录号 holds the record's reference
 * (reviewrecord.h), by which answers are read back.  Above the profile's [feedback]
 * rows_max students there are several workbooks, each complete in itself.
 *
 * Memory: order.h's while records come; while a workbook is written, its pictures.
 */
#include "lib/product/workbook.h"
#include "lib/sheet/order.h"

struct buf;
struct node;
struct segment;

struct errata {
	struct segment *segment;
	struct order order;	/* of the rows, by the photo's index */
	long images;		/* that the school has to proof */
	struct workbook_extra extra;	/* columns that the school has */
	int full_id, full_names, img_started;
};

/* Begin a segment; zero-initialise errata once before, but for full_id.  encrypted:
 * the workbooks go into an encrypted package, in which names are in full unless the
 * profile's [feedback] names is masked.  The filter must hold records. */
int errata_begin(struct errata *errata, struct segment *segment, int encrypted,
    struct buf *err);

void errata_release(struct errata *errata);

/* A photo, index counting from 0. */
void errata_collect(struct errata *errata, const struct node *photo, size_t index);
/* After the last photo. */
int errata_sort(struct errata *errata, struct buf *err);

/* How many workbooks it takes; write the number-th, from 0, to path. */
int errata_books(const struct errata *errata);
int errata_write(const struct errata *errata, int number, const char *path,
    const char *title, struct buf *err);

#endif
