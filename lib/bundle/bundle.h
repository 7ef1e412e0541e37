#ifndef TC_BUNDLE_H
#define TC_BUNDLE_H
/*
 * bundle: tc-export chsi, the images for the national register in one zip.
 *
 * Images of photos with status pass that conform, named by the profile's
 * pattern, as they were normalized: each is hashed again when it is read.  One or
 * more volumes (volume.h), a receipt (receipt.h), and lines of the journal about what
 * was delivered (delivery.h).
 *
 * Memory: about 600 bytes an image, whatever the images' size.
 */
struct kind;
struct node;
struct buf;

extern const struct kind bundle_kind;

/* Append the name that pattern gives a photo: each {member} is a member of its
 * student, {number} its number in the batch; a '/' in the pattern separates
 * folders.  0, or -1 with the reason: a member is missing, or has characters that a file
 * name cannot have. */
int bundle_image_name(const char *pattern, const struct node *photo,
    struct buf *out, struct buf *err);

#endif
