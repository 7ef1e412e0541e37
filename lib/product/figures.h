#ifndef TC_FIGURES_H
#define TC_FIGURES_H
/*
 * figures: how many students were to be photographed, were, and passed.
 *
 * A person counts once, under the photo that counts now; photos that no student
 * claims count nowhere.  For each line
 *	expected = passed + review + rejected + missing
 *	taken = expected - missing - those whose file cannot be read
 * Pure: no input, no output.  24 bytes a record, and a line for each class.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

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

struct figures_person;

struct figures {
	struct figures_line total;
	struct figures_line *colleges, *classes;
	size_t college_count, class_count;
	struct figures_person *persons;		/* who passed */
	uint64_t *replaced;			/* whose photo was replaced */
	size_t person_count, person_room, replaced_count, replaced_room;
};

/* Zero-initialise before the first photo; then, after the last, figures_end brings
 * lines into order and counts first. */
void figures_add(struct figures *figures, const struct node *photo);
void figures_end(struct figures *figures);
void figures_release(struct figures *figures);

/* Add the counts of one line to another. */
void figures_sum(struct figures_line *sum, const struct figures_line *line);

/* A part as a share of a whole, -1 where there is no whole. */
double figures_share(long part, long whole);

#endif
