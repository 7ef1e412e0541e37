#ifndef TC_MHTML_H
#define TC_MHTML_H
/*
 * mhtml: a web page that was saved with its parts in one file (RFC 2557), as mail.
 */
struct buf;

/* Where bytes are such a file, leave in them the part that has a table, unpacked; else
 * nothing is changed. */
void mhtml_unpack(struct buf *bytes);

#endif
