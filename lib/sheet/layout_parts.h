#ifndef TC_LAYOUT_PARTS_H
#define TC_LAYOUT_PARTS_H
/*
 * layout_parts: what layout.c (who is printed), layout_print.c (printing) and
 * layout_report.c (reports) have in common.  Nobody else includes it.
 */
#include "lib/sheet/book.h"
#include "lib/sheet/layout.h"
#include "lib/sheet/numberlist.h"
#include "lib/sheet/order.h"
#include "lib/sheet/page.h"
#include "lib/sheet/pick.h"
#include "lib/sheet/press.h"
#include "lib/sheet/printin.h"
#include "lib/sheet/template.h"

struct buf;
struct delivery;
struct leftout;
struct node;
struct printindex;
struct segment;

/* order_entry.notes */
enum {
	NOTE_SHORTENED = 1 << 0,	/* the strip's text */
	NOTE_UNKNOWN = 1 << 1,		/* characters in it are in no font */
	NOTE_BLANK = 1 << 2		/* a cell without picture */
};

struct layout {
	const struct layout_options *options;
	struct press presses[2];
	struct printin table;
	struct numberlist only;
	struct printindex *index;
	int cut_done;

	/* of the segment */
	struct segment *segment;
	struct template template;
	struct page page;
	struct book_setup setup;
	struct order order;
	int copies;		/* where the table does not say */
	int blanks;		/* a cell for those without picture */
	unsigned char *picks;	/* enum pick of each photo record */
	size_t photos, room;

	/* of the file */
	long printed, sheets, warned;
	long unreviewed;	/* of those printed: they wait for a review */
	struct pick_counts left;
	int table_bad;
	struct delivery **printed_in;	/* what goes to the journals, a batch each */
	size_t batches;
	struct leftout *leftout;	/* in a dry run, or NULL */
};

/* Draw the segment's students, who are in order, into all outputs, and list them in
 * the index.  0, or -1 with the reason. */
int layout_print(struct layout *layout, struct buf *err);
/* Read a registration image, which must be the one that was made. */
int layout_read_image(const struct layout *layout, const struct node *photo,
    struct buf *bytes, struct buf *err);
/* Write the files for the plotter. */
int layout_cut(struct layout *layout, struct buf *err);

/* Report how many sheets there are, who is not on them, and how they are filled. */
void layout_report(const struct layout *layout);
/* Whether the last prints that another file has of the photo's student are those that
 * it would get now: of the same image, with the same strip. */
int layout_has_printed(const struct layout *layout, const struct node *photo,
    const struct node *student);

/* Open the journal of the segment's batch, to which the prints are appended once they
 * are published. */
int layout_open_journal(struct layout *layout, struct buf *err);
int layout_record_prints(struct layout *layout, struct buf *err);
void layout_close_journals(struct layout *layout);

#endif
