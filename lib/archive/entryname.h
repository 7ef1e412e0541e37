#ifndef TC_ENTRYNAME_H
#define TC_ENTRYNAME_H
/*
 * entryname: names of files as archives and directories hold them.
 *
 * Raw names are bytes in whatever the sender's system used.  The second byte of
 * a GBK character can be a backslash or a letter, so a name is decoded before it
 * is split.  Names are shown and searched for numbers, and never become paths.
 */
#include <stddef.h>	/* size_t */

struct buf;

/* Append raw, a name of len bytes, as UTF-8: valid UTF-8 as it is (a name that is
 * not flagged as such must hold a character of three bytes or more, because short
 * GBK names can pass for the rest), else from GB18030, else from CP437, in which
 * every byte stands for something.  Control characters become U+FFFD. */
void entryname_decode(const char *raw, size_t len, int flagged,
    struct buf *out);

/* Where the last component of a decoded name begins, after '/' or '\'. */
const char *entryname_base(const char *name);

/* Append text as a part of a file's name: '_' for each character that some system does not
 * allow there. */
void entryname_add_safe(const char *text, struct buf *out);

/* Whether it is a file that systems leave behind: __MACOSX folders, .DS_Store, Thumbs.db,
 * desktop.ini, ._ and ~$ files. */
int entryname_is_junk(const char *name);

/* Whether a name's extension is an archive's, a picture's, a table's, that of an office
 * program's packed document. */
int entryname_is_archive(const char *name);
int entryname_is_picture(const char *name);
int entryname_is_table(const char *name);
int entryname_is_document(const char *name);
/* Whether by its name it would hold a photo, a list or more of them: a text may be empty. */
int entryname_is_content(const char *name);
/* Whether it is named as one of several parts of an archive: .zip.001, .z01, .part1.rar. */
int entryname_is_part(const char *name);
/* The format that a picture's extension stands for ("jpeg"), or NULL. */
const char *entryname_format(const char *name);

#endif
