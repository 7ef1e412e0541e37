#ifndef TC_MATTE_PARTS_H
#define TC_MATTE_PARTS_H
/*
 * matte_parts: what the steps of matte_cut share; for lib/matte*.c only.
 *
 * The picture is reduced to cells of step * step pixels.  A cell is decided
 * as a whole (grow, then decide); only the edge between person and wall is gone
 * over again pixel by pixel (edge).
 */
#include <stddef.h>	/* size_t */

#include "lib/matte/matte.h"
#include "lib/matte/wall.h"

/* What is known of a cell.  Values order by certainty of person. */
enum cell {
	CELL_WALL,		/* certainly wall */
	CELL_MAYBE_WALL,
	CELL_MAYBE_PERSON,
	CELL_PERSON		/* certainly person */
};

/*
 * Where a person's parts are expected, from the face: a frame with its origin
 * between the eyes, unit the distance from there to the chin; across points to
 * the viewer's right, down to the chin (head) or down the picture (torso).
 */
struct shape {
	double x, y;		/* between the eyes, in cells */
	double unit;		/* cells */
	double right[2];	/* unit vector across the face */
	double chin_x, chin_y;	/* cells */
	double half_face;	/* units */
	double turn;		/* of the cheeks' middle aside, units */
};

struct scene {
	const unsigned char *pixels;
	int width, height;
	int step;		/* pixels a cell */
	int cols, rows;
	size_t cells;
	struct shape shape;
	struct wall wall;	/* over cells */
	float *rgb, *lab;	/* mean of each cell */
	float *rough;		/* standard deviation of green in each cell */
	float *behind;		/* Lab of the wall at each cell, also behind the
				 * person */
	float *distance;	/* Lab distance of each cell from behind */
	unsigned char *cell;	/* enum cell */
	float *inside;		/* cells to the edge, positive in the person */
	float *dense;		/* the same, to where no wall shows through */
	int has_hair;		/* dense hair was seen */
	float hair[3];		/* its mean colour */
	double sigma;		/* of wall cells about behind, Lab units */
	double grain;		/* of one wall cell about the next */
	double noise;		/* of a wall cell's pixels, levels of green */
};

/* matte_shape.c */
void shape_init(struct shape *shape, const struct matte_face *face, int step);
/* Certainly person: inside of face, neck and chest. */
int shape_core(const struct shape *shape, int x, int y);
/* How much more likely person than wall, as a natural logarithm of odds, where
 * colour says nothing. */
double shape_odds(const struct shape *shape, int x, int y);
/* 1 where a person has no gaps: ears, neck and clothing; 0 in hair. */
double shape_solid(const struct shape *shape, int x, int y);
/* Down the torso, in units from the eyes (the chin is at 1). */
double shape_down(const struct shape *shape, int y);

/* matte_grow.c: find the wall from the border inwards.  0, or -1 with the
 * reason. */
int grow_wall(struct scene *scene, struct buf *err);
/* Whether a cell's colour can be the wall's, lit or in a shadow. */
int grow_may_be_wall(const struct scene *scene, int at);

/* matte_decide.c: person or wall for every cell, by a minimum cut. */
void decide_cells(struct scene *scene);

/* matte_depth.c: how far each cell is from the edge; hair at the edge that wall
 * shows through becomes CELL_MAYBE_PERSON. */
void measure_depth(struct scene *scene);
/* Whether a colour, sRGB, can be that of the hair; 0 when no hair was seen. */
int is_hair_like(const struct scene *scene, const float *rgb);

/* matte_edge.c: the colours on both sides of the edge. */
void edge_sides(const struct scene *scene, struct matte *matte);
/* Alpha for the pixels of a row of cells; needs side. */
void edge_alpha_row(const struct scene *scene, struct matte *matte, int row);

/* matte_bite.c: clothing has no holes.  Where it has the wall's colour, and only its
 * outline was told from the wall, what the outline shuts in is person; needs alpha. */
void close_bites(const struct scene *scene, struct matte *matte);

/* matte_island.c: what alpha has found outside stays only where it hangs together
 * with the person. */
void drop_islands(const struct scene *scene, struct matte *matte);

/* matte_wall.c: the wall's mean colour, and what speaks against it: plainness,
 * gradient, shadow, objects. */
void wall_judge(const struct scene *scene, struct matte *matte);

/* matte_judge.c: the crown, all that wall_judge says, and how sure the cut is;
 * needs side.  Fills alpha down to the crown, all of it without one, and returns
 * how many rows of cells that are. */
int judge_cut(const struct scene *scene, struct matte *matte);

/* matte_compose.c: matte->side at a pixel, interpolated. */
void matte_side_at(const struct matte *matte, int x, int y,
    struct matte_side *side);

#endif
