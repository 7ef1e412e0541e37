#ifndef TC_RASTER_H
#define TC_RASTER_H
/*
 * raster: a drawn sheet as a file of pixels for a photo lab.
 *
 * sRGB, with its colour profile; the file has its resolution, so that a lab that prints
 * at the file's size prints at the paper's.
 */
struct buf;
struct draw;

enum raster_format { RASTER_JPEG, RASTER_TIFF };

/* From a word of the command line, -1 when it is none; with the point. */
int raster_format_parse(const char *word);
const char *raster_extension(enum raster_format format);

/* Append the sheet in work as a file.  0, or -1 with the reason. */
int raster_code(struct draw *draw, enum raster_format format, int dpi,
    struct buf *out, struct buf *err);

#endif
