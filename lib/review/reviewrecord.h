#ifndef TC_REVIEWRECORD_H
#define TC_REVIEWRECORD_H
/*
 * reviewrecord: a photo's record in the review page, without its pictures.
 *
 * Names are masked unless they are asked for in full, numbers are the last four digits,
 * and of a claim's two values only the difference is shown.  Findings are checks that
 * failed or warned, with sentences in both languages; checks that were not made are
 * listed separately.
 */
struct buf;
struct node;
struct profile;

/* Append a record's reference: its token, a dot and the first digits of its picture's
 * SHA-256, so that an answer belongs to the picture that was shown. */
void reviewrecord_add_reference(const struct node *photo, struct buf *out);

/* Append value, one of two between which a person decides: of names and ID numbers only
 * what differs from other, which may be NULL. */
void reviewrecord_add_value(const char *field, const char *value, const char *other,
    struct buf *out);

/* The caller frees it. */
struct node *reviewrecord_make(const struct node *photo,
    const struct profile *profile, int full_names);

#endif
