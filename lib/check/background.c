#include "lib/check/background.h"

#include <math.h>
#include <string.h>

#include "lib/matte/lab.h"

enum {
	SPOT = 8,		/* pixels of a spot's side */
	SPOTS_MIN = 40,		/* fewer say nothing of a wall */
	BINS = 400,
	BINS_UNIT = 10,		/* bins a unit of Delta E */
	PERSON = 128		/* alpha from which a pixel is person */
};

static const char *const modes[] = { "auto", "keep", "replace" };

enum background_mode
background_mode(const char *name)
{
	int mode = 0;

	while (mode < BACKGROUND_MODES && strcmp(name, modes[mode]) != 0)
		mode++;
	return (enum background_mode)mode;
}

/* The mean of a spot; 0 when there is anything but wall in it. */
static int
spot_mean(const unsigned char *pixels, const unsigned char *alpha, int width,
    int x, int y, double mean[3])
{
	long sum[3] = { 0 };

	for (int v = y; v < y + SPOT; v++) {
		size_t at = (size_t)v * (size_t)width + (size_t)x;

		for (int u = 0; u < SPOT; u++, at++) {
			if (alpha[at] != 0)
				return 0;
			for (size_t c = 0; c < 3; c++)
				sum[c] += pixels[3 * at + c];
		}
	}
	for (int c = 0; c < 3; c++)
		mean[c] = (double)sum[c] / (SPOT * SPOT);
	return 1;
}

/* Mean over all spots; returns their number. */
static int
wall_mean(const unsigned char *pixels, const unsigned char *alpha, int width,
    int height, double mean[3])
{
	double spot[3];
	int count = 0;

	memset(mean, 0, 3 * sizeof(*mean));
	for (int y = 0; y + SPOT <= height; y += SPOT) {
		for (int x = 0; x + SPOT <= width; x += SPOT) {
			if (!spot_mean(pixels, alpha, width, x, y, spot))
				continue;
			for (int c = 0; c < 3; c++)
				mean[c] += spot[c];
			count++;
		}
	}
	for (int c = 0; c < 3 && count > 0; c++)
		mean[c] /= count;
	return count;
}

static double
spread_of(const unsigned char *pixels, const unsigned char *alpha, int width,
    int height, const double middle[3], int count)
{
	int bins[BINS] = { 0 }, seen = 0, bin;
	double spot[3], lab[3];

	for (int y = 0; y + SPOT <= height; y += SPOT) {
		for (int x = 0; x + SPOT <= width; x += SPOT) {
			if (!spot_mean(pixels, alpha, width, x, y, spot))
				continue;
			lab_exact(spot, lab);
			bin = (int)(lab_delta(lab, middle) * BINS_UNIT);
			bins[bin < BINS ? bin : BINS - 1]++;
		}
	}
	for (bin = 0; bin < BINS; bin++) {
		seen += bins[bin];
		if (seen * 20.0 >= count * 19.0)
			break;
	}
	return (bin + 1.0) / BINS_UNIT;
}

void
background_measure(const unsigned char *pixels, const unsigned char *alpha,
    int width, int height, const unsigned char target[static 3],
    struct background_wall *wall)
{
	double goal[3] = { target[0], target[1], target[2] }, lab[3];
	double mean[3], middle[3];
	int count = wall_mean(pixels, alpha, width, height, mean);

	wall->off = wall->uneven = NAN;
	if (count < SPOTS_MIN)
		return;
	lab_exact(goal, lab);
	lab_exact(mean, middle);
	wall->off = lab_delta(middle, lab);
	wall->uneven = spread_of(pixels, alpha, width, height, middle, count);
}

enum background_choice
background_choose(const struct background_limits *limits,
    const struct background_wall *wall)
{
	if (limits->mode == BACKGROUND_AUTO &&
	    wall->off <= limits->tolerance &&
	    wall->uneven <= limits->uneven_max)
		return BACKGROUND_KEPT;
	return BACKGROUND_REPLACED;
}

static int
person_pixels(const unsigned char *alpha, int count, int stride)
{
	int found = 0;

	for (int i = 0; i < count; i++)
		found += alpha[(long)i * stride] >= PERSON;
	return found;
}

int
background_cut_off(const unsigned char *alpha, int width, int height)
{
	int left = person_pixels(alpha, height, width);
	int right = person_pixels(alpha + width - 1, height, width);
	int above = person_pixels(alpha, width, 1);

	return (left > BACKGROUND_TOUCH_MAX ? BACKGROUND_LEFT : 0) |
	    (right > BACKGROUND_TOUCH_MAX ? BACKGROUND_RIGHT : 0) |
	    (above > BACKGROUND_TOUCH_MAX ? BACKGROUND_ABOVE : 0);
}
