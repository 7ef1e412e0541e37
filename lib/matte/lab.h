#ifndef TC_LAB_H
#define TC_LAB_H
/*
 * lab: sRGB to CIE L*a*b* (D65), and how different two colours look.
 *
 * L is 0..100, a and b about -110..110.  lab_exact is the definition; a
 * struct lab_table gives the same within 0.02 in a tenth of the time and is
 * made once by the caller, so that there is no hidden state.
 */

/* Steps of the cube root's table over 0..1. */
enum { LAB_ROOTS = 8192 };

struct lab_table {
	float linear[257];		/* of a coded value */
	float root[LAB_ROOTS + 2];	/* CIE's f(t) */
};

void lab_table_init(struct lab_table *table);

/* From three coded values 0..255, which may be means of several pixels. */
void lab_fast(const struct lab_table *table, const float rgb[static 3],
    float lab[static 3]);
void lab_exact(const double rgb[static 3], double lab[static 3]);

/* CIEDE2000 with its weights 1. */
double lab_delta(const double one[static 3], const double other[static 3]);

#endif
