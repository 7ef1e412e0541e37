#ifndef TC_ROSTERFILE_H
#define TC_ROSTERFILE_H
/*
 * rosterfile: one table file, read into a roster.
 *
 * Sheets and rows of headings are found by content (titles above them are usual);
 * columns by their headings, share/columns.conf.  A row below with a number and a
 * name is a student; a row with one of them, or with a number that is damaged, that is
 * no student is refused; what has neither is skipped.
 */
struct buf;
struct roster;
struct roster_options;

/* Add the lists of the file at path to the roster, whose last file it is
 * (roster_add_file).  0, or -1 with the reason, path in quotes. */
int rosterfile_read(const char *path, const struct roster_options *options,
    struct roster *roster, struct buf *err);

#endif
