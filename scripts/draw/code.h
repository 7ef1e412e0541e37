#ifndef DRAW_CODE_H
#define DRAW_CODE_H
/*
 * code: a picture of a QR code, as students save it or photograph a screen.
 *
 * The same arguments give the same bytes.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

struct buf;

enum code_look {
	CODE_PLAIN,		/* PNG, 8 pixels a module */
	CODE_SMALL,		/* PNG, 3 pixels a module */
	CODE_ANGLE,		/* JPEG, photographed at an angle */
	CODE_DARK,		/* JPEG, turned, little light, noise */
	CODE_INVERTED,		/* PNG, white on black */
	CODE_FAR,		/* JPEG, a small part of a photo */
	CODE_LOOKS,
	CODE_RUINED = CODE_LOOKS	/* PNG; a third of it is wrong */
};

/* Append the picture of a code that says bytes; a failure ends the program. */
void code_draw(const void *bytes, size_t len, enum code_look look, uint64_t seed,
	struct buf *out);

/* ".png" or ".jpeg" */
const char *code_extension(enum code_look look);

#endif
