#ifndef DRAW_RUN_H
#define DRAW_RUN_H
/*
 * run: a school while it is written; what school.c does for all kinds of schools.
 */
#include <stdio.h>	/* FILE */

#include "lib/base/buf.h"
#include "scripts/draw/portrait.h"

struct pack;
struct school;
struct student;

/* A picture as it was taken, kept when several students share it. */
struct shot {
	struct portrait portrait;
	struct buf bytes;
};

struct run {
	const struct school *school;
	struct student *students;
	struct shot *shots;	/* school->distinct of them, drawn on demand */
	struct pack *zip, *codes;	/* codes: NULL where there are none */
	FILE *truth;
};

/* Write a file of the directory. */
void run_file(const char *directory, const char *name, const struct buf *bytes);

/* One file of the upload, in both forms, with its line of truth. */
void run_deliver(struct run *run, const struct student *student,
	const char *trouble, const char *file, const char *entry,
	const struct portrait *portrait, const struct buf *bytes);

/* Append a picture that others may have too; a comment segment with the student's
 * number keeps the files apart.  Its parameters are borrowed. */
const struct portrait *run_shared(struct run *run, const struct student *student,
	int place, struct buf *bytes);

#endif
