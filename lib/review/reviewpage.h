#ifndef TC_REVIEWPAGE_H
#define TC_REVIEWPAGE_H
/*
 * reviewpage: one HTML file with which people decide, without server or network.
 *
 * Style and script are share/review/, put into the file; its content-security
 * policy allows these two by their hashes, pictures as data: URIs, and nothing
 * else.  Records are JSON in a block that no browser runs, so a student's name cannot
 * become markup.  Two uses:
 *
 *	REVIEWPAGE_REVIEW	the centre's reviewer: original, result and photos it
 *				resembles; pass or retake
 *	REVIEWPAGE_PROOF	the school: result, and what 勘误 asks (errata.h)
 *
 * It holds the registration images themselves, and previews of the uploads (preview.h).
 * What the page downloads is read by corrections.h.
 */
#include "lib/base/buf.h"

struct node;
struct segment;

enum reviewpage_use { REVIEWPAGE_REVIEW, REVIEWPAGE_PROOF };
enum {
	REVIEWPAGE_RECORDS_MAX = 500,	/* of one file; then begin another */
	REVIEWPAGE_BYTES_MAX = 40 << 20	/* of one file, which a mail still takes */
};

struct reviewpage {
	enum reviewpage_use use;
	int full_names;
	int count;
	struct buf records, pictures;	/* as they stand in the file */
};

void reviewpage_init(struct reviewpage *page, enum reviewpage_use use);
void reviewpage_release(struct reviewpage *page);

/* Add a photo that has a student; others are photos that it may be a copy of, shown beside
 * it.  0, or -1 with the reason when a file of the batch cannot be read; a picture that
 * is missing, or does not have the record's hash, is shown as missing. */
int reviewpage_add(struct reviewpage *page, const struct segment *segment,
    const struct node *photo, const struct node *const *others,
    size_t other_count, struct buf *err);
/* Whether another record may not fit any more. */
int reviewpage_is_full(const struct reviewpage *page);

/* Append the number-th file, from 1, and make the page empty.  0, or -1 with the
 * reason. */
int reviewpage_print(struct reviewpage *page, const struct segment *segment,
    int number, struct buf *html, struct buf *err);

#endif
