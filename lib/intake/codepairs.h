#ifndef TC_CODEPAIRS_H
#define TC_CODEPAIRS_H
/*
 * codepairs: which pictures of an upload are capture codes, and which code stands
 * beside a photo.
 *
 * Of the pictures of one name (pairs.h) the code is what its name or folder calls
 * one, else what holds a code while another does not.  Pure.
 */
struct ledger_upload;

/* Set pair in every entry. */
void codepairs_pair(struct ledger_upload *upload);

#endif
