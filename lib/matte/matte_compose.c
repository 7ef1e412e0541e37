#include "lib/matte/matte_parts.h"

#include <assert.h>
#include <string.h>

#define PULL 0.2f	/* of the colour further inside on an edge's pixels */

/* Four squares about a pixel, and how near it is to each. */
struct corners {
	const struct matte_side *side[4];
	float part[4];
};

static void
find_corners(const struct matte *matte, int x, int y, struct corners *corners)
{
	float u = ((float)x + 0.5f) / (float)matte->step - 0.5f;
	float v = ((float)y + 0.5f) / (float)matte->step - 0.5f;
	int x0 = u < 0 ? 0 : (int)u, y0 = v < 0 ? 0 : (int)v;
	int x1 = x0 + 1 < matte->cols ? x0 + 1 : x0;
	int y1 = y0 + 1 < matte->rows ? y0 + 1 : y0;
	float fx = u < 0 ? 0 : u - (float)x0, fy = v < 0 ? 0 : v - (float)y0;

	corners->side[0] = &matte->side[y0 * matte->cols + x0];
	corners->side[1] = &matte->side[y0 * matte->cols + x1];
	corners->side[2] = &matte->side[y1 * matte->cols + x0];
	corners->side[3] = &matte->side[y1 * matte->cols + x1];
	corners->part[0] = (1 - fx) * (1 - fy);
	corners->part[1] = fx * (1 - fy);
	corners->part[2] = (1 - fx) * fy;
	corners->part[3] = fx * fy;
}

void
matte_side_at(const struct matte *matte, int x, int y, struct matte_side *side)
{
	struct corners corners;

	find_corners(matte, x, y, &corners);
	*side = (struct matte_side){ .inside = 0 };
	for (int i = 0; i < 4; i++) {
		const struct matte_side *from = corners.side[i];
		float part = corners.part[i];

		for (int c = 0; c < 3; c++) {
			side->wall[c] += part * from->wall[c];
			side->person[c] += part * from->person[c];
		}
		side->inside += part * from->inside;
		side->solid += part * from->solid;
	}
}

static unsigned char
byte_of(float value)
{
	return value <= 0 ? 0 : value >= 255 ? 255 :
	    (unsigned char)(value + 0.5f);
}

/* The person's own colour is the one that mixes best with the wall's to what is
 * seen, and is not far from what is further inside: the least of
 * (alpha person + (1 - alpha) wall - pixel)^2 + PULL (1 - alpha) (person - side)^2. */
static void
compose_pixel(const struct matte_side *side, const unsigned char *pixel,
    float alpha, const unsigned char rgb[static 3], unsigned char *out)
{
	float pull = PULL * (1 - alpha);

	for (int c = 0; c < 3; c++) {
		float seen = (float)pixel[c] - (1 - alpha) * side->wall[c];
		float person = (alpha * seen + pull * side->person[c]) /
		    (alpha * alpha + pull);

		person = person < 0 ? 0 : person > 255 ? 255 : person;
		out[c] = byte_of(alpha * person + (1 - alpha) * (float)rgb[c]);
	}
}

void
matte_compose(const unsigned char *pixels, int width, int height,
    const struct matte *matte, const unsigned char rgb[static 3],
    unsigned char *out)
{
	size_t at = 0;

	assert(width == matte->width && height == matte->height);
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++, at++) {
			int alpha = matte->alpha[at];
			struct matte_side side;

			if (alpha == 255) {
				memmove(out + 3 * at, pixels + 3 * at, 3);
			} else if (alpha == 0) {
				memcpy(out + 3 * at, rgb, 3);
			} else {
				matte_side_at(matte, x, y, &side);
				compose_pixel(&side, pixels + 3 * at,
				    (float)alpha / 255, rgb, out + 3 * at);
			}
		}
	}
}
