#ifndef TC_JPG_H
#define TC_JPG_H
/*
 * jpg: RGB pixels to a JPEG whose size in bytes lies between limits, and the header of a
 * JPEG.
 *
 * What is made is baseline JFIF with a density in dots per inch, three
 * components, optimised Huffman codes and no other segment: no EXIF, no thumbnail,
 * no profile, and a comment only where padding is asked for.  The same pixels and
 * limits give the same bytes.
 */
#include <stddef.h>	/* size_t */

struct buf;

struct jpg_limits {
	int quality_min, quality_max;	/* of the IJG scale, 1..100 */
	size_t bytes_min, bytes_max;
	int dpi;			/* 1..65535 */
	int pad;			/* bring a smaller file to bytes_min with a
					 * comment of blanks */
};

struct jpg_coded {
	unsigned char *bytes;
	size_t len;
	int quality;
	int full_chroma;		/* 4:4:4, else 4:2:0 */
};

/* Code width x height pixels with the best quality with which the file has at most
 * bytes_max.  Chroma is 4:2:0; it is 4:4:4 when quality_max with 4:2:0 stays below
 * bytes_min and 4:4:4 fits.  Where not even quality_min fits, the result is larger than
 * bytes_max: compare len.  0, or -1 with the reason.  Release with jpg_release. */
int jpg_code(const unsigned char *pixels, int width, int height,
    const struct jpg_limits *limits, struct jpg_coded *coded, struct buf *err);
void jpg_release(struct jpg_coded *coded);

/* A whole sheet of paper, tagged with a colour profile. */
struct jpg_sheet {
	const unsigned char *bytes;	/* blue, green, red and none a pixel */
	int width, height;
	size_t stride;			/* bytes from row to row */
	int dpi, quality;
	const unsigned char *profile;	/* ICC */
	size_t profile_len;
};

/* Append it as a JPEG of full chroma.  0, or -1 with the reason. */
int jpg_code_sheet(const struct jpg_sheet *sheet, struct buf *out,
    struct buf *err);

struct jpg_header {
	int width, height;
	int components, bits;	/* 3 and 8: 24-bit colour */
	int baseline;		/* sequential, Huffman, 8 bits */
	int dpi_x, dpi_y;	/* of JFIF; 0 when it states none */
	int quality;		/* IJG quality that has these quantisation tables,
				 * 0 when they are not IJG's */
	int has_exif, has_profile;
	int ycc;		/* coded as luma and chroma */
};

/* Read the header of a whole JPEG file.  0, or -1 with the reason. */
int jpg_read_header(const void *bytes, size_t len, struct jpg_header *header,
    struct buf *err);

/* Append the same picture to out, coded bit for bit as it is, in a file as
 * jpg_code makes it: all metadata, comments and whatever follows the picture's end
 * are left out, and the density is set.  Only for a file that jpg_read_header
 * calls baseline, of three components and ycc, without a profile that matters.
 * 0, or -1 with the reason. */
int jpg_bare(const unsigned char *bytes, size_t len, int dpi, struct buf *out,
    struct buf *err);

/* Whether the marker that ends a JPEG (EOI) stands behind its data; no more is looked
 * at than its structure. */
int jpg_has_end(const void *bytes, size_t len);

/* Decode what jpg_code made: RGB pixels, width * height * 3 as its header says,
 * which the caller frees.  NULL with the reason. */
unsigned char *jpg_decode(const void *bytes, size_t len, struct buf *err);

#endif
