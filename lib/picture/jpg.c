#include "lib/picture/jpg.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"

enum { MARKER_KEPT = 16, EXIF_MARK = 6, PROFILE_MARK = 12 };

/* Of a comment, in bytes with its marker. */
enum { COMMENT_LEAST = 4, COMMENT_MOST = 2 + 65535 };

/* libjpeg's error handler, with the way back. */
struct handler {
	struct jpeg_error_mgr manager;	/* first: libjpeg knows only this */
	jmp_buf back;
	const char *what;		/* could not be done */
	struct buf *err;
};

static void
leave(j_common_ptr common)
{
	struct handler *handler = (struct handler *)common->err;
	char message[JMSG_LENGTH_MAX];

	common->err->format_message(common, message);
	buf_addf(handler->err, "%s: %s", handler->what, message);
	longjmp(handler->back, 1);
}

static void
keep_quiet(j_common_ptr common, int level)
{
	(void)common;
	(void)level;
}

static struct jpeg_error_mgr *
handler_init(struct handler *handler, const char *what, struct buf *err)
{
	jpeg_std_error(&handler->manager);
	handler->manager.error_exit = leave;
	handler->manager.emit_message = keep_quiet;
	handler->what = what;
	handler->err = err;
	return &handler->manager;
}

/* ---- coding ---- */

struct picture {
	const unsigned char *pixels;
	int width, height, dpi;
};

static void
write_picture(struct jpeg_compress_struct *coder, const struct picture *picture,
    int quality, int full_chroma)
{
	size_t stride = (size_t)picture->width * 3;
	JSAMPROW row;

	coder->image_width = (JDIMENSION)picture->width;
	coder->image_height = (JDIMENSION)picture->height;
	coder->input_components = 3;
	coder->in_color_space = JCS_RGB;
	jpeg_set_defaults(coder);
	jpeg_set_quality(coder, quality, TRUE);
	coder->optimize_coding = TRUE;
	coder->density_unit = 1;
	coder->X_density = coder->Y_density = (UINT16)picture->dpi;
	coder->comp_info[0].h_samp_factor = full_chroma ? 1 : 2;
	coder->comp_info[0].v_samp_factor = full_chroma ? 1 : 2;
	jpeg_start_compress(coder, TRUE);
	while (coder->next_scanline < coder->image_height) {
		row = (JSAMPROW)picture->pixels + coder->next_scanline * stride;
		jpeg_write_scanlines(coder, &row, 1);
	}
	jpeg_finish_compress(coder);
}

/* What must outlive a longjmp is not in the function that calls setjmp. */
struct coding {
	struct jpeg_compress_struct coder;
	struct handler handler;
	unsigned char *bytes;
	unsigned long len;
};

static int
run_coding(struct coding *coding, const struct picture *picture, int quality,
    int full_chroma)
{
	if (setjmp(coding->handler.back) != 0)
		return -1;
	jpeg_create_compress(&coding->coder);
	jpeg_mem_dest(&coding->coder, &coding->bytes, &coding->len);
	write_picture(&coding->coder, picture, quality, full_chroma);
	return 0;
}

static int
code_once(const struct picture *picture, int quality, int full_chroma,
    struct jpg_coded *coded, struct buf *err)
{
	struct coding coding = { .bytes = NULL, .len = 0 };
	int result;

	coding.coder.err = handler_init(&coding.handler,
	    "cannot code the picture as JPEG", err);
	result = run_coding(&coding, picture, quality, full_chroma);
	jpeg_destroy_compress(&coding.coder);
	if (result != 0) {
		free(coding.bytes);
		return -1;
	}
	jpg_release(coded);
	*coded = (struct jpg_coded){ coding.bytes, coding.len, quality,
	    full_chroma };
	return 0;
}

/* By how much IJG multiplies its tables, from 50 up; below that nothing is
 * wanted. */
static double
coarseness(int quality)
{
	return quality < 100 ? 200 - 2 * quality : 1;
}

