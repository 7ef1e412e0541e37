#ifndef TC_STATUS_H
#define TC_STATUS_H
/*
 * status: checks of a record, and the one function that derives its status.
 *
 * photo is a record of type "photo", tc-manifest(5).  A check is a member of its
 * array "checks": {"id", "by", "level", "verdict", "value", "unit", "min",
 * "max", "detail"}.
 */
#include <stddef.h>	/* size_t */

struct node;
struct profile;
struct limit;

enum verdict { VERDICT_PASS, VERDICT_WARN, VERDICT_FAIL, VERDICT_NOT_ASSESSED };

/* Statuses in the order of the manual; STATUS_COUNT is their number. */
enum status {
	STATUS_PASS, STATUS_REVIEW, STATUS_REJECT, STATUS_MISSING,
	STATUS_UNMATCHED, STATUS_SUPERSEDED, STATUS_EXCLUDED,
	STATUS_UNREADABLE, STATUS_COUNT
};

/* The word in the manifest ("pass"), and the word for operators and schools in
 * Chinese (合格 ...), forms.md 7. */
const char *status_name(enum status status);
const char *status_chinese(enum status status);
/* From the word; STATUS_COUNT when it is none. */
enum status status_parse(const char *name);

/* Remove the checks that tool made, before it makes them again. */
void status_clear_checks(struct node *photo, const char *tool);

/* Append a check.  The verdict of a measured value follows from the limit: inside is
 * pass, outside fail, or warn at level info when the limit is soft.  A value that is not
 * finite is not_assessed.  The value is rounded to decimals before it is compared, so
 * that the printed value is the one that was judged.  unit is "" for a count. */
struct node *status_add_check(struct node *photo, const char *tool,
    const char *id, const struct limit *limit, double value, const char *unit,
    int decimals);
/* Append a check whose verdict the caller knows; detail may be NULL. */
struct node *status_add_verdict(struct node *photo, const char *tool,
    const char *id, const struct limit *limit, enum verdict verdict,
    const char *detail);

/* Whether the check of this id was made: it is there, and not not_assessed. */
int status_is_made(const struct node *photo, const char *id);

/* Derive the status from match.state, checks and answers (decide.h), set photo's "status"
 * and return it.  The first of these that applies: missing, unmatched, superseded,
 * excluded (also of those who were removed); unreadable (file.readable failed); a person's
 * decision about the picture, unless its `before` is no longer true (then review) or a
 * check fails from which nobody can be exempted; reject (a failure of level reject that is
 * not exempted); review (a failure of level review, a warning that is not info, an
 * exempted failure, a required check that was not made, or the record is held); pass. */
enum status status_derive(struct node *photo, const struct profile *profile);
/* The status by the checks and exemptions alone, of a photo that is a student's. */
enum status status_by_checks(const struct node *photo,
    const struct profile *profile);
/* Why another tool than this one found the file unreadable, or NULL. */
const char *status_failure_by_other(const struct node *photo, const char *tool);
/* Whether a photo record is a student's own: photos without a student, and those that a
 * later one replaced, are not. */
int status_is_students(const struct node *photo);
/* The status in the record. */
enum status status_of(const struct node *photo);

#endif
