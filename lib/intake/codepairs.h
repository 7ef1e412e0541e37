#ifndef TC_CODEPAIRS_H
#define TC_CODEPAIRS_H
/*
 * codepairs: which pictures of an upload are capture codes, and which code stands
 * beside a photo.
 *
 * Of the pictures with one name (pairs.h) the code is the one whose name or folder says
 * so, else the one that holds a code while the other does not.  Pure.
 */
struct ledger_upload;

/* Set pair in every entry. */
void codepairs_pair(struct ledger_upload *upload);

#endif
