#include "lib/matte/lab.h"

#include <math.h>

#define PI 3.14159265358979323846

/* sRGB primaries, IEC 61966-2-1, each row divided by D65's white. */
static const double to_xyz[3][3] = {
	{ 0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047 },
	{ 0.2126729, 0.7151522, 0.0721750 },
	{ 0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883 },
};

static double
linear_of(double coded)
{
	double v = coded / 255;

	return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

/* CIE 15, with the straight part near black. */
static double
root_of(double t)
{
	return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

void
lab_table_init(struct lab_table *table)
{
	for (int i = 0; i < 256; i++)
		table->linear[i] = (float)linear_of(i);
	table->linear[256] = table->linear[255];
	for (int i = 0; i < LAB_ROOTS + 2; i++)
		table->root[i] = (float)root_of((double)i / LAB_ROOTS);
}

static float
linear_fast(const struct lab_table *table, float coded)
{
	int at;

	if (!(coded > 0))
		return 0;
	if (coded >= 255)
		return 1;
	at = (int)coded;
	return table->linear[at] +
	    (coded - (float)at) * (table->linear[at + 1] - table->linear[at]);
}

static float
root_fast(const struct lab_table *table, float t)
{
	float place = t * LAB_ROOTS;
	int at = (int)place;

	if (at >= LAB_ROOTS)
		return table->root[LAB_ROOTS];
	return table->root[at] +
	    (place - (float)at) * (table->root[at + 1] - table->root[at]);
}

void
lab_fast(const struct lab_table *table, const float rgb[static 3],
    float lab[static 3])
{
	float v[3], f[3];

	for (int i = 0; i < 3; i++)
		v[i] = linear_fast(table, rgb[i]);
	for (int i = 0; i < 3; i++)
		f[i] = root_fast(table, (float)to_xyz[i][0] * v[0] +
		    (float)to_xyz[i][1] * v[1] + (float)to_xyz[i][2] * v[2]);
	lab[0] = 116 * f[1] - 16;
	lab[1] = 500 * (f[0] - f[1]);
	lab[2] = 200 * (f[1] - f[2]);
}

void
lab_exact(const double rgb[static 3], double lab[static 3])
{
	double v[3], f[3];

	for (int i = 0; i < 3; i++)
		v[i] = linear_of(rgb[i]);
	for (int i = 0; i < 3; i++)
		f[i] = root_of(to_xyz[i][0] * v[0] + to_xyz[i][1] * v[1] +
		    to_xyz[i][2] * v[2]);
	lab[0] = 116 * f[1] - 16;
	lab[1] = 500 * (f[0] - f[1]);
	lab[2] = 200 * (f[1] - f[2]);
}

/* Hue angle in degrees, 0 for a grey. */
static double
hue_of(double a, double b)
{
	double hue;

	if (a == 0 && b == 0)
		return 0;
	hue = atan2(b, a) * 180 / PI;
	return hue < 0 ? hue + 360 : hue;
}

static double
cosine(double degrees)
{
	return cos(degrees * PI / 180);
}

/* Mean of two hues, the short way round; a grey has none to add. */
static double
hue_mean(double one, double other, double chroma_product)
{
	if (chroma_product == 0)
		return one + other;
	if (fabs(one - other) <= 180)
		return (one + other) / 2;
	return one + other < 360 ? (one + other + 360) / 2 :
	    (one + other - 360) / 2;
}

static double
hue_difference(double one, double other, double chroma_product)
{
	double d = other - one;

	if (chroma_product == 0)
		return 0;
	if (d > 180)
		d -= 360;
	else if (d < -180)
		d += 360;
	return 2 * sqrt(chroma_product) * sin(d * PI / 360);
}

static double
seventh(double chroma)
{
	double power = pow(chroma, 7);

	return sqrt(power / (power + 6103515625.0));
}

/* Sharma, Wu, Dalal: The CIEDE2000 color-difference formula, eq. 2-22. */
double
lab_delta(const double one[static 3], const double other[static 3])
{
	double g = 0.5 * (1 - seventh((hypot(one[1], one[2]) +
	    hypot(other[1], other[2])) / 2));
	double a1 = (1 + g) * one[1], a2 = (1 + g) * other[1];
	double c1 = hypot(a1, one[2]), c2 = hypot(a2, other[2]);
	double h1 = hue_of(a1, one[2]), h2 = hue_of(a2, other[2]);
	double dl = other[0] - one[0], dc = c2 - c1;
	double dh = hue_difference(h1, h2, c1 * c2);
	double l50 = (one[0] + other[0]) / 2 - 50, c = (c1 + c2) / 2;
	double h = hue_mean(h1, h2, c1 * c2);
	double t = 1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) +
	    0.32 * cosine(3 * h + 6) - 0.20 * cosine(4 * h - 63);
	double turn = 60 * exp(-pow((h - 275) / 25, 2));
	double rt = -2 * seventh(c) * sin(turn * PI / 180);
	double sl = 1 + 0.015 * l50 * l50 / sqrt(20 + l50 * l50);
	double sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;

	dl /= sl;
	dc /= sc;
	dh /= sh;
	return sqrt(dl * dl + dc * dc + dh * dh + rt * dc * dh);
}
