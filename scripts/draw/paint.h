#ifndef DRAW_PAINT_H
#define DRAW_PAINT_H
/*
 * paint: the parts of a person as SVG elements, in millimetres.
 *
 * Each function appends elements to svg for the current frame; portrait_svg
 * calls them from back to front.  Within one picture f->id keeps the names of
 * gradients and clips of two persons apart.
 */
#include "scripts/draw/portrait.h"

/* A colour as SVG text; use it within one expression. */
struct hex {
	char text[8];
};

struct hex hex(struct colour colour);
/* a where t is 0, b where t is 1. */
struct colour blend(struct colour a, struct colour b, double t);
/* Each channel times a factor, within 0..255. */
struct colour shade(struct colour a, double r, double g, double b);

struct brush {
	double width, sigma;	/* mm; sigma of the soft sides */
	double opacity;
	struct colour colour;
};

/* An ellipse whose edge fades over about two sigma to each side. */
void soft_ellipse(struct buf *svg, struct point at, struct point radius,
	double sigma, struct colour colour, double opacity);

/* A stroke along SVG path data, given as a format, with soft sides. */
void soft_stroke(struct buf *svg, struct brush brush, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Where a point of the face at x mm and depth mm before the ears' axis comes
 * to lie when the head turns by the yaw. */
double turned(const struct portrait *p, double x, double depth);

/* The hair's outer edge: t in 0..1 from the left ear over the crown to the
 * right ear.  Its highest point at tilt 0 is exactly f->crown. */
struct point hair_edge(const struct portrait *p, const struct frame *f,
	double t);
/* Depth of the eyes before the ears' axis, mm. */
#define EYE_DEPTH 62.0

/* Height of a point over the eye line after the tilt, in mm (y down). */
double tilted_y(const struct frame *f, struct point at);

void paint_gradients(const struct portrait *p, const struct frame *f,
	struct buf *svg);
void paint_back_hair(const struct portrait *p, const struct frame *f,
	struct buf *svg);
void paint_body(const struct portrait *p, const struct frame *f,
	struct buf *svg);
void paint_head(const struct portrait *p, const struct frame *f,
	struct buf *svg);
void paint_eyes(const struct portrait *p, const struct frame *f,
	struct buf *svg);
void paint_nose(const struct portrait *p, const struct frame *f,
	struct buf *svg);
void paint_mouth(const struct portrait *p, const struct frame *f,
	struct buf *svg);
void paint_hair(const struct portrait *p, const struct frame *f,
	struct buf *svg);
void paint_glasses(const struct portrait *p, struct buf *svg);

#endif
