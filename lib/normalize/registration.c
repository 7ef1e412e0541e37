#include "lib/normalize/registration.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/check/personprior.h"
#include "lib/normalize/proof.h"
#include "lib/picture/img.h"
#include "lib/picture/jpg_sound.h"

enum { ORIENTED = 1 };		/* EXIF: upright as stored */

/* A picture while it becomes an image. */
struct making {
	struct registration *of;
	const char *path;
	struct img_info info;
	struct crop crop;
	int extended;		/* the crop reaches outside: wall must be made up */
	int failures;		/* of the crop that is not extended */
	struct crop closed;	/* that crop */
	struct img img;		/* the whole image */
	struct img part;	/* what of it is picture; borrows img's pixels
				 * unless extended */
	int left, above, right;	/* of img around part: wall that is made up */
	struct matte matte;	/* of part */
	int is_cut;		/* matte is filled */
	enum background_choice background;
};

/* ---- which part of the picture ---- */

static struct crop_face
geometry_of(const struct measure_face *face)
{
	struct crop_face geometry = {
		.crown = face->crown,
		.eye_line = (face->left_eye.y + face->right_eye.y) / 2,
		.width = face->right - face->left,
		.centre = (face->left_eye.x + face->right_eye.x) / 2,
	};

	return geometry;
}

/* A picture that is an image already is taken whole, another cut; a crop that
 * needs more wall is taken where wall may be made. */
static void
choose_crop(struct making *making)
{
	const struct registration_limits *limits = making->of->limits;
	struct crop_limits open = limits->crop;
	struct crop_face face = geometry_of(&making->of->face);
	struct box all = { 0, 0, making->info.width, making->info.height };

	making->failures = 0;
	if (making->info.width == limits->crop.width &&
	    making->info.height == limits->crop.height &&
	    crop_judge(&limits->crop, &face, all.w, all.h, &all,
	    &making->crop) == 0)
		return;
	making->failures = crop_fit(&limits->crop, &face, all.w, all.h,
	    &making->closed);
	making->crop = making->closed;
	if (making->failures == 0 || limits->background.mode == BACKGROUND_KEEP)
		return;
	open.wall_extends = 1;
	if (crop_fit(&open, &face, all.w, all.h, &making->crop) == 0)
		making->extended = 1;
	else
		making->crop = making->closed;
}

/* ---- background ---- */

static struct matte_face
head_in(const struct making *making)
{
	const struct measure_face *face = &making->of->face;
	const struct box *box = &making->crop.box;
	double scale = making->crop.scale;
	double x = box->x + making->left / scale;
	double y = box->y + making->above / scale;
	struct matte_face head = {
		{ (face->left_eye.x - x) * scale,
		    (face->left_eye.y - y) * scale },
		{ (face->right_eye.x - x) * scale,
		    (face->right_eye.y - y) * scale },
		{ (face->chin.x - x) * scale, (face->chin.y - y) * scale },
		(face->left - x) * scale, (face->right - x) * scale,
	};

	return head;
}

/* Where so little lies outside that the picture's edge may be repeated, it is. */
static int
made_up(const struct making *making, double outside)
{
	return outside > making->of->limits->crop.missing_max ? (int)ceil(outside) : 0;
}

/* A wall that is repeated beyond the picture's border must not be taken for one:
 * the person is cut out of what is there. */
static void
take_part(struct making *making)
{
	const struct crop *crop = &making->crop;
	const struct img *img = &making->img;
	struct img *part = &making->part;
	size_t row;

	*part = *img;
	if (!making->extended)
		return;
	making->left = made_up(making, crop->left);
	making->above = made_up(making, crop->above);
	making->right = made_up(making, crop->right);
	part->width = img->width - making->left - making->right;
	part->height = img->height - making->above;
	row = (size_t)part->width * 3;
	part->pixels = xmalloc(row * (size_t)part->height);
	for (int y = 0; y < part->height; y++)
		memcpy(part->pixels + (size_t)y * row, img->pixels + 3 *
		    ((size_t)(y + making->above) * (size_t)img->width +
		    (size_t)making->left), row);
}

