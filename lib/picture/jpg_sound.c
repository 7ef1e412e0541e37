#include "lib/picture/jpg_sound.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

#include "lib/base/buf.h"

/* libjpeg's error handler, which keeps what it was warned of. */
struct handler {
	struct jpeg_error_mgr manager;	/* first: libjpeg knows only this */
	jmp_buf back;
	struct buf *err;
	int ended;			/* the data came to the file's end */
	int hungry;			/* a scan wanted more data than there was */
	int corrupt;
};

static void
leave(j_common_ptr common)
{
	struct handler *handler = (struct handler *)common->err;
	char message[JMSG_LENGTH_MAX];

	common->err->format_message(common, message);
	buf_addf(handler->err, "cannot decode the JPEG: %s", message);
	longjmp(handler->back, 1);
}

static void
note(j_common_ptr common, int level)
{
	struct handler *handler = (struct handler *)common->err;

	if (level >= 0)
		return;
	switch (common->err->msg_code) {
	case JWRN_JPEG_EOF:
		handler->ended = 1;
		break;
	case JWRN_HIT_MARKER:
		handler->hungry = 1;
		break;
	case JWRN_EXTRANEOUS_DATA:
	case JWRN_HUFF_BAD_CODE:
	case JWRN_MUST_RESYNC:
	case JWRN_BOGUS_PROGRESSION:
		handler->corrupt = 1;
		break;
	}
}

/* Whether a progressive picture lacks scans: some bits of a coefficient never came. */
static int
lacks_scans(const struct jpeg_decompress_struct *reader)
{
	int i, k;

	if (!reader->progressive_mode || reader->coef_bits == NULL)
		return 0;
	for (i = 0; i < reader->num_components; i++)
		for (k = 0; k < DCTSIZE2; k++)
			if (reader->coef_bits[i][k] != 0)
				return 1;
	return 0;
}

/* What must outlive a longjmp is not in the function that calls setjmp. */
static int
run(struct jpeg_decompress_struct *reader, struct handler *handler,
    const void *bytes, size_t len, int *scans)
{
	if (setjmp(handler->back) != 0)
		return -1;
	jpeg_create_decompress(reader);
	jpeg_mem_src(reader, bytes, len);
	jpeg_read_header(reader, TRUE);
	jpeg_read_coefficients(reader);
	*scans = lacks_scans(reader);
	return 0;
}

int
jpg_inspect(const void *bytes, size_t len, struct jpg_sound *sound,
    struct buf *err)
{
	struct jpeg_decompress_struct reader;
	struct handler handler = { .err = err };
	int result, scans = 0;

	memset(&reader, 0, sizeof reader);
	reader.err = jpeg_std_error(&handler.manager);
	handler.manager.error_exit = leave;
	handler.manager.emit_message = note;
	result = run(&reader, &handler, bytes, len, &scans);
	jpeg_destroy_decompress(&reader);
	if (result != 0)
		return -1;
	sound->unended = handler.ended;
	sound->cut = handler.ended && (handler.hungry || scans);
	sound->corrupt = handler.corrupt || (handler.hungry && !handler.ended);
	return 0;
}
