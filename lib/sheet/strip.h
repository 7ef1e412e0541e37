#ifndef TC_STRIP_H
#define TC_STRIP_H
/*
 * strip: what the information strip under a print says.
 *
 * A pattern is text with fields in braces, lines separated by '|':
 *
 *	{school}|{college} {class}|{student_no} {id_last_four} {name_masked}
 *
 * Fields: school, college, class, teaching_point, major, level, season,
 * student_no, exam_no, id_last_four, name_masked, name.  An ID number has no
 * field, so that no profile can print one.  A field that a student lacks leaves
 * neither blanks nor an empty line behind.
 */
#include "lib/base/hash.h"
#include "lib/base/mask.h"

struct buf;
struct node;

/* Whether pattern can be used: 0, or -1 with the reason. */
int strip_check(const char *pattern, struct buf *err);

/* How many lines pattern has. */
int strip_lines(const char *pattern);

/* Append the text for a student, lines separated by LF.  school is used for a student
 * without one. */
void strip_text(const char *pattern, const struct node *student,
    const char *school, enum mask_rule rule, struct buf *out);
/* The SHA-256 of that text. */
void strip_sum(const char *pattern, const struct node *student,
    const char *school, enum mask_rule rule, char sum[static HASH_TEXT]);

#endif
