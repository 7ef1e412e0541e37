#ifndef TC_PAIRS_H
#define TC_PAIRS_H
/*
 * pairs: the pictures of an upload that have one name but for what says "code".
 *
 * 0001.jpg belongs to 0001.png, 0001_code.png, 采集码0001.png in the same folder.
 * A picture in a folder that is called code, 采集码 and the like is a code as well.
 * Pure.
 */
#include <stddef.h>	/* size_t */

struct ledger_upload;

struct pairs_item {
	char *key;		/* folder and name, folded, without what says "code" */
	size_t entry;		/* of the upload */
	int marked;		/* its name or its folder's says "code" */
};

struct pairs {
	struct pairs_item *items;	/* those of one key stand together */
	size_t count;
};

void pairs_init(struct pairs *pairs, const struct ledger_upload *upload);
void pairs_release(struct pairs *pairs);

/* The end of the group of items that have the key of item first. */
size_t pairs_end(const struct pairs *pairs, size_t first);

/* Set likely[i] for each entry that could be a code by its name: it is marked, or
 * another picture has that name. */
void pairs_likely(const struct ledger_upload *upload, unsigned char *likely);

#endif
