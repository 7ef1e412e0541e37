/*
 * files: targets of what uploads hold: archives, pictures, and what they say of themselves.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/archive/archivein.h"
#include "lib/archive/sink.h"
#include "lib/archive/zipin.h"
#include "lib/net/net.h"
#include "lib/picture/bmp.h"
#include "lib/picture/exif.h"
#include "lib/picture/img.h"
#include "lib/picture/jpg.h"
#include "lib/picture/jpg_sound.h"
#include "lib/picture/qr.h"
#include "tests/fuzz/fuzz.h"

enum { SIDE_MAX = 2000, ROWS = 300, ENTRY_MAX = 1 << 16 };

void
fuzz_zip(const uint8_t *bytes, size_t len)
{
	const struct zipin_limits limits = { 1000, 500 };
	struct zipin *archive = zipin_open(fuzz_file(bytes, len), &limits, &fuzz_err);
	struct buf out = BUF_INIT;

	if (archive == NULL)
		return;
	zipin_find_overlaps(archive);
	zipin_find(archive, "a");
	for (size_t i = 0; i < zipin_count(archive) && i < 10; i++) {
		buf_clear(&out);
		zipin_read(archive, i, ENTRY_MAX, &out, &fuzz_err);
	}
	zipin_close(archive);
	buf_release(&out);
}

void
fuzz_archive(const uint8_t *bytes, size_t len)
{
	const struct archivein_limits limits = { .entries = 100, .name_bytes = 500,
	    .entry_bytes = ENTRY_MAX, .archive_bytes = ENTRY_MAX, .total_bytes = 4 * ENTRY_MAX,
	    .ratio = 100, .seconds = 5 };
	struct archivein_list list = { 0 };
	int spool = memfd_create("spool", 0);

	if (archivein_kind((const char *)bytes, len) != NULL)
		archivein_unpack(fuzz_file(bytes, len), &limits, spool, &list, &fuzz_err);
	archivein_release(&list);
	close(spool);
}

/* An entry by itself, as libarchive decodes it; not LZMA's, which takes as much memory as
 * the entry asks for, up to the worker's limit. */
enum { METHOD_AT = 8, LZMA = 14 };

struct once {
	const uint8_t *bytes;
	size_t len;
};

static size_t
next_bytes(void *state, const void **bytes)
{
	struct once *once = state;
	size_t len = once->len;

	*bytes = once->bytes;
	once->len = 0;
	return len;
}

static int
take_bytes(void *state, const void *bytes, size_t len)
{
	struct buf *out = state;

	buf_add(out, bytes, len);
	return out->len > ENTRY_MAX ? -1 : 0;
}

void
fuzz_entry(const uint8_t *bytes, size_t len)
{
	struct once once = { bytes, len };
	struct archivein_bytes from = { &once, next_bytes };
	struct buf out = BUF_INIT;
	struct sink sink = { &out, take_bytes };

	if (len > METHOD_AT && bytes[METHOD_AT] == LZMA)
		return;
	archivein_decode(&from, "password", &sink, &fuzz_err);
	buf_release(&out);
}

void
fuzz_exif(const uint8_t *bytes, size_t len)
{
	struct exif said;

	exif_read(bytes, len, &said);
	exif_read_xmp(bytes, len, &said);
}

void
fuzz_jpeg(const uint8_t *bytes, size_t len)
{
	struct jpg_header header;
	struct buf out = BUF_INIT;

	jpg_read_header(bytes, len, &header, &fuzz_err);
	jpg_bare(bytes, len, 300, &out, &fuzz_err);
	buf_release(&out);
}

void
fuzz_jpegdata(const uint8_t *bytes, size_t len)
{
	struct jpg_header header;
	struct jpg_sound sound;

	/* whoever asks has seen that it is not too large */
	if (jpg_read_header(bytes, len, &header, &fuzz_err) == 0 && header.width < SIDE_MAX &&
	    header.height < SIDE_MAX)
		jpg_inspect(bytes, len, &sound, &fuzz_err);
}

void
fuzz_bmp(const uint8_t *bytes, size_t len)
{
	int width, height;

	if (bmp_size(bytes, len, &width, &height, &fuzz_err) == 0 && width < SIDE_MAX &&
	    height < SIDE_MAX)
		free(bmp_decode(bytes, len, &width, &height, &fuzz_err));
}

/* Whatever libvips is let read, TIFF among it. */
void
fuzz_pictures(const uint8_t *bytes, size_t len)
{
	static int started;
	const char *path = fuzz_file(bytes, len);
	struct buf exif = BUF_INIT, xmp = BUF_INIT;
	struct img_info info;
	struct img img = { 0 };

	if (!started && img_start(&fuzz_err) != 0)
		abort();
	started = 1;
	if (img_sniff(bytes, len) != NULL &&
	    img_metadata(path, &info, &exif, &xmp, &fuzz_err) == 0 &&
	    info.width < SIDE_MAX && info.height < SIDE_MAX &&
	    img_load(path, ROWS, 0, &img, &fuzz_err) == 0)
		img_release(&img);
	buf_release(&exif);
	buf_release(&xmp);
}

void
fuzz_codes(const uint8_t *bytes, size_t len)
{
	struct buf out = BUF_INIT;

	qr_text((const char *)bytes, len, &out);
	buf_release(&out);
}

void
fuzz_tflite(const uint8_t *bytes, size_t len)
{
	net_free(net_open(fuzz_file(bytes, len), &fuzz_err));
}