/*
 * A quality between low, which fits, and high, which does not, where the size
 * should be about what is wanted: size is close to a power of coarseness.  Low
 * may not have been tried (no bytes); then the power is the usual one.  Takes
 * far fewer tries than halving.
 */
static int
next_quality(const struct jpg_coded *low, const struct jpg_coded *high,
    size_t wanted)
{
	double power = -0.75, guess;

	if (low->bytes != NULL && low->len < high->len)
		power = log((double)high->len / (double)low->len) /
		    log(coarseness(high->quality) / coarseness(low->quality));
	guess = coarseness(high->quality) *
	    pow((double)wanted / (double)high->len, 1 / power);
	guess = floor(100 - guess / 2);
	if (guess <= low->quality)
		return low->quality + 1;
	if (guess >= high->quality)
		return high->quality - 1;
	return (int)guess;
}

/* Bring low and high together.  At the end low is the best that fits; without
 * bytes when none does. */
static int
search(const struct picture *picture, size_t bytes_max, struct jpg_coded *low,
    struct jpg_coded *high, struct buf *err)
{
	struct jpg_coded tried = { NULL, 0, 0, 0 }, *side;

	while (high->quality - low->quality > 1) {
		if (code_once(picture, next_quality(low, high, bytes_max), 0,
		    &tried, err) != 0)
			return -1;
		side = tried.len <= bytes_max ? low : high;
		jpg_release(side);
		*side = tried;
		tried.bytes = NULL;
	}
	return 0;
}

/* A comment's marker, length and blanks, size bytes in all. */
static void
put_comment(unsigned char *at, size_t size)
{
	at[0] = 0xFF;
	at[1] = JPEG_COM;
	at[2] = (unsigned char)((size - 2) >> 8);
	at[3] = (unsigned char)((size - 2) & 0xFF);
	memset(at + COMMENT_LEAST, ' ', size - COMMENT_LEAST);
}

/* Comments before the end-of-image marker's turn comes: right after the JFIF
 * segment, where readers expect them. */
static void
pad_file(struct jpg_coded *coded, size_t wanted)
{
	size_t more = wanted - coded->len, head = 4u + coded->bytes[5], size;
	unsigned char *made;

	if (more < COMMENT_LEAST)
		more = COMMENT_LEAST;
	made = xmalloc(coded->len + more + COMMENT_LEAST);
	memcpy(made, coded->bytes, head);
	wanted = coded->len;
	for (size_t at = head; more > 0; at += size, more -= size) {
		size = more < COMMENT_MOST ? more : COMMENT_MOST;
		if (more > size && more - size < COMMENT_LEAST)
			size -= COMMENT_LEAST;
		put_comment(made + at, size);
		coded->len += size;
	}
	memcpy(made + head + (coded->len - wanted), coded->bytes + head,
	    wanted - head);
	free(coded->bytes);
	coded->bytes = made;
}

int
jpg_code(const unsigned char *pixels, int width, int height,
    const struct jpg_limits *limits, struct jpg_coded *coded, struct buf *err)
{
	struct picture picture = { pixels, width, height, limits->dpi };
	struct jpg_coded low = { NULL, 0, limits->quality_min - 1, 0 };
	struct jpg_coded high = { NULL, 0, 0, 0 }, *best = &high;
	int result = -1;

	if (code_once(&picture, limits->quality_max, 0, &high, err) != 0)
		goto out;
	if (high.len < limits->bytes_min) {
		if (code_once(&picture, limits->quality_max, 1, &low, err) != 0)
			goto out;
		best = low.len <= limits->bytes_max ? &low : &high;
	} else if (high.len > limits->bytes_max) {
		if (search(&picture, limits->bytes_max, &low, &high, err) != 0)
			goto out;
		best = low.bytes != NULL ? &low : &high;
	}
	*coded = *best;
	best->bytes = NULL;
	if (limits->pad && coded->len < limits->bytes_min)
		pad_file(coded, limits->bytes_min);
	result = 0;
out:
	jpg_release(&low);
	jpg_release(&high);
	return result;
}

