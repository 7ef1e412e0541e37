#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "scripts/draw/portrait.h"

enum kind { REAL, WHOLE, COLOUR, CHOICE, TEXT };

struct key {
	const char *name;
	enum kind kind;
	size_t offset;
	double low, high;	/* TEXT: high is the room in bytes */
	const char *names;	/* CHOICE: "a|b|c", values 0, 1, 2 */
};

#define AT(member) offsetof(struct portrait, member)

static const struct key keys[] = {
	{ "width", WHOLE, AT(width), 48, 12000, NULL },
	{ "height", WHOLE, AT(height), 48, 12000, NULL },
	{ "crown", REAL, AT(crown), -0.2, 0.9, NULL },
	{ "eye_line", REAL, AT(eye_line), 0, 1, NULL },
	{ "chin", REAL, AT(chin), 0, 1.5, NULL },
	{ "face_width", REAL, AT(face_width), 0.02, 1.5, NULL },
	{ "centre", REAL, AT(centre), 0, 1, NULL },
	{ "tilt", REAL, AT(tilt), -45, 45, NULL },
	{ "yaw", REAL, AT(yaw), -25, 25, NULL },
	{ "female", WHOLE, AT(female), 0, 1, NULL },
	{ "look", WHOLE, AT(look), 0, 4e9, NULL },
	{ "skin", COLOUR, AT(skin), 0, 0, NULL },
	{ "hair_colour", COLOUR, AT(hair_colour), 0, 0, NULL },
	{ "iris", COLOUR, AT(iris), 0, 0, NULL },
	{ "hair", CHOICE, AT(hair), 0, 3, "short|bob|long|bun" },
	{ "fringe", WHOLE, AT(fringe), 0, 1, NULL },
	{ "ears", WHOLE, AT(ears), 0, 1, NULL },
	{ "glasses", CHOICE, AT(glasses), 0, 2, "none|clear|sun" },
	{ "eyes", REAL, AT(eyes), 0, 1.3, NULL },
	{ "mouth", REAL, AT(mouth), 0, 1, NULL },
	{ "teeth", WHOLE, AT(teeth), 0, 1, NULL },
	{ "smile", REAL, AT(smile), -1, 1, NULL },
	{ "dress", CHOICE, AT(dress), 0, 3, "jacket|sweater|polo|shirt" },
	{ "clothing", COLOUR, AT(clothing), 0, 0, NULL },
	{ "collar", COLOUR, AT(collar), 0, 0, NULL },
	{ "print", REAL, AT(print), 0, 1, NULL },
	{ "print_colour", COLOUR, AT(print_colour), 0, 0, NULL },
	{ "jaw", REAL, AT(jaw), 45, 68, NULL },
	{ "cheek_bone", REAL, AT(cheek_bone), 0, 25, NULL },
	{ "eye_size", REAL, AT(eye_size), 0.5, 1.6, NULL },
	{ "eye_slant", REAL, AT(eye_slant), -4, 4, NULL },
	{ "eye_gap", REAL, AT(eye_gap), 26, 40, NULL },
	{ "brow_height", REAL, AT(brow_height), 14, 30, NULL },
	{ "brow_weight", REAL, AT(brow_weight), 0.4, 2, NULL },
	{ "brow_arch", REAL, AT(brow_arch), -1, 6, NULL },
	{ "nose_width", REAL, AT(nose_width), 12, 26, NULL },
	{ "nose_length", REAL, AT(nose_length), 38, 58, NULL },
	{ "mouth_width", REAL, AT(mouth_width), 16, 34, NULL },
	{ "lips", REAL, AT(lips), 0.5, 1.7, NULL },
	{ "hair_volume", REAL, AT(hair_volume), 0, 14, NULL },
	{ "parting", REAL, AT(parting), -35, 35, NULL },
	{ "hairline", REAL, AT(hairline), 0.3, 0.8, NULL },
	{ "peak", REAL, AT(peak), -0.5, 1.5, NULL },
	{ "neck", REAL, AT(neck), 38, 70, NULL },
	{ "shoulders", REAL, AT(shoulders), 150, 260, NULL },
	{ "lean", REAL, AT(lean), -20, 20, NULL },
	{ "wall", COLOUR, AT(wall), 0, 0, NULL },
	{ "wall_gradient", REAL, AT(wall_gradient), -1, 1, NULL },
	{ "wall_shadow", REAL, AT(wall_shadow), 0, 1, NULL },
	{ "wall_shadow_aside", REAL, AT(wall_shadow_aside), -0.3, 0.3, NULL },
	{ "wall_clutter", REAL, AT(wall_clutter), 0, 1, NULL },
	{ "light", REAL, AT(light), 0, 4, NULL },
	{ "haze", REAL, AT(haze), 0, 1, NULL },
	{ "cast", REAL, AT(cast), -0.8, 0.8, NULL },
	{ "shine", REAL, AT(shine), 0, 0.3, NULL },
	{ "glare", REAL, AT(glare), 0, 0.5, NULL },
	{ "screen", REAL, AT(screen), 0, 0.3, NULL },
	{ "side_light", REAL, AT(side_light), -1, 1, NULL },
	{ "blur", REAL, AT(blur), 0, 100, NULL },
	{ "motion", REAL, AT(motion), 0, 100, NULL },
	{ "noise", REAL, AT(noise), -1, 60, NULL },
	{ "quality", WHOLE, AT(quality), 0, 100, NULL },
	{ "orientation", WHOLE, AT(orientation), 0, 8, NULL },
	{ "exif", WHOLE, AT(exif), 0, 1, NULL },
	{ "date", TEXT, AT(date), 0, sizeof ((struct portrait *)0)->date, NULL },
	{ "software", TEXT, AT(software), 0,
	  sizeof ((struct portrait *)0)->software, NULL },
	{ "second", WHOLE, AT(second), 0, 1, NULL },
};

