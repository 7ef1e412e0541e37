#ifndef TC_FINDINGS_H
#define TC_FINDINGS_H
/*
 * findings: the answers of one file about students, into the journal.
 *
 * Each change is reported to the operator, before and after, masked.  All of a file's
 * answers are appended together.
 */
#include <stddef.h>	/* size_t */

struct accept;
struct batch;
struct buf;
struct finding;
struct join_photo;
struct ledger;
struct people;
struct profile;

struct findings {
	const struct batch *batch;
	const struct profile *profile;
	const struct ledger *ledger;
	const struct people *people;
	const struct join_photo *photos;
	const struct accept *accept;
	const struct finding *items;
	size_t count;
	int accept_identity;
	const char *file, *file_name;	/* SHA-256 and name */
	const char *shown;		/* the name, for messages */
};

/* Append them.  Those that contradict the present state are reported and counted in
 * *refused.  *added: new lines of the journal.  0, or -1 with the reason. */
int findings_append(const struct findings *findings, size_t *added,
    size_t *refused, struct buf *err);

#endif
