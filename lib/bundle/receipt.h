#ifndef TC_RECEIPT_H
#define TC_RECEIPT_H
/*
 * receipt: what went into a bundle, and what was left out and why.
 *
 * A JSON object beside the bundle, FILE.receipt.json.  images + the sum over
 * left_out = photos, the photo records that were seen; images - shared = the sum over
 * the volumes' images.  Each volume is there with its sum.  People appear with masked
 * names and the last four of their numbers.
 */
struct buf;
struct io_product;
struct node;
struct receipt;
struct segment;

struct receipt *receipt_new(void);
void receipt_free(struct receipt *receipt);	/* NULL is fine */

/* Count a photo that is in the bundle (shared: by an image that another record of the same
 * person brought), or one that is not, with the reason.  Photos are counted by reason, so
 * there must be few different ones. */
void receipt_take(struct receipt *receipt, int shared);
void receipt_leave_out(struct receipt *receipt, const struct segment *segment,
    const struct node *photo, const char *reason);

/* A finished volume of the bundle, in order; before it is published. */
int receipt_add_volume(struct receipt *receipt, const struct io_product *volume,
    long images, struct buf *err);

/* Write the receipt to an open product, which the caller publishes after the
 * bundle.  -1 also when its numbers are not those of the volumes. */
int receipt_write(const struct receipt *receipt, const struct segment *segment,
    const struct io_product *product, struct buf *err);

#endif