static const size_t nkeys = sizeof keys / sizeof keys[0];

static const struct key *
find_key(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < nkeys; i++)
		if (strlen(keys[i].name) == len &&
		    strncmp(keys[i].name, name, len) == 0)
			return &keys[i];
	return NULL;
}

/* Number of the name in "a|b|c", -1 if it is none of them. */
static int
choice_number(const char *names, const char *name)
{
	size_t len = strlen(name);
	int n;

	for (n = 0; *names; n++) {
		size_t span = strcspn(names, "|");

		if (span == len && strncmp(names, name, len) == 0)
			return n;
		names += span + (names[span] == '|');
	}
	return -1;
}

static void
store_number(struct portrait *p, const struct key *key, double number)
{
	void *at = (char *)p + key->offset;

	if (key->kind == REAL)
		*(double *)at = number;
	else if (key->offset == AT(look))
		*(uint64_t *)at = (uint64_t)number;
	else
		*(int *)at = (int)number;
}

static double
stored_number(const struct portrait *p, const struct key *key)
{
	const void *at = (const char *)p + key->offset;

	if (key->kind == REAL)
		return *(const double *)at;
	if (key->offset == AT(look))
		return (double)*(const uint64_t *)at;
	return *(const int *)at;
}

static int
set_colour(struct portrait *p, const struct key *key, const char *text)
{
	unsigned r, g, b;
	int end = 0;

	if (*text == '#')
		text++;
	if (sscanf(text, "%2x%2x%2x%n", &r, &g, &b, &end) != 3 || end != 6 ||
	    text[end])
		return -1;
	*(struct colour *)((char *)p + key->offset) =
		(struct colour){ r, g, b };
	return 0;
}

static int
set_value(struct portrait *p, const struct key *key, const char *text)
{
	char *end;
	double number;

	if (key->kind == COLOUR)
		return set_colour(p, key, text);
	if (key->kind == TEXT) {
		if (strlen(text) >= (size_t)key->high)
			return -1;
		memcpy((char *)p + key->offset, text, strlen(text) + 1);
		return 0;
	}
	if (key->kind == CHOICE) {
		number = choice_number(key->names, text);
	} else {
		number = strtod(text, &end);
		if (end == text || *end)
			return -1;
	}
	if (!(number >= key->low && number <= key->high))
		return -1;
	store_number(p, key, number);
	return 0;
}

int
portrait_set(struct portrait *p, const char *setting, struct buf *err)
{
	size_t len = strcspn(setting, "=");
	const struct key *key = find_key(setting, len);

	if (!key || setting[len] != '=') {
		buf_addf(err, "no portrait parameter '%s'", setting);
		return -1;
	}
	if (set_value(p, key, setting + len + 1) < 0) {
		buf_addf(err, "bad value in '%s'", setting);
		return -1;
	}
	return 0;
}

static void
print_choice(const char *names, int number, struct buf *out)
{
	while (number-- > 0)
		names += strcspn(names, "|") + 1;
	buf_add(out, names, strcspn(names, "|"));
}

void
portrait_print(const struct portrait *p, struct buf *out)
{
	const struct colour *c;
	size_t i;

	for (i = 0; i < nkeys; i++) {
		const void *at = (const char *)p + keys[i].offset;

		buf_addf(out, "%s%s=", i > 0 ? "," : "", keys[i].name);
		if (keys[i].kind == COLOUR) {
			c = at;
			buf_addf(out, "#%02x%02x%02x", (unsigned)c->r,
				(unsigned)c->g, (unsigned)c->b);
		} else if (keys[i].kind == TEXT) {
			buf_adds(out, at);
		} else if (keys[i].kind == CHOICE) {
			print_choice(keys[i].names, *(const int *)at, out);
		} else {
			buf_addf(out, "%.10g", stored_number(p, &keys[i]));
		}
	}
}

void
portrait_keys(struct buf *out)
{
	size_t i;

	for (i = 0; i < nkeys; i++) {
		buf_addf(out, "  %-14s ", keys[i].name);
		if (keys[i].kind == COLOUR)
			buf_adds(out, "#rrggbb\n");
		else if (keys[i].kind == TEXT)
			buf_addf(out, "text, under %g bytes\n", keys[i].high);
		else if (keys[i].kind == CHOICE)
			buf_addf(out, "%s\n", keys[i].names);
		else
			buf_addf(out, "%g..%g\n", keys[i].low, keys[i].high);
	}
}
