/*
 * cutout: run lib/matte on one picture, for measure-matte and contact-sheet.
 *
 * Prints a line: confidence, crown, plainness, then (with a truth) the mean error
 * of alpha over the picture and over the 20-pixel band along the edge, both in
 * percent, the mean Delta E 2000 in the band, and how many pixels off the band are
 * taken for wall, and for person; then the doubt.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/check/personprior.h"
#include "lib/matte/lab.h"
#include "lib/net/net.h"
#include "scripts/pnm.h"

enum { HALF_BAND = 10, EDGE = 128 };

static int
is_edge(const struct pnm *alpha, int x, int y)
{
	const unsigned char *at = alpha->pixels + (long)y * alpha->width + x;
	int inside = *at >= EDGE;

	return (x + 1 < alpha->width && (at[1] >= EDGE) != inside) ||
	    (y + 1 < alpha->height && (at[alpha->width] >= EDGE) != inside);
}

static void
mark_round(unsigned char *band, const struct pnm *alpha, int x, int y)
{
	for (int v = y - HALF_BAND; v <= y + HALF_BAND; v++)
		for (int u = x - HALF_BAND; u <= x + HALF_BAND; u++)
			if (u >= 0 && v >= 0 && u < alpha->width &&
			    v < alpha->height && (u - x) * (u - x) +
			    (v - y) * (v - y) <= HALF_BAND * HALF_BAND)
				band[(long)v * alpha->width + u] = 1;
}

static double
difference(const unsigned char *one, const unsigned char *other)
{
	double a[3] = { one[0], one[1], one[2] }, b[3] = { other[0], other[1],
	    other[2] }, first[3], second[3];

	lab_exact(a, first);
	lab_exact(b, second);
	return lab_delta(first, second);
}

static void
compare(const struct matte *matte, const struct pnm *composed,
    const struct pnm *alpha, const struct pnm *blue)
{
	size_t count = (size_t)alpha->width * (size_t)alpha->height;
	unsigned char *band = xcalloc(count, 1);
	double all = 0, near = 0, delta = 0, n = 0;
	int bitten = 0, left = 0;

	for (int y = 0; y < alpha->height; y++)
		for (int x = 0; x < alpha->width; x++)
			if (is_edge(alpha, x, y))
				mark_round(band, alpha, x, y);
	for (size_t i = 0; i < count; i++) {
		double error = abs(alpha->pixels[i] - matte->alpha[i]) / 2.55;

		all += error;
		bitten += !band[i] && alpha->pixels[i] >= EDGE &&
		    matte->alpha[i] < EDGE;
		left += !band[i] && alpha->pixels[i] < EDGE &&
		    matte->alpha[i] >= EDGE;
		if (!band[i])
			continue;
		near += error;
		delta += difference(composed->pixels + 3 * i,
		    blue->pixels + 3 * i);
		n++;
	}
	printf("\t%.3f\t%.2f\t%.2f\t%d\t%d", all / (double)count,
	    near / fmax(n, 1), delta / fmax(n, 1), bitten, left);
	free(band);
}

int
main(int argc, char *argv[])
{
	static const unsigned char target[3] = { 100, 197, 255 };
	struct pnm picture, alpha, blue, mask, composed;
	struct matte_face face;
	struct matte matte;
	struct matte_prior prior;
	struct net *net;
	struct box all;
	struct buf err = BUF_INIT;

	end_set_tool("cutout");
	if (argc != 12 && argc != 14)
		msg_die("usage: cutout NETWORK PICTURE.ppm LEFT_EYE_X Y RIGHT_EYE_X Y "
		    "CHIN_X Y LEFT RIGHT OUT-PREFIX [ALPHA.pgm BLUE.ppm]");
	pnm_read(argv[2], 3, &picture);
	face = (struct matte_face){ { pnm_number(argv[3]), pnm_number(argv[4]) },
	    { pnm_number(argv[5]), pnm_number(argv[6]) },
	    { pnm_number(argv[7]), pnm_number(argv[8]) }, pnm_number(argv[9]),
	    pnm_number(argv[10]) };
	net = net_open(argv[1], &err);
	if (net == NULL)
		msg_die("%s", err.data);
	all = (struct box){ 0, 0, picture.width, picture.height };
	personprior_find(net, picture.pixels, picture.width, picture.height, &all, &prior);
	pnm_write(argv[11], "prior.pgm",
	    &(struct pnm){ prior.likely, prior.width, prior.height, 1 });
	if (matte_cut(picture.pixels, picture.width, picture.height, &face, &prior,
	    &matte, &err) != 0) {
		printf("0\t-1\t-1\t%s\n", err.data);
		return 0;
	}
	mask = (struct pnm){ matte.alpha, picture.width, picture.height, 1 };
	composed = picture;
	composed.pixels = xmalloc((size_t)picture.width *
	    (size_t)picture.height * 3);
	matte_compose(picture.pixels, picture.width, picture.height, &matte,
	    target, composed.pixels);
	pnm_write(argv[11], "mask.pgm", &mask);
	pnm_write(argv[11], "blue.ppm", &composed);
	printf("%.2f\t%.1f\t%.1f", matte.confidence, matte.crown,
	    matte.plainness);
	if (argc == 14) {
		pnm_read(argv[12], 1, &alpha);
		pnm_read(argv[13], 3, &blue);
		compare(&matte, &composed, &alpha, &blue);
	}
	matte_doubt_words(&matte, &err);
	printf("\t%s\n", err.data);
	return 0;
}
