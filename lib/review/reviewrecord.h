#ifndef TC_REVIEWRECORD_H
#define TC_REVIEWRECORD_H
/*
 * reviewrecord: what the review page knows of a photo, without its pictures.
 *
 * Names are masked unless they are asked for in full, numbers are the last four, and
 * of a claim's two values what differs is shown.  Findings are what failed or warned,
 * with sentences in both languages; checks that were not made are listed apart.
 */
struct buf;
struct node;
struct profile;

/* Append a record's reference: its token, and behind a dot the first digits of
 * its picture's SHA-256, so that an answer is about what was shown. */
void reviewrecord_add_reference(const struct node *photo, struct buf *out);

/* Append one of two values of a member of the student, between which a person decides:
 * of names and ID numbers no more than what differs.  other may be NULL. */
void reviewrecord_add_value(const char *field, const char *value, const char *other,
    struct buf *out);

/* The caller frees it. */
struct node *reviewrecord_make(const struct node *photo,
    const struct profile *profile, int full_names);

#endif
