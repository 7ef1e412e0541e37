#ifndef TC_READSETTINGS_H
#define TC_READSETTINGS_H
/*
 * readsettings: the options that decide how an upload is read, as a hash.
 */
#include "lib/base/hash.h"	/* HASH_TEXT */

struct buf;
struct profile;
struct roster_options;

/* The first line of the file at path, as archives' passwords are typed; "" when it is
 * NULL.  Ends the tool when it cannot be read. */
void readsettings_password(const char *path, struct buf *password);

/* Of version, profile, password and how tables are read. */
void readsettings_hash(const struct profile *profile,
    const struct roster_options *table, const struct buf *password,
    char text[static HASH_TEXT]);

#endif
