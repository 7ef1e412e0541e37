#ifndef TC_SHARE_H
#define TC_SHARE_H
/*
 * share: where the data files are that belong to the tools.
 *
 * Beside the executable: ../share/tc when the tools are installed, ../share when
 * they run from the build's bin/.  The environment variable TC_SHARE overrides.
 */
struct buf;

/* Append the path of a data file, such as "profiles/jiangsu.conf". */
void share_path(const char *name, struct buf *out);

/* The same for a file that a profile names: a name with a slash is a path itself. */
void share_file(const char *name, struct buf *out);

/* Append the names of the .conf files in a folder of share/, without their endings, in
 * order and separated by blanks. */
void share_names(const char *folder, struct buf *out);
/* Append ": did you mean '...'?" with the nearest of them, if one is near: suggest.h. */
void share_suggest(const char *folder, const char *name, struct buf *out);
/* Append the first word of each line of a file of share/, comments left out, separated
 * by blanks. */
void share_words(const char *file, struct buf *out);

#endif
