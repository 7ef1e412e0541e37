#ifndef DRAW_TRUTH_H
#define DRAW_TRUTH_H
/*
 * truth: truth.csv, what was drawn in each file.
 *
 * UTF-8, one header line, one line for each file of the upload; a student
 * without a file has a line with empty file.  Geometry is in pixels of the
 * upright picture; parameters is what --one takes, quoted.  A failure to
 * write ends the program.
 */
#include <stdio.h>	/* FILE */

struct portrait;
struct student;

FILE *truth_open(const char *directory);
void truth_close(FILE *file);

/* student may be NULL, and portrait where the file is no picture. */
void truth_line(FILE *file, const struct student *student,
	const char *trouble, const char *name, const char *entry,
	const struct portrait *portrait);

#endif
