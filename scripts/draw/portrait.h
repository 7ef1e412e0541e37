#ifndef DRAW_PORTRAIT_H
#define DRAW_PORTRAIT_H
/*
 * portrait: a made-up person before a wall, as parameters and as SVG.
 *
 * struct portrait holds everything a picture depends on; equal parameters
 * give equal pictures.  Positions are fractions of the upright picture: of its
 * height for crown, eye_line and chin, of its width for face_width and centre.
 * The body is drawn in millimetres of a face 140 mm wide from cheek to cheek,
 * origin between the eyes, y down.  struct truth is the geometry of what was
 * drawn, in pixels, origin top left; left is the viewer's left.
 */
#include <stdint.h>	/* uint64_t */

#include "lib/base/box.h"	/* struct point */

struct buf;
struct rng;

struct colour {
	double r, g, b;		/* 0..255, sRGB */
};

enum hair { HAIR_SHORT, HAIR_BOB, HAIR_LONG, HAIR_BUN };
enum glasses { GLASSES_NONE, GLASSES_CLEAR, GLASSES_SUN };
enum dress { DRESS_JACKET, DRESS_SWEATER, DRESS_POLO, DRESS_SHIRT };

struct portrait {
	int width, height;	/* of the upright picture, pixels */
	double crown, eye_line, chin, face_width, centre;
	double tilt;		/* degrees, clockwise for the viewer */
	double yaw;		/* degrees, to the viewer's right */

	int female;
	uint64_t look;		/* seed of hair strands and the like */
	struct colour skin, hair_colour, iris;
	int hair, fringe, ears;	/* ears: 0 covered by bob and long hair */
	int glasses;
	double eyes;		/* 0 shut .. 1 open */
	double mouth;		/* 0 closed .. 1 wide open */
	int teeth;
	double smile;		/* -1 .. 1, corners of the closed mouth */
	int dress;
	struct colour clothing, collar;
	double print;		/* opacity of petals printed on the clothing */
	struct colour print_colour;

	double jaw, cheek_bone, eye_size, eye_slant, eye_gap;
	double brow_height, brow_weight, brow_arch;
	double nose_width, nose_length, mouth_width, lips;
	double hair_volume, parting, hairline, peak, neck, shoulders;
	double lean;		/* degrees; the shoulders fall to the right */

	struct colour wall;
	double wall_gradient;	/* relative change of light over the height */
	double wall_shadow;	/* 0 none .. 1 black, behind the head */
	double wall_shadow_aside;	/* how far it falls, of the picture's width */
	double wall_clutter;	/* 0 plain; 1 shelf and poster of full contrast */

	double light;		/* factor on everything */
	double haze;		/* 0 clear .. 1 nothing but light grey */
	double cast;		/* of the light: 0 white, above yellow, below blue */
	double shine;		/* radius of white spots on the face, face widths */
	double glare;		/* radius of a lamp's reflection over the hair, face
				 * widths */
	double screen;		/* width of a dark frame around the picture, of its
				 * width */
	double side_light;	/* left half of the person brighter by this */
	double blur;		/* sigma, pixels of the picture */
	double motion;		/* pixels by which the camera moved aside meanwhile */
	double noise;		/* sigma, grey levels; negative: by size */
	int quality;		/* JPEG; 0: PNG instead */
	int orientation;	/* EXIF 1..8, 0 no tag; stored turned to match */
	int exif;		/* write camera, date and place into EXIF */
	char date[20];		/* EXIF date "YYYY:MM:DD HH:MM:SS" or empty */
	char software[40];	/* EXIF software or empty */
	int second;		/* a second person beside the first */
};

struct truth {
	double crown;			/* top row of the hair */
	double chin, eye_line;		/* y; of the chin's point, mid-eye */
	struct point left_eye, right_eye, cheek_left, cheek_right;
	double face_width, tilt;
};

/* Millimetres to pixels for one person; see portrait_frame. */
struct frame {
	double cx, eye, scale;		/* pixels */
	double crown, chin, bottom;	/* mm; crown is negative */
	double k;			/* length of the lower face over 113 mm */
	double s, c;			/* sine and cosine of the tilt */
	char id;			/* prefix of the SVG ids */
};

/* A conforming portrait of average looks, plain off-white wall. */
void portrait_init(struct portrait *p);

/* Other looks and a slightly other framing, all still conforming. */
void portrait_vary(struct portrait *p, struct rng *rng);

/* Set one parameter from text "key=value".  Returns 0, or -1 with the reason
 * appended to err. */
int portrait_set(struct portrait *p, const char *setting, struct buf *err);

/* Append the parameters as "key=value,..." that portrait_set reads. */
void portrait_print(const struct portrait *p, struct buf *out);

/* Append an SVG document: the person or persons on nothing. */
void portrait_svg(const struct portrait *p, struct buf *svg);

void portrait_truth(const struct portrait *p, struct truth *truth);

/* Names for --help: the keys of portrait_set, each with its values. */
void portrait_keys(struct buf *out);

#endif
