#ifndef DRAW_CODED_H
#define DRAW_CODED_H
/*
 * coded: a school whose students are known by their capture codes (采集码).
 *
 * The roster has student number, masked name, college, class and the last four
 * characters of the ID number.  Beside: it has the code as well, each photo is
 * named by the order of shooting and those four characters, and the picture of the
 * code lies beside it.  Folder: photos are named by student number, and so are the
 * pictures of the codes in codes.zip.
 */
#include <stdint.h>	/* uint64_t */

struct buf;
struct run;
struct student;

enum coded_way { CODED_NOT, CODED_BESIDE, CODED_FOLDER };

/* Append the roster in UTF-8. */
void coded_roster(const struct student *students, int count, uint64_t seed,
	enum coded_way way, struct buf *out);

/* Write the files of student place. */
void coded_files(struct run *run, int place);

#endif