/* Put part and its mask back, with wall about them. */
static void
put_part(struct making *making)
{
	const unsigned char *target = making->of->limits->background.target;
	const struct img *part = &making->part;
	struct img *img = &making->img;
	size_t count = (size_t)img->width * (size_t)img->height;
	size_t row = (size_t)part->width, at;
	unsigned char *alpha;

	if (!making->extended)
		return;
	alpha = xcalloc(count, 1);
	for (at = 0; at < count; at++)
		memcpy(img->pixels + 3 * at, target, 3);
	for (size_t y = 0; y < (size_t)part->height; y++) {
		at = (y + (size_t)making->above) * (size_t)img->width +
		    (size_t)making->left;
		memcpy(img->pixels + 3 * at, part->pixels + 3 * y * row, 3 * row);
		memcpy(alpha + at, making->matte.alpha + y * row, row);
	}
	free(making->matte.alpha);
	making->matte.alpha = alpha;
}

/* The person's mask on the crop; why not, or what is doubted, is put into words. */
static void
cut_out(struct making *making, struct buf *words)
{
	const struct img *img = &making->part;
	struct matte_face head = head_in(making);
	struct box all = { 0, 0, img->width, img->height };
	struct net *persons = making->of->search->persons;
	struct matte_prior prior;

	if (persons == NULL) {
		buf_adds(words, "the network that finds persons is missing");
		return;
	}
	personprior_find(persons, img->pixels, img->width, img->height, &all, &prior);
	making->is_cut = matte_cut(img->pixels, img->width, img->height, &head, &prior,
	    &making->matte, words) == 0;
	personprior_release(&prior);
	if (making->is_cut)
		matte_doubt_words(&making->matte, words);
}

/* Cut the person out of the crop and decide. */
static void
judge_background(struct making *making)
{
	const struct background_limits *limits =
	    &making->of->limits->background;
	const struct img *img = &making->part;
	struct background_wall wall;
	struct buf doubt = BUF_INIT;

	cut_out(making, &doubt);
	if (making->is_cut || making->of->search->persons != NULL)
		node_set_real(making->of->result, "mask_confidence",
		    making->is_cut ? making->matte.confidence : 0, 2);
	if (making->is_cut) {
		background_measure(img->pixels, making->matte.alpha, img->width,
		    img->height, limits->target, &wall);
		making->background = background_choose(limits, &wall);
		node_set_flag(making->of->result, "wall_plain", making->matte.plain);
	}
	if (doubt.len > 0)
		node_set_text(making->of->result, "doubt", doubt.data);
	buf_release(&doubt);
}

/* Whether wall may be made up where the crop reaches outside the picture. */
static int
may_extend(const struct making *making)
{
	const struct img *part = &making->part;
	int sides = (making->left > 0 ? BACKGROUND_LEFT : 0) |
	    (making->right > 0 ? BACKGROUND_RIGHT : 0) |
	    (making->above > 0 ? BACKGROUND_ABOVE : 0);

	return making->background == BACKGROUND_REPLACED &&
	    (background_cut_off(making->matte.alpha, part->width,
	    part->height) & sides) == 0;
}

static void
replace_background(struct making *making)
{
	struct img *part = &making->part;

	if (making->background == BACKGROUND_REPLACED) {
		matte_compose(part->pixels, part->width, part->height,
		    &making->matte, making->of->limits->background.target,
		    part->pixels);
		put_part(making);
	}
	node_set_text(making->of->result, "background",
	    making->background == BACKGROUND_REPLACED ? "replaced" : "kept");
}

/* What was damaged is not delivered as it came. */
static int
is_sound(const struct buf *bytes)
{
	struct jpg_sound sound = { 0, 0, 0 };
	struct buf ignored = BUF_INIT;
	int sane = jpg_inspect(bytes->data, bytes->len, &sound, &ignored) == 0;

	buf_release(&ignored);
	return sane && !sound.corrupt && !sound.unended;
}

