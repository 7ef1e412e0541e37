#ifndef TC_LAYOUT_H
#define TC_LAYOUT_H
/*
 * layout: from a manifest to printed sheets, the whole of tc-layout(1).
 *
 * Records are judged one by one while they pass (pick.h, the table, the list), put
 * in order when a batch is complete, drawn into each output that is asked for, and
 * marked with where they were printed when the manifest is written.
 */
#include "lib/sheet/press.h"

struct layout;
struct stream_filter;

enum { LAYOUT_COPIES_MAX = 100 };

struct layout_options {
	struct press_setup presses[2];	/* the first is named in the manifest */
	int press_count;
	const char *cut[2];	/* files for the plotter, or NULL */
	const char *index;	/* or NULL */
	const char *template;	/* or NULL: the profile's */
	long copies;		/* 0: the profile's */
	const char *only;	/* file of those to be printed, or NULL: all */
	const char *table;	/* 排版冲印数据, or NULL */
	int only_new;		/* leave out whose prints are in another file already */
	int review;		/* also photos that wait for a review: proof sheets */
	int class_sheets;	/* a class begins a sheet, whatever the template
				 * says */
	int force;
};

extern const struct stream_filter layout_filter;

/* The filter's state.  options are borrowed for as long as it lives. */
struct layout *layout_new(const struct layout_options *options);
void layout_free(struct layout *layout);
/* Whether all rows of the table were used. */
int layout_table_was_good(const struct layout *layout);

#endif
