/*
 * composite: put a person of known alpha before a made-up wall, for measure-composites.
 *
 * The person's own colours at the edge are those of what is opaque near by.  The wall has
 * a gradient, lighter at the upper left, and the person's shadow; noise lies over both.
 * The same arguments make the same bytes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/matte/spread.h"
#include "scripts/pnm.h"

enum {
	OPAQUE = 250,		/* alpha from which a pixel has the person's own colour */
	SHADOW_ASIDE = 24,	/* pixels that the shadow falls aside */
	SHADOW_DOWN = 16,
	SHADOW_SOFT = 18	/* and is blurred over */
};

/* -1..1, about normal with a deviation of 1/3: the mean of six. */
static double
noise(unsigned long long *state)
{
	double sum = 0;

	for (int i = 0; i < 6; i++) {
		*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
		sum += (double)(*state >> 40) / (1 << 24);
	}
	return sum / 3 - 1;
}

/* Mean over a square by running sums, along rows and then along columns. */
static void
blur(float *values, int width, int height, int reach)
{
	size_t count = (size_t)width * (size_t)height;
	float *sum = xmalloc(count * sizeof *sum);

	for (int pass = 0; pass < 2; pass++) {
		int along = pass == 0 ? width : height, step = pass == 0 ? 1 : width;

		for (int line = 0; line < (pass == 0 ? height : width); line++) {
			float *row = values + line * (pass == 0 ? width : 1), total = 0;

			for (int i = -reach; i < along; i++) {
				int in = i + reach, out = i - reach - 1;

				total += in < along ? row[in * step] : 0;
				total -= out >= 0 ? row[out * step] : 0;
				if (i >= 0)
					sum[i] = total / (float)(2 * reach + 1);
			}
			for (int i = 0; i < along; i++)
				row[i * step] = sum[i];
		}
	}
	free(sum);
}

static float *
person_of(const struct pnm *picture, const struct pnm *alpha)
{
	size_t count = (size_t)picture->width * (size_t)picture->height;
	float *person = xmalloc(3 * count * sizeof *person);
	float *weight = xmalloc(count * sizeof *weight);

	for (size_t i = 0; i < 3 * count; i++)
		person[i] = picture->pixels[i];
	for (size_t i = 0; i < count; i++)
		weight[i] = alpha->pixels[i] >= OPAQUE;
	spread(person, weight, picture->width, picture->height, 3);
	free(weight);
	return person;
}

static float *
shadow_of(const struct pnm *alpha)
{
	int width = alpha->width, height = alpha->height;
	float *shadow = xcalloc((size_t)width * (size_t)height, sizeof *shadow);

	for (int y = SHADOW_DOWN; y < height; y++)
		for (int x = SHADOW_ASIDE; x < width; x++)
			shadow[y * width + x] = alpha->pixels[(y - SHADOW_DOWN) *
			    width + x - SHADOW_ASIDE] / 255.0f;
	blur(shadow, width, height, SHADOW_SOFT);
	blur(shadow, width, height, SHADOW_SOFT);
	return shadow;
}

static unsigned char
level(double value)
{
	return (unsigned char)(fmin(fmax(value, 0), 255) + 0.5);
}

int
main(int argc, char *argv[])
{
	struct pnm picture, alpha;
	double wall[3], gradient, dark, grain, a, light;
	unsigned long long state;
	float *person, *shadow;

	end_set_tool("composite");
	if (argc != 10)
		msg_die("usage: composite PICTURE.ppm ALPHA.pgm RED GREEN BLUE GRADIENT "
		    "SHADOW NOISE SEED >COMPOSITE.ppm");
	pnm_read(argv[1], 3, &picture);
	pnm_read(argv[2], 1, &alpha);
	if (alpha.width != picture.width || alpha.height != picture.height)
		msg_die("'%s' is not as large as '%s'", argv[2], argv[1]);
	for (int c = 0; c < 3; c++)
		wall[c] = pnm_number(argv[3 + c]);
	gradient = pnm_number(argv[6]);
	dark = pnm_number(argv[7]);
	grain = pnm_number(argv[8]);
	state = (unsigned long long)pnm_number(argv[9]);
	person = person_of(&picture, &alpha);
	shadow = shadow_of(&alpha);
	printf("P6\n%d %d\n255\n", picture.width, picture.height);
	for (int at = 0; at < picture.width * picture.height; at++) {
		a = alpha.pixels[at] / 255.0;
		light = (1 - dark * shadow[at]) * (1 - gradient *
		    ((double)(at % picture.width) / picture.width +
		    (double)(at / picture.width) / picture.height) / 2);
		for (int c = 0; c < 3; c++)
			putchar(level(a * person[3 * at + c] +
			    (1 - a) * wall[c] * light + 3 * grain * noise(&state)));
	}
	return fclose(stdout) != 0;
}
