#ifndef TC_MATTE_PARTS_H
#define TC_MATTE_PARTS_H
/*
 * matte_parts: what the steps of a cut share; for lib/matte/matte*.c only.
 *
 * The picture is reduced to cells of step * step pixels.  A cell is decided as a whole;
 * only along the edge is the picture gone over again pixel by pixel.
 */
#include <math.h>	/* sqrtf */
#include <stddef.h>	/* size_t */

#include "lib/matte/matte.h"
#include "lib/matte/wall.h"

#define BODY 1.1		/* down from between the eyes the body begins, head units */

/* What is known of a cell before colours are looked at. */
enum known {
	KNOWN_WALL,
	KNOWN_OPEN,
	KNOWN_PERSON
};

/* The head, in cells; unit is the distance from between the eyes to the chin. */
struct head {
	double x, y;		/* between the eyes */
	double unit;
	double chin_x, chin_y;
};

struct scene {
	const unsigned char *pixels;
	int width, height;
	int step;		/* pixels a cell */
	int cols, rows;
	size_t cells;
	struct head head;
	float *rgb, *lab;	/* mean of each cell */
	float *rough;		/* standard deviation of green in each cell */
	float *prior;		/* 0 wall .. 1 person */
	float *depth;		/* cells to the prior's outline, positive in the person */
	unsigned char *known;	/* enum known */
	struct wall wall;	/* a surface over all of the wall, */
	int plain;		/* of which it is, mostly */
	float hair[3];		/* mean Lab of what is on the skull, */
	float hair_rgb[3];	/* and its mean sRGB */
	float *surface;		/* its Lab, */
	float *behind;		/* and what the wall near a cell says, also behind
				 * the person */
	float *person;		/* Lab of the certain person's nearest in colour */
	float *off_wall;	/* Lab distances of a cell from these two; the second */
	float *off_person;	/* is NEAR_FAR outside of the band */
	float *field;		/* 0 wall .. 1 person, decided at 0.5 */
	float *inside;		/* cells to the edge, positive in the person */
	float *dense;		/* the same, to where no wall shows through */
	double grain;		/* Lab distance of a wall cell from its surroundings */
	double noise;		/* of a wall cell's pixels, levels of green */
};

/* matte_scene.c: cells, prior, and what of it is certain.  0, or -1 with the reason. */
int scene_init(struct scene *scene, const unsigned char *pixels, int width, int height,
    const struct matte_face *face, const struct matte_prior *prior, struct buf *err);
void scene_release(struct scene *scene);
/* Down the picture in units from the eyes; the chin is at 1.  Aside of the face, the
 * viewer's right being positive. */
double head_down(const struct head *head, int y);
double head_aside(const struct head *head, int x);
/* Cells from the border of those with a mark, positive inside, by two sweeps. */
void signed_depth(const unsigned char *mark, int cols, int rows, float *depth);

/* matte_wall.c: the wall's colours from what is certain; returns -1 with the reason
 * when there is too little of it. */
int find_wall(struct scene *scene, struct buf *err);
/* What is told of the wall: plainness, texture, gradient, shadow, objects, its mean. */
void judge_wall(const struct scene *scene, struct matte *matte);
/* Whether something that is neither wall nor its shadow is at a cell of the wall. */
int is_thing(const struct scene *scene, int at);

/* matte_divide.c: person or wall for every cell. */
void divide(struct scene *scene);

/* matte_edge.c: the colours on both sides of the edge. */
void edge_sides(const struct scene *scene, struct matte *matte);
/* Alpha for the pixels of a row of cells; needs side. */
void edge_alpha_row(const struct scene *scene, struct matte *matte, int row);
/* Small spots of alpha apart from the person go. */
void drop_islands(const struct scene *scene, struct matte *matte);

/* matte_judge.c: the crown and how sure the cut is; needs side.  Fills alpha down to
 * the crown, all of it without one, and returns how many rows of cells that are. */
int judge_cut(const struct scene *scene, struct matte *matte);

/* matte_compose.c: matte->side at a pixel, interpolated. */
void matte_side_at(const struct matte *matte, int x, int y,
    struct matte_side *side);

/* Lab or sRGB distance, and its square. */
static inline float
colours_square(const float *one, const float *other)
{
	float a = one[0] - other[0], b = one[1] - other[1], c = one[2] - other[2];

	return a * a + b * b + c * c;
}

static inline float
colours_apart(const float *one, const float *other)
{
	return sqrtf(colours_square(one, other));
}

#endif
