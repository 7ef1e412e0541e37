#ifndef TC_PROVENANCE_H
#define TC_PROVENANCE_H
/*
 * provenance: whether the picture was edited, when and with what it was taken, and whether
 * it is a screenshot.
 *
 * From the file's metadata (exif.h): a file without metadata passes.  Names of editing
 * software are in share/edited.conf.
 */
struct buf;
struct exif;
struct node;
struct profile;
struct provenance;

/* Read the names, one a line, # for comments.  NULL with the reason. */
struct provenance *provenance_load(const char *path, struct buf *err);
void provenance_free(struct provenance *provenance);

/* Put what exif says into the photo's member "image". */
void provenance_describe(struct node *image, const struct exif *exif);

/* Append the checks provenance.* of tool to a photo that has "image". */
void provenance_judge(const struct provenance *provenance, struct node *photo,
    const char *tool, const struct profile *profile);

#endif
