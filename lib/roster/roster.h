#ifndef TC_ROSTER_H
#define TC_ROSTER_H
/*
 * roster: the students of one or several table files, and all that was not read.
 *
 * A list is what stands below one row of headings: a sheet has one or more, a file
 * has one or more sheets, a roster has one or more files.  Files are read one after
 * the other (rosterfile.h, rosterin.h), then roster_settle decides which lists
 * count and who is there twice.  Below the headings of the lists that count
 *
 *	lines = students + refused + repeated + skipped
 *
 * and every line that is no student is a gap with its reason, as is every column,
 * sheet and file that was not read.  Reasons and notes name places, never a person.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint32_t */

#include "lib/roster/student.h"

struct buf;
struct pool;

struct roster_options {
	const char *sheet;	/* name, or number from 1; NULL: by content */
	long header_row;	/* from 1; 0: by content */
	const char *columns;	/* file of headings that are looked up before
				 * share/columns.conf, or NULL */
	int masked;		/* names may be masked, which is a doubt else */
};

/* What the batch is, where it is known: "" else.  Lists of another school or another
 * class of graduation do not count. */
struct roster_batch {
	const char *school_code, *class;
};

/* Texts are numbers in the roster's pool; 0: not known. */
struct roster_student {
	uint32_t list, row;	/* row from 1 */
	uint32_t notes;		/* what a person should look at */
	uint32_t doubts;	/* those of them that a person has to answer */
};

struct roster_file {
	char *name;		/* the file's own */
	char *shown;		/* the same for messages: digits shortened, with the
				 * folder where others have the name */
	char *folder;		/* in its upload, or "" */
	char *kind;		/* "XLSX", "CSV in GB18030" ... */
	long long time;		/* when it was changed, nanoseconds; 0 unknown */
	int group;		/* files of one group may stand for each other:
				 * those of uploads; else each has its own */
};

struct roster_list {
	char *sheet;		/* "" where files have no sheets */
	uint32_t file;
	long header_row;	/* its last one */
	long last_row;		/* the last line with any text */
	uint64_t fields;	/* heading_fields */
	int example;		/* by its name or its rows */
	int year;		/* of graduation, by title or rows; 0 unknown */
	uint32_t school;	/* code, in the pool; 0: none or several */
	size_t count;		/* students that were read */
	size_t refused;
	int counts;		/* set by roster_settle */
};

enum roster_gap_kind {
	ROSTER_SKIPPED,		/* a line that is no student */
	ROSTER_REFUSED,		/* a student's, and of no use */
	ROSTER_REPEATED,	/* a student who is already there */
	ROSTER_IGNORED,		/* a column that is known and not kept */
	ROSTER_COLUMN,		/* not read */
	ROSTER_SHEET,		/* not read */
	ROSTER_FILE		/* not read */
};

struct roster_gap {
	enum roster_gap_kind kind;
	int error;		/* students may be lost by it */
	uint32_t file;
	long list;		/* -1: none */
	long row, last;		/* lines, from 1; 0: none */
	uint64_t says;		/* a refused row's: a hash of all its cells */
	char *text;		/* a line's first words, a heading, a sheet */
	char *reason;
};

struct roster {
	struct roster_file *files;
	size_t file_count;
	struct roster_list *lists;
	size_t list_count;
	struct roster_student *students;
	size_t count;
	/* Of each student as many values as fields are known of any: place[field] is
	 * which, from 1, 0 where it is known of none. */
	uint32_t *values;
	unsigned char place[STUDENT_FIELD_COUNT];
	size_t width, value_room;
	struct roster_gap *gaps;
	size_t gap_count;
	char **notes;		/* about the roster as a whole */
	size_t note_count;
	struct pool *pool;
	size_t student_room, gap_room;
};

void roster_init(struct roster *roster);
void roster_release(struct roster *roster);

/* Choose the lists that count, drop students who are there twice (the newer file's
 * values hold; in one file the first's), fill classes that only the name of a sheet,
 * folder or file tells.  May be called once. */
void roster_settle(struct roster *roster, const struct roster_batch *batch);

/* A student's field, NULL when it is not known; borrowed from the pool. */
const char *roster_field(const struct roster *roster, size_t student,
    enum student_field field);
/* Its number in the pool, 0 when it is not known. */
uint32_t roster_value(const struct roster *roster, size_t student,
    enum student_field field);
void roster_set_field(struct roster *roster, size_t student,
    enum student_field field, const char *text);
/* How many gaps are of that kind; of lines, how many lines. */
size_t roster_gaps(const struct roster *roster, enum roster_gap_kind kind);
/* Lines below the headings of the lists that count. */
size_t roster_lines(const struct roster *roster);

/* Append where a gap or student is, as far as it is not plain: "row 3", "sheet 'X'
 * row 3", "'A.xlsx' sheet 'X' row 3". */
void roster_place(const struct roster *roster, uint32_t list, long row,
    struct buf *out);
void roster_gap_place(const struct roster *roster, const struct roster_gap *gap,
    struct buf *out);

/* ---- for those who read files ---- */

/* values: a number for each field, or NULL; the rest is the caller's to fill. */
struct roster_student *roster_add_student(struct roster *roster,
    const uint32_t *values);
/* Give the student's place to another, to be dropped. */
void roster_move_student(struct roster *roster, size_t from, size_t to);
/* text may be NULL; both are copied. */
struct roster_gap *roster_add_gap(struct roster *roster,
    enum roster_gap_kind kind, long list, long row, const char *text,
    const char *reason);
void roster_add_note(struct roster *roster, const char *text, size_t len);
struct roster_list *roster_add_list(struct roster *roster, const char *sheet);
/* Returns its index.  The last file may be dropped while nothing was read of it. */
void roster_drop_file(struct roster *roster);
uint32_t roster_add_file(struct roster *roster, const char *name,
    const char *folder, long long time, int group);

#endif
