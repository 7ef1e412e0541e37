#ifndef TC_PARCEL_H
#define TC_PARCEL_H
/*
 * parcel: what a worker sends back for a photo: how it went, the record, and the files
 * that the parent is to write (batch_defer).  Only for stream.c.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct node;

struct parcel {
	int failed;		/* the record says why */
	const char *record;	/* JSON; borrowed from what was opened */
	size_t record_len;
	const char *files;	/* for batch_store_deferred; borrowed */
	size_t files_len;
};

/* Append a parcel to out. */
void parcel_pack(int failed, const struct node *record, const struct buf *files,
    struct buf *out);
/* 0, or -1 when the bytes are none. */
int parcel_open(const char *bytes, size_t len, struct parcel *parcel);

#endif
