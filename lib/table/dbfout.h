#ifndef TC_DBFOUT_H
#define TC_DBFOUT_H
/*
 * dbfout: a dBASE III table of text fields in GB18030.
 *
 * Byte 29 of the header says code page 936 (GBK, of which GB18030 is a superset).
 * A field is as wide as its longest value and no narrower than the caller says
 * (the register's widths), so nothing is ever cut; rows wait in an unnamed file
 * until the widths are known, and memory does not grow with them.
 *
 * shapelib, with which dbfin reads, cannot be used for writing: it makes NAME.dbf whatever
 * name is given, cuts what is too long, and does not report a full disk.
 */
struct buf;
struct dbfout;

enum { DBFOUT_NAME_MAX = 10, DBFOUT_WIDTH_MAX = 254, DBFOUT_FIELDS_MAX = 128 };

/* Begin a table; spool is an empty file, open for reading and writing, which the
 * table uses until it is freed and the caller closes. */
struct dbfout *dbfout_new(int spool);
void dbfout_free(struct dbfout *dbf);	/* NULL is fine */

/* All fields before the first value; name is ASCII, at most DBFOUT_NAME_MAX. */
void dbfout_field(struct dbfout *dbf, const char *name, int width);
/* The next value of a row, UTF-8, NULL for none; after the last field's a new row
 * begins.  0, or -1 with the reason: longer than DBFOUT_WIDTH_MAX bytes, or the
 * spool cannot be written. */
int dbfout_text(struct dbfout *dbf, const char *text, struct buf *err);

/* Write the table to the file fd with the date YYYY-MM-DD in its header.  0, or -1
 * with the reason. */
int dbfout_write(struct dbfout *dbf, int fd, const char *date, struct buf *err);

#endif
