#include "lib/check/colour.h"

#include <stddef.h>	/* size_t */

#include "lib/matte/lab.h"

static int
clamp(int value, int high)
{
	return value < 0 ? 0 : value > high ? high : value;
}

int
colour_mean(const unsigned char *pixels, int width, int height,
    const struct colour_part *part, double rgb[static 3])
{
	int left = clamp(part->left, width), right = clamp(part->right, width);
	int top = clamp(part->top, height), bottom = clamp(part->bottom, height);
	const unsigned char *p;

	rgb[0] = rgb[1] = rgb[2] = 0;
	if (right <= left || bottom <= top)
		return 0;
	for (int y = top; y < bottom; y++) {
		p = pixels + 3 * ((size_t)y * (size_t)width + (size_t)left);
		for (int x = left; x < right; x++, p += 3)
			for (int i = 0; i < 3; i++)
				rgb[i] += p[i];
	}
	for (int i = 0; i < 3; i++)
		rgb[i] /= (double)(right - left) * (bottom - top);
	return 1;
}

int
colour_mean_lab(const unsigned char *pixels, int width, int height,
    const struct colour_part *part, double lab[static 3])
{
	double rgb[3];
	int seen = colour_mean(pixels, width, height, part, rgb);

	lab_exact(rgb, lab);
	return seen;
}
