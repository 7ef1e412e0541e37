#ifndef TC_PNM_H
#define TC_PNM_H
/*
 * pnm: binary PPM and PGM files of cutout and composite.  What cannot be read or
 * written ends the program.
 */
struct pnm {
	unsigned char *pixels;	/* width * height * channels, owned by the caller */
	int width, height;
	int channels;		/* 3: PPM, 1: PGM */
};

void pnm_read(const char *path, int channels, struct pnm *pnm);
/* To the file of that prefix and name. */
void pnm_write(const char *prefix, const char *name, const struct pnm *pnm);

/* A number of the command line. */
double pnm_number(const char *text);

#endif
