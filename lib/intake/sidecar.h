#ifndef TC_SIDECAR_H
#define TC_SIDECAR_H
/*
 * sidecar: files that phones, cameras, clouds and editors write beside a picture, and that
 * are no pictures themselves.
 *
 * IMG_1.AAE, IMG_1.MOV, IMG_1.jpg.xmp, IMG_1.jpg.supplemental-metadata.json belong to
 * IMG_1.jpg in the same folder.  Without the picture a film or a raw file is a file as
 * others; AAE, XMP and the like never hold a picture and are sidecars all the same.  Pure.
 */
struct ledger_upload;

/* Make what is a sidecar by its name, and is refused otherwise, LEDGER_SIDECAR. */
void sidecar_mark(struct ledger_upload *upload);

/* After all was read: a PNG is an editor's where a JPEG or HEIF of the same name is
 * a picture as well.  Not for uploads in which it can be a capture code. */
void sidecar_mark_pictures(struct ledger_upload *upload);

#endif
