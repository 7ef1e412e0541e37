#ifndef TC_INGEST_H
#define TC_INGEST_H
/*
 * ingest: uploads and a roster into a batch, and the manifest out.
 *
 * The order of things is what makes an interrupted run harmless: originals are
 * stored, the ledger's files are published, all is made durable, and only then
 * are records and `end` printed.
 */
#include <stddef.h>	/* size_t */

#include "lib/answers/inbox.h"

struct ingest_error {
	const char *what;	/* errors_acknowledge */
	int known;
};

struct ingest_options {
	const char *directory, *profile;
	const char *works_in;		/* directory, or in a dry run its scratch */
	const char **rosters;		/* -r; none: those inside uploads */
	size_t roster_count;
	int replace_roster;		/* one with far fewer students as well */
	const char *sheet, *columns;	/* of the roster, or NULL */
	long header_row;		/* or 0 */
	const char *password;		/* of archives: a file's path, or NULL */
	const char *school_code, *school_name;	/* -s, or NULL */
	const char *schools;		/* --schools: their table, or NULL */
	const char *class;		/* -y, or NULL */
	int jobs;
	char **uploads;
	size_t upload_count;
	const char *codes;		/* --codes: an upload of capture codes */
	const char *unmatched;		/* --unmatched: write this list */
	struct inbox_file answers[INBOX_MAX];	/* what came back */
	size_t answer_count;
	int accept_identity;		/* end claims of corrections */
	int accept_journal;		/* go on with what is left of it */
	const char *who;		/* --who: gave these answers */
	struct ingest_error *errors;	/* --acknowledge, --unacknowledge */
	size_t error_count;
	const char *purge;		/* --purge: the last manifest, or NULL */
	const char *prune;		/* --prune: the last manifest, or NULL */
	int force;			/* replace the list; prune */
	int verify, repair;		/* --verify: only look whether all is whole */
	int recognize;			/* --recognize: only say what files are */
};

/* Returns the exit status; ends the tool when it cannot do its work. */
int ingest_run(const struct ingest_options *options);

#endif