void
jpg_release(struct jpg_coded *coded)
{
	free(coded->bytes);
	*coded = (struct jpg_coded){ NULL, 0, 0, 0 };
}

/* ---- sheets ---- */

static void
write_sheet(struct jpeg_compress_struct *coder, const struct jpg_sheet *sheet)
{
	JSAMPROW row;

	coder->image_width = (JDIMENSION)sheet->width;
	coder->image_height = (JDIMENSION)sheet->height;
	coder->input_components = 4;
	coder->in_color_space = JCS_EXT_BGRX;
	jpeg_set_defaults(coder);
	jpeg_set_quality(coder, sheet->quality, TRUE);
	coder->density_unit = 1;
	coder->X_density = coder->Y_density = (UINT16)sheet->dpi;
	/* small coloured text and sharp edges want their whole chroma */
	coder->comp_info[0].h_samp_factor = 1;
	coder->comp_info[0].v_samp_factor = 1;
	jpeg_start_compress(coder, TRUE);
	jpeg_write_icc_profile(coder, sheet->profile,
	    (unsigned int)sheet->profile_len);
	while (coder->next_scanline < coder->image_height) {
		row = (JSAMPROW)sheet->bytes +
		    coder->next_scanline * sheet->stride;
		jpeg_write_scanlines(coder, &row, 1);
	}
	jpeg_finish_compress(coder);
}

static int
run_sheet(struct coding *coding, const struct jpg_sheet *sheet)
{
	if (setjmp(coding->handler.back) != 0)
		return -1;
	jpeg_create_compress(&coding->coder);
	jpeg_mem_dest(&coding->coder, &coding->bytes, &coding->len);
	write_sheet(&coding->coder, sheet);
	return 0;
}

int
jpg_code_sheet(const struct jpg_sheet *sheet, struct buf *out, struct buf *err)
{
	struct coding coding = { .bytes = NULL, .len = 0 };
	int result;

	coding.coder.err = handler_init(&coding.handler,
	    "cannot code the sheet as JPEG", err);
	result = run_sheet(&coding, sheet);
	jpeg_destroy_compress(&coding.coder);
	if (result == 0)
		buf_add(out, coding.bytes, coding.len);
	free(coding.bytes);
	return result;
}

/* ---- reading ---- */

struct reading {
	struct jpeg_decompress_struct reader;
	struct jpeg_compress_struct model;
	struct handler handler;
};

static int
same_table(const JQUANT_TBL *one, const JQUANT_TBL *other)
{
	return one != NULL && other != NULL && memcmp(one->quantval,
	    other->quantval, sizeof one->quantval) == 0;
}

/* NULL also where the file says a number that no table has, as it may of a component that
 * no scan holds. */
static const JQUANT_TBL *
table_of(const struct jpeg_decompress_struct *reader, int component)
{
	int number = reader->comp_info[component].quant_tbl_no;

	return number >= 0 && number < NUM_QUANT_TBLS ?
	    reader->quant_tbl_ptrs[number] : NULL;
}

/* The highest quality for which libjpeg itself would make these tables. */
static int
quality_of(struct jpeg_decompress_struct *reader,
    struct jpeg_compress_struct *model)
{
	int quality, i, same = 0;

	for (quality = 100; quality >= 1; quality--) {
		jpeg_set_quality(model, quality, TRUE);
		same = 1;
		for (i = 0; i < reader->num_components && same; i++) {
			same = same_table(table_of(reader, i),
			    model->quant_tbl_ptrs[i > 0 ? 1 : 0]);
		}
		if (same)
			return quality;
	}
	return 0;
}

static int
has_marker(const struct jpeg_decompress_struct *reader, int marker,
    const char *start, unsigned len)
{
	jpeg_saved_marker_ptr saved;

	for (saved = reader->marker_list; saved != NULL; saved = saved->next)
		if (saved->marker == marker && saved->data_length >= len &&
		    memcmp(saved->data, start, len) == 0)
			return 1;
	return 0;
}

