#ifndef TC_LEDGER_H
#define TC_LEDGER_H
/*
 * ledger: what tc-ingest keeps of a batch from run to run.
 *
 *	roster.ndjson	students in roster order, then those of earlier rosters;
 *			what of the roster is no student
 *	uploads.ndjson	uploads in the order in which they first came, each
 *			followed by its entries
 *
 * Students and entries keep the number n in their record's id for good; numbers
 * are given once and never again.  Both files are written whole.  They are
 * published one after the other, roster first, and numbers are given to students
 * before entries: a run that is killed in between is repeated with the same
 * numbers.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

#include "lib/base/hash.h"
#include "lib/intake/textstore.h"

#define LEDGER_UPLOADS "uploads.ndjson"

struct batch;
struct buf;
struct journal_answer;
struct node;

enum ledger_kind {
	LEDGER_PICTURE,
	LEDGER_UNREADABLE,	/* looks like a picture, cannot be read */
	LEDGER_REFUSED,		/* no picture */
	LEDGER_ROSTER,
	LEDGER_ARCHIVE,		/* its entries follow it */
	LEDGER_SIDECAR,		/* belongs to a picture: sidecar.h */
	LEDGER_EMPTY		/* junk, unless its name refers to a student */
};

/* What became of an entry in this run; set by join.h, not kept in the file. */
enum ledger_state {
	LEDGER_UNMATCHED, LEDGER_CHOSEN, LEDGER_SUPERSEDED,
	LEDGER_AGAIN,		/* the student has had these bytes before */
	LEDGER_CODE		/* no photo: the picture of a capture code */
};

/* What the search for a QR code in a picture found. */
enum ledger_search {
	LEDGER_UNSOUGHT, LEDGER_NO_CODE, LEDGER_ONE_CODE, LEDGER_SEVERAL_CODES
};

/* An entry among those of its name; set by codes.h in each run, not kept. */
struct ledger_pair {
	int is_code;
	const char *code;	/* a photo's: of the picture beside it, or NULL */
	const char *trouble;	/* static: why the code cannot be used, or NULL */
	int again;		/* its code stands beside another photo as well */
};

struct ledger_match {
	enum ledger_state state;
	int by;				/* enum match_field */
	size_t student;			/* the first of those it refers to
					 * most exactly */
	int doubt;			/* enum match_doubt */
	int held;			/* it came while the account was closed */
	const char *reason;		/* why unmatched, or a code that is of
					 * no use; static, or NULL */
	/* Two people who linked it to different students, or NULL; the
	 * journal's. */
	const struct journal_answer *said[2];
};

struct ledger_entry {
	char *name;			/* UTF-8, as in the upload */
	char *reason;			/* why unreadable or refused, or NULL */
	unsigned long long bytes;
	long number;			/* in the upload, from 1 */
	long n;				/* of its own record, 0: none so far */
	enum ledger_kind kind;
	const char *format;		/* static, or NULL */
	int width, height, orientation;	/* 0: not known */
	char sha256[HASH_TEXT];		/* "" when not read whole */
	enum ledger_search search;
	char *code;			/* LEDGER_ONE_CODE: its text, else NULL */
	struct ledger_pair pair;
	struct ledger_match match;
};

struct ledger_upload {
	char *name;
	char *damage;			/* what was wrong with its list, or NULL */
	char day[sizeof "YYYY-MM-DD"];	/* on which it first came; "": unknown */
	long junk;			/* entries not listed here */
	int codes;			/* all its pictures are capture codes */
	struct ledger_entry *entries;
	size_t count;
};

struct ledger_student {
	struct textstore_place json;	/* the member "student" */
	long n;			/* 0: not given yet */
	unsigned char removed;	/* in an earlier roster only */
	unsigned char kept;	/* removed, but it had a photo */
	/* Set by codes.h in each run, not kept. */
	unsigned char pictured;	/* there is a picture of the code */
	char *code;		/* the capture code, or NULL */
	const char *trouble;	/* static: why there is none, or NULL */
};

/* What of the roster is no student: roster.h's gaps. */
enum ledger_gap_kind {
	LEDGER_LINE,		/* no student's */
	LEDGER_ROW,		/* a student's, refused */
	LEDGER_REPEATED,	/* of a student who is there */
	LEDGER_COLUMN, LEDGER_SHEET, LEDGER_FILE	/* not read */
};

struct ledger_gap {
	enum ledger_gap_kind kind;
	int error;
	char *roster, *sheet;	/* file and sheet, "" where there is none */
	char *folder;		/* of the file in its upload, "" where there is none */
	long row, last;		/* lines, from 1; 0: none */
	uint64_t says;		/* of LEDGER_ROW: a hash of all its cells */
	char *text;		/* first words, a heading, a sheet */
	char *reason;
};

struct ledger {
	struct ledger_upload *uploads;
	size_t upload_count;
	struct ledger_student *students;
	size_t student_count;
	struct textstore *texts;		/* the students', or NULL: none so far */
	struct ledger_gap *gaps;
	size_t gap_count;
	char *roster;		/* the roster's name, or NULL: none so far */
	long lines;		/* below its headings */
	long last;		/* highest n given */
	int by_code;		/* the profile's: students are known by their
				 * capture codes alone; not kept */
};

void ledger_init(struct ledger *ledger);
void ledger_release(struct ledger *ledger);

/* Read both files where they exist.  0, or -1 with the reason. */
int ledger_load(struct ledger *ledger, const struct batch *batch,
    struct buf *err);
/* Write and publish both.  0, or -1 with the reason. */
int ledger_save(const struct ledger *ledger, const struct batch *batch,
    struct buf *err);

/* Append a zeroed upload (entries is the caller's to fill), student, gap (its texts
 * are copied); the pointer holds until the next. */
struct ledger_upload *ledger_add_upload(struct ledger *ledger);
struct ledger_student *ledger_add_student(struct ledger *ledger);
void ledger_add_gap(struct ledger *ledger, const struct ledger_gap *gap);
/* Lines of that kind. */
long ledger_lines(const struct ledger *ledger, enum ledger_gap_kind kind);
void ledger_upload_release(struct ledger_upload *upload);

/* Keep the text of a student's member "student", made in batch's directory (NULL: the
 * system's); the member as the manifest has it, the caller's to free. */
void ledger_set_student(struct ledger *ledger, struct ledger_student *student,
    const struct batch *batch, const char *json, size_t len);
struct node *ledger_get_student(const struct ledger *ledger,
    const struct ledger_student *student);

/* Give numbers to the students that have none. */
void ledger_number_students(struct ledger *ledger);
/* Forget the roster: students, gaps, name.  Numbers given stay given. */
void ledger_drop_roster(struct ledger *ledger);

/* The formats that img knows, as one static string each; NULL when unknown. */
const char *ledger_format(const char *name);
/* Append originals/ab/<sha256>.<extension> for bytes of that format. */
void ledger_original(const char *sha256, const char *format, struct buf *out);

#endif
