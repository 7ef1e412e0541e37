#ifndef TC_EXAMINE_H
#define TC_EXAMINE_H
/*
 * examine: all measurements of one picture file.
 *
 * The file's metadata, and what subject.h measures on its pixels; the file is decoded
 * once, no larger than the measurements need.  Needs img_start.  The verdicts are made by
 * rules.h and provenance.h.
 */
struct buf;
struct img_stored;
struct node;
struct subject_search;

/* Fill result with the members "image", "measures" and, when a face was found,
 * "face" and "upright", a text of likeness.h.  A picture that says it has more than
 * pixels_max pixels is not decoded.  The picture is left in stored (IMG_STORED_INIT),
 * which the caller releases.  0, or -1 with the reason. */
int examine(const struct subject_search *search, double pixels_max, const char *path,
    struct node *result, struct img_stored *stored, struct buf *err);

#endif
