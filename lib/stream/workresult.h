#ifndef TC_WORKRESULT_H
#define TC_WORKRESULT_H
/*
 * workresult: what a worker returns for a photo: success or failure, the record, and the
 * files that the parent has to write (batch_defer).  Only for stream.c.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct node;

struct workresult {
	int failed;		/* the record says why */
	const char *record;	/* JSON; borrowed from what was opened */
	size_t record_len;
	const char *files;	/* for batch_store_deferred; borrowed */
	size_t files_len;
};

/* Append a result to out. */
void workresult_pack(int failed, const struct node *record, const struct buf *files,
    struct buf *out);
/* 0, or -1 when the bytes are none. */
int workresult_open(const char *bytes, size_t len, struct workresult *result);

#endif
