#ifndef TC_REPORT_H
#define TC_REPORT_H
/*
 * report: the manifest of a batch from its ledger, and the check that its counts agree.
 *
 * Records: students in roster order, then those of earlier rosters who keep their
 * photo; refused rows; then, upload by upload, entries with a record of their own
 * (superseded, unmatched) and refused ones.
 */
#include <stddef.h>	/* size_t */

struct batch;
struct join_photo;
struct journal;
struct ledger;
struct ledger_entry;
struct node;
struct profile;

/* An upload that could not be opened; it is reported and not kept. */
struct report_failure {
	char *upload;		/* last component of its path */
	char *reason;
	long long bytes;	/* of the file; 0: unknown */
};

struct report {
	const struct batch *batch;
	const struct profile *profile;
	const struct ledger *ledger;
	const struct journal *journal;
	const struct node *school;	/* its particulars, or NULL */
	struct join_photo *photos;	/* of each student */
	const struct report_failure *failures;
	size_t failure_count;
	size_t refused_answers;	/* of people: rows of tables, acknowledgements */
};

/* Whether an entry has a photo record of its own: a picture that is no
 * student's chosen photo. */
int report_is_record(const struct ledger_entry *entry);

/* Complete the header: the day of the newest upload, and how many photo records there will
 * be. */
void report_complete_header(struct node *header, const struct ledger *ledger);

/* Give numbers to the entries that have a record of their own: after the students,
 * see ledger.h. */
void report_number(struct ledger *ledger);

/* Print the manifest to standard output, messages about what is wrong and a
 * summary to standard error.  Returns the exit status; ends the tool when the
 * sums do not agree. */
int report_print(const struct report *report);

#endif
