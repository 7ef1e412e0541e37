#ifndef TC_ARRIVALS_H
#define TC_ARRIVALS_H
/*
 * arrivals: the uploads that a run was given.
 *
 * Each is opened and listed, and the rosters in it are read; what cannot be opened is
 * a failure, which is reported and not kept.  An upload that has not changed since an
 * earlier run read it whole (lib/intake/uploadstate.h) is not opened, unless it holds a
 * roster and another one that is opened may hold one as well: together they are the
 * roster.
 */
#include <stddef.h>	/* size_t */

#include "lib/archive/upload.h"
#include "lib/intake/intake.h"
#include "lib/intake/uploadstate.h"
#include "lib/roster/roster.h"

struct batch;
struct ledger;
struct profile;
struct report_failure;

struct arrivals {
	struct arrival *items;
	size_t count;
	struct roster roster;			/* what the tables in them hold */
	unsigned char *has_roster;		/* a flag for each */
	const char **paths;			/* one for each, borrowed */
	char (*stamps)[HASH_TEXT];		/* one for each, when it was opened */
	int *codes;				/* a flag for each: given by --codes */
	struct report_failure *failures;
	size_t failure_count;
	size_t unchanged;			/* that were not opened */
};

/* What uploads are read with, and what is known of them. */
struct arrivals_setup {
	const struct profile *profile;
	const struct upload_options *limits;
	const struct roster_options *table;
	const struct batch *batch;		/* NULL: a new one, nothing is known */
	const struct ledger *ledger;
	const struct uploadstate *seen;
	const char *settings;			/* see stamp.h */
};

/* Open and list the uploads at paths, and codes, one more with pictures of capture codes,
 * or NULL. */
void arrivals_open(struct arrivals *arrivals, char **paths, size_t count,
    const char *codes, const struct arrivals_setup *setup);
/* Before a batch is begun: end the tool when none of the paths is there. */
void arrivals_refuse_missing(char **paths, size_t count, const char *directory);
/* Judge every entry with a table's name: those that are rosters are read. */
void arrivals_read_rosters(struct arrivals *arrivals,
    const struct arrivals_setup *setup);
/* Whether one of those uploads that have a flag in is_new (NULL: of all) holds a
 * roster. */
int arrivals_has_roster(const struct arrivals *arrivals,
    const unsigned char *is_new);
/* Note in seen that the arrival at index is that upload of the ledger, unless its
 * file changed while it was read. */
void arrivals_note(const struct arrivals *arrivals, size_t index,
    const struct arrivals_setup *setup, size_t upload, struct uploadstate *seen);
/* The roster is the ledger's now. */
void arrivals_drop_rosters(struct arrivals *arrivals);
void arrivals_release(struct arrivals *arrivals);

#endif
