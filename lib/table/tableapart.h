#ifndef TC_TABLEAPART_H
#define TC_TABLEAPART_H
/*
 * tableapart: a table that somebody sent, read in a process of its own (workers.h).
 */
struct buf;
struct profile;
struct table;

/* As tablein_read, or jsonin_read where the file is a review page's download.  The
 * process has the profile's limits; with profile NULL the calling process, which must be
 * such a process, reads the file itself. */
struct table *tableapart_read(const char *path, const struct profile *profile,
    struct buf *err);

#endif
