#ifndef DRAW_SCHOOL_H
#define DRAW_SCHOOL_H
/*
 * school: a sample school's upload in a directory.
 *
 * roster.csv, roster.xlsx, photos/, upload.zip, truth.csv and, when asked,
 * the alpha masks.  Trouble comes with the last students of the roster, in
 * the order of enum trouble: the very last student has no photo, the one
 * before is tilted, and so on; two more files belong to nobody.
 */
#include <stdint.h>	/* uint64_t */

#include "scripts/draw/coded.h"		/* enum coded_way */
#include "scripts/draw/pack.h"		/* enum pack_names */
#include "scripts/draw/roster.h"	/* enum roster_encoding */

enum trouble {
	TROUBLE_NO_PHOTO,	/* the last student: no file at all */
	TROUBLE_TILTED,		/* head tilted by 8 degrees */
	TROUBLE_EYES_SHUT,
	TROUBLE_TWO_FACES,
	TROUBLE_TOO_SMALL,	/* 200 x 267 pixels */
	TROUBLE_DARK,		/* a quarter of the light */
	TROUBLE_WRONG_TYPE,	/* a text document instead of a picture */
	TROUBLE_PNG_AS_JPG,	/* a good picture, PNG under a .jpg name */
	TROUBLE_DUPLICATE,	/* two files, the second a retake */
	TROUBLE_STUDENTS,	/* troubles that belong to a student */
	TROUBLE_NO_STUDENT = TROUBLE_STUDENTS,	/* a number not listed */
	TROUBLE_NO_NAME,	/* named by a person who is not listed */
	TROUBLE_NONE
};

struct school {
	const char *directory, *alpha;	/* alpha: directory or NULL */
	uint64_t seed;
	int students, width, distinct;
	int troubles, photos, zip;	/* flags: write them or not */
	enum coded_way codes;
	enum roster_encoding encoding;
	enum pack_names names;
	const char *const *settings;	/* "key=value" for every portrait */
	int nsettings;
};

/* Write everything; a failure ends the program with a message. */
void school_write(const struct school *school);

/* Write one portrait as portrait.jpg (or .png), its truth and its mask. */
void school_portrait(const struct school *school);

const char *trouble_name(enum trouble trouble);

#endif