static int
dpi_of(const struct jpeg_decompress_struct *reader, unsigned density)
{
	if (!reader->saw_JFIF_marker || reader->density_unit == 0)
		return 0;
	return reader->density_unit == 2 ? (int)(density * 2.54 + 0.5) :
	    (int)density;
}

static void
take_header(struct jpeg_decompress_struct *reader,
    struct jpeg_compress_struct *model, struct jpg_header *header)
{
	header->width = (int)reader->image_width;
	header->height = (int)reader->image_height;
	header->components = reader->num_components;
	header->bits = reader->data_precision;
	header->baseline = !reader->progressive_mode && !reader->arith_code &&
	    reader->data_precision == 8;
	header->dpi_x = dpi_of(reader, reader->X_density);
	header->dpi_y = dpi_of(reader, reader->Y_density);
	header->quality = quality_of(reader, model);
	header->ycc = reader->jpeg_color_space == JCS_YCbCr;
	header->has_exif = has_marker(reader, JPEG_APP0 + 1, "Exif\0", EXIF_MARK);
	header->has_profile = has_marker(reader, JPEG_APP0 + 2, "ICC_PROFILE",
	    PROFILE_MARK);
}

static int
run_reading(struct reading *reading, const void *bytes, size_t len,
    struct jpg_header *header)
{
	if (setjmp(reading->handler.back) != 0)
		return -1;
	jpeg_create_decompress(&reading->reader);
	jpeg_create_compress(&reading->model);
	jpeg_mem_src(&reading->reader, bytes, len);
	jpeg_save_markers(&reading->reader, JPEG_APP0 + 1, MARKER_KEPT);
	jpeg_save_markers(&reading->reader, JPEG_APP0 + 2, MARKER_KEPT);
	jpeg_read_header(&reading->reader, TRUE);
	take_header(&reading->reader, &reading->model, header);
	return 0;
}

int
jpg_read_header(const void *bytes, size_t len, struct jpg_header *header,
    struct buf *err)
{
	struct reading reading;
	int result;

	memset(&reading, 0, sizeof reading);
	reading.reader.err = handler_init(&reading.handler,
	    "cannot read the JPEG's header", err);
	reading.model.err = &reading.handler.manager;
	result = run_reading(&reading, bytes, len, header);
	jpeg_destroy_compress(&reading.model);
	jpeg_destroy_decompress(&reading.reader);
	return result;
}

static int
run_decoding(struct reading *reading, const void *bytes, size_t len,
    unsigned char **pixels)
{
	struct jpeg_decompress_struct *reader = &reading->reader;
	JSAMPROW row;

	if (setjmp(reading->handler.back) != 0)
		return -1;
	jpeg_create_decompress(reader);
	jpeg_mem_src(reader, bytes, len);
	jpeg_read_header(reader, TRUE);
	reader->out_color_space = JCS_RGB;
	jpeg_start_decompress(reader);
	*pixels = xmalloc((size_t)reader->output_width * reader->output_height * 3);
	while (reader->output_scanline < reader->output_height) {
		row = *pixels + (size_t)reader->output_scanline *
		    reader->output_width * 3;
		jpeg_read_scanlines(reader, &row, 1);
	}
	jpeg_finish_decompress(reader);
	return 0;
}

unsigned char *
jpg_decode(const void *bytes, size_t len, struct buf *err)
{
	struct reading reading;
	unsigned char *pixels = NULL;
	int result;

	memset(&reading, 0, sizeof reading);
	reading.reader.err = handler_init(&reading.handler,
	    "cannot decode the JPEG", err);
	result = run_decoding(&reading, bytes, len, &pixels);
	jpeg_destroy_decompress(&reading.reader);
	if (result == 0)
		return pixels;
	free(pixels);
	return NULL;
}
