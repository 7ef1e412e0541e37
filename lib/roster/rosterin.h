#ifndef TC_ROSTERIN_H
#define TC_ROSTERIN_H
/*
 * rosterin: a roster read in a process of its own.
 *
 * Table files are as hostile as pictures, and the libraries that read the old
 * kinds trust them: what crashes, hangs or eats memory must cost the roster its
 * reading and not the tool its life.
 */
struct buf;
struct profile;
struct roster;
struct roster_options;

/* As roster_read; shown is the name in messages. */
int rosterin_read(const char *path, const char *shown,
    const struct roster_options *options, const struct profile *profile,
    struct roster *roster, struct buf *err);

/* The same from bytes of an upload's entry; the reason is a clause about it. */
int rosterin_read_bytes(const struct buf *bytes, const char *shown,
    const struct roster_options *options, const struct profile *profile,
    struct roster *roster, struct buf *err);

#endif
