#include "scripts/draw/portrait.h"

#include <math.h>
#include <string.h>

#include "lib/base/buf.h"
#include "scripts/draw/paint.h"
#include "scripts/draw/rng.h"

#define PI 3.14159265358979323846

static const struct colour skins[] = {
	{ 246, 217, 196 }, { 241, 206, 178 }, { 235, 194, 161 },
	{ 226, 180, 143 }, { 214, 162, 122 }, { 238, 199, 172 },
};
static const struct colour hairs[] = {
	{ 24, 20, 20 }, { 32, 25, 23 }, { 41, 31, 27 }, { 52, 38, 31 },
	{ 27, 24, 26 },
};
static const struct colour clothes[] = {
	{ 46, 46, 50 }, { 92, 36, 42 }, { 58, 74, 56 }, { 96, 78, 62 },
	{ 34, 34, 36 }, { 110, 58, 48 }, { 78, 78, 74 }, { 70, 52, 66 },
};

void
portrait_init(struct portrait *p)
{
	*p = (struct portrait){
		.width = 1200, .height = 1600,
		.crown = 0.197, .eye_line = 0.398, .chin = 0.580,
		.face_width = 0.30, .centre = 0.5,
		.look = 1, .skin = skins[1], .hair_colour = hairs[1],
		.iris = { 62, 42, 30 }, .ears = 1, .eyes = 1,
		.dress = DRESS_JACKET, .clothing = clothes[0],
		.collar = { 248, 247, 244 },
		.print_colour = { 248, 247, 244 },
		.jaw = 56, .cheek_bone = 10, .eye_size = 1, .eye_slant = 1,
		.eye_gap = 32, .brow_height = 21, .brow_weight = 1,
		.brow_arch = 2, .nose_width = 18.5, .nose_length = 49,
		.mouth_width = 25, .lips = 1, .hair_volume = 7, .parting = -14,
		.hairline = 0.55, .peak = 0.6, .smile = 0.4,
		.neck = 54, .shoulders = 214,
		.wall = { 236, 234, 229 }, .wall_gradient = 0.02,
		.wall_shadow_aside = 0.035,
		.light = 1, .noise = -1, .quality = 92, .orientation = 0,
	};
}

static struct colour
pick(struct rng *rng, const struct colour *list, size_t count)
{
	struct colour c = list[rng_below(rng, (unsigned)count)];
	double light = rng_real(rng, 0.97, 1.03);

	return shade(c, light, light * rng_real(rng, 0.99, 1.01), light);
}

static void
vary_face(struct portrait *p, struct rng *rng)
{
	p->jaw = rng_real(rng, 53, 60) - 2.5 * p->female;
	p->cheek_bone = rng_real(rng, 5, 15);
	p->eye_size = rng_real(rng, 0.92, 1.08) + 0.07 * p->female;
	p->eye_slant = rng_real(rng, -0.2, 2.2);
	p->eye_gap = rng_real(rng, 31, 34.5);
	p->brow_height = rng_real(rng, 18.5, 22) + 1.2 * p->female;
	p->brow_weight = rng_real(rng, 0.95, 1.35) - 0.3 * p->female;
	p->brow_arch = rng_real(rng, 0.6, 2.6) + 0.9 * p->female;
	p->nose_width = rng_real(rng, 16.8, 20) - 1.0 * p->female;
	p->nose_length = rng_real(rng, 46.5, 51);
	p->mouth_width = rng_real(rng, 23.5, 27) - 0.8 * p->female;
	p->lips = rng_real(rng, 0.85, 1.2) + 0.08 * p->female;
	p->smile = rng_real(rng, 0.2, 0.8);
	p->neck = p->female ? rng_real(rng, 43, 47) : rng_real(rng, 51, 57);
	p->shoulders = p->female ? rng_real(rng, 183, 198)
	                         : rng_real(rng, 207, 224);
}

static void
vary_dress(struct portrait *p, struct rng *rng)
{
	static const enum hair her[] = { HAIR_BOB, HAIR_LONG, HAIR_BUN,
		HAIR_LONG, HAIR_BUN, HAIR_BOB, HAIR_SHORT };

	p->skin = pick(rng, skins, sizeof skins / sizeof skins[0]);
	p->hair_colour = pick(rng, hairs, sizeof hairs / sizeof hairs[0]);
	p->hair = p->female ? her[rng_below(rng, 7)] : HAIR_SHORT;
	p->fringe = (int)rng_below(rng, 4) == 0;
	p->hair_volume = rng_real(rng, 5.5, 10);
	p->hairline = rng_real(rng, 0.49, 0.58);
	p->peak = rng_real(rng, -0.1, 1.1);
	p->parting = rng_real(rng, 4, 28) * (rng_below(rng, 2) ? 1 : -1);
	p->glasses = rng_below(rng, 3) == 0 ? GLASSES_CLEAR : GLASSES_NONE;
	p->iris = shade(p->iris, rng_real(rng, 0.8, 1.3), rng_real(rng, 0.8, 1.2),
		rng_real(rng, 0.8, 1.2));
	p->dress = (int)rng_below(rng, 3);
	p->clothing = pick(rng, clothes, sizeof clothes / sizeof clothes[0]);
}

