#ifndef TC_RECEIPT_H
#define TC_RECEIPT_H
/*
 * receipt: what went into a bundle, and what was left out and why.
 *
 * A JSON object beside the bundle, FILE.receipt.json.  images + the sum over
 * left_out = photos, the photo records that were seen.  People appear with
 * masked names and the last four of their numbers.
 */
struct buf;
struct io_product;
struct node;
struct receipt;
struct segment;

struct receipt *receipt_new(void);
void receipt_free(struct receipt *receipt);	/* NULL is fine */

/* A photo that is in the bundle; one that is not, with the reason, which is one
 * of few: photos are counted by it. */
void receipt_take(struct receipt *receipt);
void receipt_leave_out(struct receipt *receipt, const struct segment *segment,
    const struct node *photo, const char *reason);

/* Write the receipt of a finished bundle to a product beside it, which the caller
 * publishes after the bundle. */
int receipt_write(const struct receipt *receipt, const struct segment *segment,
    const struct io_product *bundle, struct io_product *product,
    struct buf *err);

#endif
