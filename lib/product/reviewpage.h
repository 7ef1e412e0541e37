#ifndef TC_REVIEWPAGE_H
#define TC_REVIEWPAGE_H
/*
 * reviewpage: one HTML file with which people decide, without server or network.
 *
 * Style and script are share/review/, put into the file; its content-security
 * policy allows these two by their hashes, pictures as data: URIs, and nothing
 * else.  Records are JSON in a block that no browser runs, so nothing that a
 * student is called can become markup.  Two uses:
 *
 *	REVIEWPAGE_REVIEW	the centre's reviewer: original and result, pass or
 *				retake
 *	REVIEWPAGE_PROOF	the school: result, and what 勘误 asks (errata.h)
 *
 * What the page downloads is read by corrections.h.
 */
#include "lib/base/buf.h"

struct node;
struct segment;

enum reviewpage_use { REVIEWPAGE_REVIEW, REVIEWPAGE_PROOF };
enum { REVIEWPAGE_RECORDS_MAX = 500 };	/* of one file; then begin another */

struct reviewpage {
	enum reviewpage_use use;
	int count;
	struct buf records;
};

void reviewpage_init(struct reviewpage *page, enum reviewpage_use use);
void reviewpage_release(struct reviewpage *page);

/* Add a photo that has a student.  Its pictures are the previews that are there
 * (preview.h), and of a proof the registration image's is made when it is not. */
void reviewpage_add(struct reviewpage *page, const struct segment *segment,
    const struct node *photo);

/* Append the number-th file, from 1, and make the page empty.  0, or -1 with the
 * reason. */
int reviewpage_print(struct reviewpage *page, const struct segment *segment,
    int number, struct buf *html, struct buf *err);

#endif
