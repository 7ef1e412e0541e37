#ifndef TC_ERRORS_H
#define TC_ERRORS_H
/*
 * errors: what could not be processed of a batch's rosters and uploads.
 *
 * An error stays as long as its file does.  One that is known does not set the exit
 * status: a person acknowledged it (acknowledged.h), or its upload was sent again
 * whole, under the same name, with at least half of the pictures.
 */
#include <stddef.h>	/* size_t */

struct acknowledged;
struct batch;
struct buf;
struct journal;
struct ledger;
struct ledger_entry;
struct ledger_gap;
struct ledger_upload;
struct join_photo;
struct report;

enum error_known { ERROR_NEW, ERROR_ACKNOWLEDGED, ERROR_SENT_AGAIN };

struct error {
	const char *file;	/* upload or roster, borrowed */
	/* What it is about: a gap; an upload and its entry (NULL: itself); none of
	 * them of an upload that could not be opened. */
	const struct ledger_gap *gap;
	const struct ledger_upload *upload;
	const struct ledger_entry *entry;
	const char *reason;	/* borrowed */
	long long bytes;	/* of an upload that could not be opened */
	enum error_known known;
};

struct errors {
	struct error *items;	/* rosters', uploads', then failures */
	size_t count;
};

/* What is borrowed is the report's. */
void errors_find(const struct report *report, struct errors *errors);
void errors_release(struct errors *errors);

/* Report the new ones on standard error. */
void errors_tell(const struct errors *errors, const struct ledger *ledger);
/* How many have that state; each line of a roster counts. */
long errors_count(const struct errors *errors, enum error_known known);
/* The error about an upload's entry, or about the upload itself; NULL: there is none. */
const struct error *errors_about(const struct errors *errors,
    const struct ledger_upload *upload, const struct ledger_entry *entry);

/* Whether it is an empty file of nobody's that would hold something by its name. */
int errors_has_nothing(const struct ledger_entry *entry);

/* Acknowledge the errors of a file in the journal, or (known 0) let them count again.
 * what is FILE, FILE:N with an entry's number or a row's, or the id of a record whose
 * photo a later tool could not process.  1, 0 when there is no such error, or -1 with the
 * reason. */
int errors_acknowledge(const struct report *report, const char *what, int known,
    const char *who, struct buf *err);

#endif