/* ---- file ---- */

/* The upload's own coding, when it satisfies everything: 1, and the image is
 * filled. */
static int
keep_coding(struct making *making, struct jpg_header *header)
{
	const struct registration_limits *limits = making->of->limits;
	const struct jpg_limits *file = &limits->file;
	struct buf bytes = BUF_INIT, bare = BUF_INIT, ignored = BUF_INIT;
	int kept = 0;

	if (making->background == BACKGROUND_REPLACED ||
	    strcmp(making->info.format, "jpeg") != 0 ||
	    making->info.orientation != ORIENTED ||
	    making->crop.scale != 1 ||
	    making->info.width != limits->crop.width ||
	    making->info.height != limits->crop.height)
		return 0;
	if (io_read_file(making->path, 64 * file->bytes_max, &bytes,
	    &ignored) == 0 &&
	    jpg_read_header(bytes.data, bytes.len, header, &ignored) == 0 &&
	    header->baseline && header->components == 3 && header->ycc &&
	    !header->has_profile && is_sound(&bytes) && header->quality >= file->quality_min &&
	    jpg_bare((const unsigned char *)bytes.data, bytes.len, file->dpi,
	    &bare, &ignored) == 0 &&
	    bare.len <= file->bytes_max &&
	    (bare.len >= file->bytes_min || !file->pad)) {
		buf_add(&making->of->image, bare.data, bare.len);
		node_set_flag(making->of->result, "recoded", 0);
		kept = 1;
	}
	buf_release(&bytes);
	buf_release(&bare);
	buf_release(&ignored);
	return kept;
}

static int
code_image(struct making *making, struct buf *err)
{
	const struct img *img = &making->img;
	struct jpg_coded coded = { 0 };
	struct jpg_header header;

	if (keep_coding(making, &header))
		return 0;
	if (jpg_code(img->pixels, img->width, img->height,
	    &making->of->limits->file, &coded, err) != 0)
		return -1;
	buf_add(&making->of->image, coded.bytes, coded.len);
	jpg_release(&coded);
	return 0;
}

/* ---- proof ---- */

/* Measure the face on the coded image, from where the crop has brought it, and
 * judge it as an upload of that size would be. */
static int
prove_place(struct making *making, const unsigned char *pixels, struct buf *err)
{
	const struct registration *of = making->of;
	const struct crop_limits *limits = &of->limits->crop;
	const struct box *box = &of->face.box, *cut = &making->crop.box;
	double scale = making->crop.scale;
	struct box start = { (box->x - cut->x) * scale,
	    (box->y - cut->y) * scale, box->w * scale, box->h * scale };
	struct box all = { 0, 0, limits->width, limits->height };
	struct subject_search search = *of->search;
	struct subject subject;
	struct crop_face face;
	struct proof_doubt doubt = { of->crown_estimated, limits->margin };
	struct crop place;
	int failures;

	if (making->background == BACKGROUND_REPLACED)
		search.flat = of->limits->background.target;
	if (subject_place(&search, pixels, limits->width, limits->height,
	    &start, &subject, err) != 0)
		return -1;
	face = geometry_of(&subject.face);
	if (subject.crown_estimated)
		face.crown = making->crop.crown;
	failures = crop_judge(limits, &face, limits->width, limits->height, &all,
	    &place);
	proof_set_place(of->result, &place);
	proof_add_crop(of->result, limits, &place, failures, &doubt);
	return 0;
}

static void
prove_background(struct making *making, const unsigned char *pixels)
{
	const struct img *img = &making->img;
	struct background_wall wall;

	if (!making->is_cut)
		return;
	background_measure(pixels, making->matte.alpha, img->width, img->height,
	    making->of->limits->background.target, &wall);
	if (!isfinite(wall.off))
		return;
	node_set_real(making->of->result, "wall_off", wall.off, 1);
	node_set_real(making->of->result, "wall_uneven", wall.uneven, 1);
}