void
portrait_vary(struct portrait *p, struct rng *rng)
{
	double light = rng_real(rng, 0.985, 1.01);

	p->look = rng_next(rng) >> 40;
	vary_dress(p, rng);
	vary_face(p, rng);
	p->face_width = rng_real(rng, 0.285, 0.315);
	p->eye_line = rng_real(rng, 0.39, 0.405);
	p->crown = p->eye_line - p->face_width * rng_real(rng, 0.66, 0.69);
	p->chin = p->eye_line + p->face_width * rng_real(rng, 0.59, 0.635);
	p->centre = rng_real(rng, 0.492, 0.508);
	p->tilt = rng_real(rng, -0.8, 0.8);
	p->yaw = rng_real(rng, -1.5, 1.5);
	p->wall = shade(p->wall, light, light, light);
	p->wall_gradient = rng_real(rng, -0.025, 0.025);
	p->light = rng_real(rng, 0.98, 1.02);
	p->side_light = rng_real(rng, -0.04, 0.04);
}

static void
portrait_frame(const struct portrait *p, struct frame *f)
{
	double h = p->height;

	f->cx = p->centre * p->width;
	f->eye = p->eye_line * h;
	f->scale = p->face_width * p->width / 140;
	f->crown = (p->crown - p->eye_line) * h / f->scale;
	f->chin = (p->chin - p->eye_line) * h / f->scale;
	f->bottom = (h - f->eye) / f->scale + 6;
	f->k = f->chin / 113;
	f->s = sin(p->tilt * PI / 180);
	f->c = cos(p->tilt * PI / 180);
	f->id = 'a';
}

double
turned(const struct portrait *p, double x, double depth)
{
	double yaw = p->yaw * PI / 180;

	return x * cos(yaw) + depth * sin(yaw);
}

/* The head turns about the chin's point. */
double
tilted_y(const struct frame *f, struct point at)
{
	return f->chin + at.x * f->s + (at.y - f->chin) * f->c;
}

static double
tilted_x(const struct frame *f, struct point at)
{
	return at.x * f->c - (at.y - f->chin) * f->s;
}

static void
paint_person(const struct portrait *p, const struct frame *f, struct buf *svg)
{
	struct buf turn = BUF_INIT;

	buf_addf(&turn, "<g transform=\"rotate(%.4f 0 %.3f)\">\n", p->tilt,
		f->chin);
	paint_gradients(p, f, svg);
	buf_addf(svg, "<g transform=\"translate(%.4f %.4f) scale(%.6f)\" "
		"stroke-linecap=\"round\" stroke-linejoin=\"round\">\n",
		f->cx, f->eye, f->scale);
	buf_adds(svg, turn.data);
	paint_back_hair(p, f, svg);
	buf_adds(svg, "</g>\n");
	paint_body(p, f, svg);
	buf_adds(svg, turn.data);
	paint_head(p, f, svg);
	paint_eyes(p, f, svg);
	paint_nose(p, f, svg);
	paint_mouth(p, f, svg);
	paint_hair(p, f, svg);
	if (p->glasses != GLASSES_NONE)
		paint_glasses(p, svg);
	buf_adds(svg, "</g>\n</g>\n");
	buf_release(&turn);
}

/* The other one of two: someone else, to the right and a step behind. */
static void
second_person(const struct portrait *p, struct portrait *other)
{
	double unit = p->face_width * p->width / p->height;
	struct rng rng;

	*other = *p;
	rng_init(&rng, p->look, 2);
	portrait_vary(other, &rng);
	other->face_width = p->face_width * 0.9;
	other->centre = p->centre + p->face_width * 1.32;
	other->eye_line = p->eye_line + 0.25 * unit;
	other->crown = other->eye_line - 0.9 * 0.90 * unit;
	other->chin = other->eye_line + 0.9 * 0.81 * unit;
}

void
portrait_svg(const struct portrait *p, struct buf *svg)
{
	struct portrait other;
	struct frame f;

	buf_addf(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
		"width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n",
		p->width, p->height, p->width, p->height);
	if (p->second) {
		second_person(p, &other);
		portrait_frame(&other, &f);
		f.id = 'b';
		paint_person(&other, &f, svg);
	}
	portrait_frame(p, &f);
	paint_person(p, &f, svg);
	buf_adds(svg, "</svg>\n");
}

static struct point
to_pixels(const struct frame *f, double x, double y)
{
	struct point at = { x, y };

	return (struct point){ f->cx + f->scale * tilted_x(f, at),
		f->eye + f->scale * tilted_y(f, at) };
}

void
portrait_truth(const struct portrait *p, struct truth *truth)
{
	struct frame f;
	double x, top = 0;
	int i;

	portrait_frame(p, &f);
	for (i = 0; i <= 2000; i++)
		top = fmin(top, tilted_y(&f, hair_edge(p, &f, i / 2000.0)));
	x = p->eye_gap;
	truth->crown = f.eye + f.scale * top;
	truth->left_eye = to_pixels(&f, turned(p, -x, EYE_DEPTH), 0);
	truth->right_eye = to_pixels(&f, turned(p, x, EYE_DEPTH), 0);
	truth->eye_line = (truth->left_eye.y + truth->right_eye.y) / 2;
	truth->chin = f.eye + f.scale * f.chin;
	truth->cheek_left = to_pixels(&f, -70, p->cheek_bone);
	truth->cheek_right = to_pixels(&f, 70, p->cheek_bone);
	truth->face_width = 140 * f.scale;
	truth->tilt = p->tilt;
}
