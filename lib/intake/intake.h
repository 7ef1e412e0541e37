#ifndef TC_INTAKE_H
#define TC_INTAKE_H
/*
 * intake: the entries of this run's uploads, read and stored.
 *
 * Worker processes read each entry under the profile's limits, hash it, determine by its
 * content whether it is a picture, store it under originals/ and read its size.  Results
 * are written into the arrivals by place, so the order in which workers finish does not
 * matter.
 */
#include <stddef.h>	/* size_t */

#include "lib/intake/ledger.h"

struct batch;
struct buf;
struct profile;
struct upload;
struct upload_options;

struct arrival {
	struct upload *upload;		/* open; the caller's to close */
	struct ledger_upload found;	/* the caller's to release */
};

/* Fill in the limits of the profile's sections [ingest] and [worker]. */
void intake_limits(const struct profile *profile,
    struct upload_options *options);

/* List the upload's entries in found: files that systems leave behind are only counted, and
 * entries beyond a limit get the reason.  An entry that may be a roster by its name is of
 * kind LEDGER_ROSTER until the caller has read it.  codes: all its pictures are capture
 * codes. */
void intake_list(struct arrival *arrival, int codes);

/* An entry's place in its upload. */
size_t intake_index(const struct ledger_entry *entry);

/* Read what is listed, except rosters and what is known already (uploadstate.h).  Where
 * students are known by their capture codes, one is looked for in each picture,
 * harder in what is a code by its name.  Ends the tool when the batch directory
 * cannot be written. */
void intake_read(struct arrival *arrivals, size_t count,
    struct batch *batch, const struct profile *profile, int jobs);

#endif
