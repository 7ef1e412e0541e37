#include "lib/check/examine.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/node.h"
#include "lib/check/likeness.h"
#include "lib/check/provenance.h"
#include "lib/check/rules.h"
#include "lib/check/subject.h"
#include "lib/picture/exif.h"
#include "lib/picture/img.h"
#include "lib/picture/jpg.h"
#include "lib/picture/jpg_sound.h"

enum { JPEG_MAX = 1 << 26 };	/* bytes; of larger files no quality is stated */

static void
describe_image(struct node *image, const struct img_info *info)
{
	node_set_text(image, "format", info->format);
	node_set_integer(image, "width", info->width);
	node_set_integer(image, "height", info->height);
	node_set_integer(image, "orientation", info->orientation);
	node_set_integer(image, "channels", info->channels);
	node_set_integer(image, "bits", info->bits);
	node_set_integer(image, "pages", info->pages);
	node_set_flag(image, "grey", info->grey);
	node_set_flag(image, "cmyk", info->cmyk);
}

static int
ends_well(const struct buf *bytes)
{
	return bytes->len >= 2 && memcmp(bytes->data + bytes->len - 2,
	    "\xff\xd9", 2) == 0;
}

/* What is wrong with a JPEG's data, though a picture was made of it: its end marker is
 * missing, or data that no encoder writes stands in it. */
static void
tell_damage(struct node *image, const struct buf *bytes, int warned)
{
	struct jpg_sound sound = { 0, 0, 0 };
	struct buf ignored = BUF_INIT;

	if (warned && jpg_inspect(bytes->data, bytes->len, &sound, &ignored) == 0 &&
	    sound.corrupt)
		node_set_text(image, "damage", "corrupt");
	else if (!ends_well(bytes) && !jpg_has_end(bytes->data, bytes->len))
		node_set_text(image, "damage", "unended");
	buf_release(&ignored);
}

/* Only tables of the IJG's tell a quality. */
static void
tell_coding(struct node *result, const char *format, const char *path, int warned)
{
	struct buf bytes = BUF_INIT, ignored = BUF_INIT;
	struct jpg_header header;

	if (strcmp(format, "jpeg") == 0 &&
	    io_read_file(path, JPEG_MAX, &bytes, &ignored) == 0) {
		if (jpg_read_header(bytes.data, bytes.len, &header, &ignored) == 0 &&
		    header.quality > 0)
			node_set_integer(node_get(result, "measures"),
			    "file.quality", header.quality);
		tell_damage(node_get(result, "image"), &bytes, warned);
	}
	buf_release(&bytes);
	buf_release(&ignored);
}

/* What the file says of itself and of where it comes from. */
static int
describe(const struct subject_search *search, const char *path, struct node *result,
    struct img_info *info, struct buf *err)
{
	struct buf exif = BUF_INIT, xmp = BUF_INIT;
	int status = img_metadata(path, info, &exif, &xmp, err);
	struct node *image;
	struct exif said;

	subject_lap(search, "file");
	if (status == 0) {
		image = node_set(result, "image", node_object());
		describe_image(image, info);
		exif_read(exif.data, exif.len, &said);
		exif_read_xmp(xmp.data, xmp.len, &said);
		provenance_describe(image, &said);
		subject_lap(search, "provenance");
	}
	buf_release(&exif);
	buf_release(&xmp);
	return status;
}

/* The face brought upright, for finding the same picture twice. */
static void
keep_upright(struct node *result, const unsigned char *pixels)
{
	unsigned char small[LIKENESS_SMALL_BYTES];
	struct buf text = BUF_INIT;
	size_t i;

	buf_addf(&text, "%016llx", (unsigned long long)likeness_hash(pixels));
	node_set_text(node_get(result, "image"), "phash", text.data);
	buf_clear(&text);
	likeness_small(pixels, small);
	for (i = 0; i < LIKENESS_SMALL_BYTES; i++)
		buf_addf(&text, "%02x", small[i]);
	node_set_text(node_get(result, "image"), "likeness", text.data);
	buf_clear(&text);
	likeness_add_text(pixels, &text);
	node_set_text(result, "upright", text.data);
	buf_release(&text);
}

int
examine(const struct subject_search *search, double pixels_max, const char *path,
    struct node *result, struct img_stored *stored, struct buf *err)
{
	struct subject subject;
	struct img_info info;
	struct img img = { 0 };
	int status = -1;

	if (describe(search, path, result, &info, err) != 0)
		return -1;
	if ((double)info.width * info.height > pixels_max)
		return 0;
	if (img_decode(path, subject_rows(search), stored, err) != 0)
		goto out;
	img_upright(stored, &img);
	subject_lap(search, "decode");
	if (subject_find(search, img.pixels, img.width, img.height, &subject, err) != 0)
		goto out;
	if (subject.faces > 0) {
		/* what lies on its side has no place in an upright image */
		if (!subject.turned)
			node_set(result, "face", subject_to_node(&subject, 1 / img.scale));
		keep_upright(result, subject.upright);
	}
	node_set(result, "measures", rules_measures(&subject));
	tell_coding(result, info.format, path, stored->warned);
	subject_lap(search, "likeness");
	status = 0;
out:
	img_release(&img);
	return status;
}
