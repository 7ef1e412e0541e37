#ifndef TC_MATCH_H
#define TC_MATCH_H
/*
 * match: which student a picture's file name refers to.
 *
 * A student is a row of the roster, known by ID number, exam number and student
 * number.  A name refers to a student when it holds one of these as a whole: the
 * longest run of letters and digits first, then its digits alone, never a part of
 * a longer number and never a similar number; a run that consists of two keys of one
 * person is these two.  Rows with the same ID number and name are one person, and
 * a picture of that person belongs to each of them.
 *
 * A name that refers to two persons is joined to neither.  What cameras and messengers
 * write, a date with a time, is no number.  A key of six or eight digits that reads
 * as a date is none either beside letters, a counter or a time, and alone leaves a
 * doubt; so does any key as short as a camera's counter beside letters.
 * Pure: no input, no output.
 */
#include <stddef.h>	/* size_t */

struct match_index;

/* What joined; the last ones are not match_name's: a QR picture's text, the name
 * alone (candidates.h), a person (tc-journal(5)). */
enum match_field {
	MATCH_ID_NUMBER, MATCH_EXAM_NO, MATCH_STUDENT_NO, MATCH_CAPTURE_CODE,
	MATCH_NAME, MATCH_PERSON
};

/* Values of a row; NULL and "" stand for absent. */
struct match_keys {
	const char *id_number, *exam_no, *student_no;
	const char *name;	/* only tells persons apart */
	const char *capture_code;
};

enum {
	MATCH_KEY_MIN = 5,	/* characters: shorter numbers are everywhere */
	MATCH_ROWS_MAX = 16	/* of one person */
};

struct match_row {
	size_t row;
	enum match_field by;
	int weak;	/* 1: another row of the person was named more exactly */
};

enum { MATCH_WEAK_NAME = 2 };	/* nothing but a name, or a folder */

enum match_doubt {
	MATCH_SURE,
	MATCH_DOUBT_NAME,	/* a name stands there that is not theirs (candidates.h) */
	MATCH_DOUBT_DATE,	/* the number could be a date */
	MATCH_DOUBT_COUNTER,	/* the number could be a camera's counter */
	MATCH_DOUBT_FOLDER,	/* the folder says whose it is (folders.h) */
	MATCH_DOUBT_CODE	/* nothing confirms the code (codes.h) */
};

struct match {
	struct match_row rows[MATCH_ROWS_MAX];
	size_t count;		/* 0: unmatched */
	const char *reason;	/* why it is, in words; NULL: no known number */
	enum match_doubt doubt;
};

struct match_index *match_index_new(void);
void match_index_free(struct match_index *index);
/* Add the next row; rows are counted from 0. */
void match_index_add(struct match_index *index, const struct match_keys *keys);

/* The first row of the person of a row. */
size_t match_person(const struct match_index *index, size_t row);

/* The name in the manifest: "id_number", "exam_no", "student_no", "capture_code",
 * "name", "person". */
const char *match_field_name(enum match_field field);

/* Judge the last component of a decoded name. */
void match_name(const struct match_index *index, const char *name,
    struct match *match);

/* A number in the last component of a name that is nobody's; dated: it reads as a
 * date.  A date with its time and a counter in brackets are no numbers. */
typedef void match_unknown(void *state, const char *number, size_t len,
    int dated);
void match_unknowns(const struct match_index *index, const char *name,
    match_unknown *each, void *state);

/* The first row whose field is value, ignoring blanks and case, and that is not
 * taken (an array with a flag for each row, or NULL); -1 when there is none. */
long match_row_of(const struct match_index *index, enum match_field field,
    const char *value, const unsigned char *taken);

#endif
