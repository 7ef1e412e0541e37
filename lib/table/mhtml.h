#ifndef TC_MHTML_H
#define TC_MHTML_H
/*
 * mhtml: a web page that was saved with its parts in one file (RFC 2557), as mail.
 */
struct buf;

/* Replace bytes, where they are such a file, by its part that has a table, decoded; else
 * leave them. */
void mhtml_unpack(struct buf *bytes);

#endif
