#ifndef TC_FOLDERS_H
#define TC_FOLDERS_H
/*
 * folders: what the folder says of a file that lies in it alone.
 *
 * Where every student sends a folder, that has the number and the picture a camera's name.
 * The name of a folder speaks of the file in it where there is one: one picture, however
 * often its bytes are there, or no picture and one other file.  A folder with several
 * pictures is that of a person who collects them.  A folder that refers to a student
 * and the file's own name are then read as one name: together they join, for review where
 * the file's own name does not, or contradict each other.
 */
struct candidates;
struct folders;
struct ledger_entry;
struct ledger_upload;
struct match;

/* upload is borrowed. */
struct folders *folders_new(const struct ledger_upload *upload);
void folders_free(struct folders *folders);	/* NULL is fine */

/* Amend what the entry's own name says (candidates_path). */
void folders_match(const struct folders *folders, const struct candidates *candidates,
    const struct ledger_entry *entry, struct match *match);

#endif
