#ifndef TC_FIGURES_H
#define TC_FIGURES_H
/*
 * figures: how many students were to be photographed, were, and passed.
 *
 * Each student of the roster counts once, under the photo that counts now; photos that
 * no student claims count nowhere.  A person with two student numbers is two students:
 * each has an image in the register's bundle.  For each line
 *	expected = passed + review + rejected + missing
 *	taken = expected - missing - those whose file cannot be read
 * Pure: no input, no output.  32 bytes a record, and a line for each class.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

#include "lib/product/workbook.h"

struct node;

struct figures_line {
	char *college, *class;	/* NULL: of all */
	long expected;		/* 应采 */
	long taken;		/* 实采: persons with a readable photo */
	long passed;		/* 合格 */
	long first;		/* of these, with the first photo that they sent */
	long retakes;		/* 重拍人次: photos that a later one replaced */
	long review;		/* 待审 */
	long rejected;		/* 需重拍, unreadable files with them */
	long missing;		/* 未采集 */
};

/* Why photos that count now did not pass: by the checks that failed. */
struct figures_reason {
	char *check;		/* its id; "": another reason (a person's decision, an
				 * open claim, a check that was not made) */
	long rejected, review;	/* persons */
};

struct figures_person;

struct figures {
	struct figures_line total;
	struct figures_line *colleges, *classes;
	struct figures_line *points;	/* teaching point and season, as college and
					 * class */
	size_t college_count, class_count, point_count;
	struct workbook_extra extra;	/* what of these the school has */
	struct figures_reason *reasons;
	size_t reason_count;
	struct figures_person *persons;		/* who passed */
	uint64_t *replaced;			/* whose photo was replaced */
	size_t person_count, person_room, replaced_count, replaced_room;
};

/* Zero-initialise before the first photo; then, after the last, figures_end brings
 * lines into order and counts first. */
void figures_add(struct figures *figures, const struct node *photo);
void figures_end(struct figures *figures);
/* Add the reasons of from to those of into; when all are added call figures_sort_reasons,
 * which puts the most frequent first. */
void figures_merge_reasons(struct figures *into, const struct figures *from);
void figures_sort_reasons(struct figures *figures);
void figures_release(struct figures *figures);

/* Add the counts of one line to another. */
void figures_sum(struct figures_line *sum, const struct figures_line *line);

/* A part as a share of a whole, -1 where there is no whole. */
double figures_share(long part, long whole);

#endif
