#ifndef TC_ROSTERIN_H
#define TC_ROSTERIN_H
/*
 * rosterin: a roster read in a process of its own.
 *
 * Table files are as hostile as pictures, and some libraries trust them: a file that
 * crashes or hangs its reader must cost that roster and not the run.  An entry of an
 * upload is unpacked there, too.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/hash.h"

struct buf;
struct profile;
struct roster;
struct roster_options;
struct rosterin;
struct upload;

/* Add what the file holds to the roster, whose last file it is; shown is the name in
 * messages.  0, or -1 with the reason. */
int rosterin_read(const char *path, const char *shown,
    const struct roster_options *options, const struct profile *profile,
    struct roster *roster, struct buf *err);

enum rosterin_found { ROSTERIN_NONE, ROSTERIN_PICTURE, ROSTERIN_ROSTER };

/* A process for all the tables of an upload, which must not be closed before; one
 * that dies costs the table in work and is replaced.  Ends the tool when there
 * can be no process. */
struct rosterin *rosterin_open(struct upload *upload,
    const struct roster_options *options, const struct profile *profile);
void rosterin_close(struct rosterin *from);	/* NULL is fine */

/* As rosterin_read of an entry, which may be a picture or nothing that is known:
 * then with the reason, a clause about it.  sum is set where it was read whole and
 * is no picture. */
enum rosterin_found rosterin_read_entry(struct rosterin *from, size_t index,
    const char *shown, struct roster *roster, char sum[static HASH_TEXT],
    struct buf *err);

#endif