static int
is_as_asked(const struct registration_limits *limits,
    const struct jpg_header *header)
{
	return header->width == limits->crop.width &&
	    header->height == limits->crop.height &&
	    header->components == 3 && header->baseline &&
	    header->dpi_x == limits->file.dpi &&
	    header->dpi_y == limits->file.dpi && !header->has_exif &&
	    header->quality >= limits->file.quality_min;
}

/* Read the coded file back and hold it against the profile. */
static int
prove(struct making *making, struct buf *err)
{
	struct registration *of = making->of;
	const struct jpg_limits *file = &of->limits->file;
	struct jpg_header header;
	unsigned char *pixels;
	int result;

	if (jpg_read_header(of->image.data, of->image.len, &header, err) != 0)
		return -1;
	if (!is_as_asked(of->limits, &header)) {
		buf_adds(err, "the coded image is not what was asked for");
		return -1;
	}
	node_set_integer(of->result, "quality", header.quality);
	pixels = jpg_decode(of->image.data, of->image.len, err);
	if (pixels == NULL)
		return -1;
	result = prove_place(making, pixels, err);
	prove_background(making, pixels);
	free(pixels);
	if (of->image.len > file->bytes_max)
		proof_add(of->result, "bytes", (double)of->image.len, NAN,
		    (double)file->bytes_max);
	return result;
}

/* ---- all of it ---- */

/* No image: what the crop would have missed.  None of it is doubted, since there is nothing
 * that a person could let pass. */
static void
fail_crop(struct making *making)
{
	const struct proof_doubt none = { 0, 0 };
	struct node *result = making->of->result;

	proof_set_crop(result, &making->closed);
	proof_set_place(result, &making->closed);
	proof_add_crop(result, &making->of->limits->crop, &making->closed,
	    making->failures, &none);
}

/* Out of the picture that is decoded already, where its scale serves. */
static int
load_crop(struct making *making, struct buf *err)
{
	const struct crop_limits *limits = &making->of->limits->crop;
	const struct img_stored *stored = making->of->stored;
	int rows = subject_rows(making->of->search);

	if (stored != NULL && img_crop(stored, &making->crop.box, limits->width,
	    limits->height, rows, &making->img))
		return 0;
	return img_load_crop(making->path, &making->crop.box, limits->width,
	    limits->height, rows, &making->img, err);
}

static int
make_image(struct making *making, struct buf *err)
{
	const struct registration_limits *limits = making->of->limits;

	if (load_crop(making, err) != 0)
		return -1;
	take_part(making);
	making->background = BACKGROUND_KEPT;
	if (limits->background.mode != BACKGROUND_KEEP)
		judge_background(making);
	if (making->extended && !may_extend(making)) {
		fail_crop(making);
		return 0;
	}
	replace_background(making);
	proof_set_crop(making->of->result, &making->crop);
	if (code_image(making, err) != 0)
		return -1;
	return prove(making, err);
}

int
registration_make(struct registration *of, const char *path, struct buf *err)
{
	struct making making = { .of = of, .path = path };
	int result = 0;

	if (of->stored != NULL)
		making.info = of->stored->info;
	else if (img_probe(path, &making.info, err) != 0)
		return -1;
	if ((double)making.info.width * making.info.height >
	    of->limits->pixels_max) {
		buf_addf(err, "the picture of %d x %d pixels is larger than "
		    "allowed", making.info.width, making.info.height);
		return -1;
	}
	choose_crop(&making);
	if (making.failures != 0 && !making.extended)
		fail_crop(&making);
	else
		result = make_image(&making, err);
	if (of->crown_estimated)
		proof_add_estimated(of->result);
	node_set_flag(of->result, "conforms",
	    of->image.len > 0 && proof_holds(of->result));
	matte_release(&making.matte);
	if (making.extended)
		img_release(&making.part);
	img_release(&making.img);
	return result;
}
