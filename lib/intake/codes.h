#ifndef TC_CODES_H
#define TC_CODES_H
/*
 * codes: whose photo it is where students are known by their capture codes
 * (采集码) alone: [profile] identity = capture_code.
 *
 * A student's code is the one in the roster, else the one on the picture of a code (QR)
 * whose file name has the student's number.  Where one student has two codes, or two
 * students have the same one, none of them counts.  A photo belongs to the student who has
 * the code on the picture beside it (pairs.h); without such a picture, to the student whose
 * number is in its name, if that student has a code.  A number in the photo's name, or the
 * last four characters of the ID number, must agree: they confirm the code, and a code
 * that nothing confirms leaves a doubt.  Names of persons do not count.
 * Pure.
 */
#include <stddef.h>	/* size_t */

struct codes;
struct ledger;
struct ledger_entry;
struct match;
struct node;
struct candidates;

struct codes *codes_new(void);
void codes_free(struct codes *codes);		/* NULL is fine */

/* Add the next row's member "student", NULL for a row that is not looked for. */
void codes_add(struct codes *codes, const struct node *student);

/* After the last row: find out which pictures are codes, which code each student
 * has, and what is of no use; sets `pair` of every entry and `code`, `trouble` and
 * `pictured` of every student.  candidates knows the rows' numbers, and
 * is borrowed. */
void codes_ready(struct codes *codes, const struct ledger *ledger,
    const struct candidates *candidates);

/* The students of a photo, as candidates_path; doubt: nothing confirms the code. */
void codes_match(const struct codes *codes, const struct ledger_entry *entry,
    struct match *match);

/* The last four characters of an ID number that stand at the end of a file's name
 * (20230001_123X.jpg) are copied to four; 0 when there are none. */
int codes_last_four(const char *path, char four[static 5]);

#endif
