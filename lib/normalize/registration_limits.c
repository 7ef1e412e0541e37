#include "lib/normalize/registration.h"

#include "lib/check/framing.h"
#include "lib/profile/profile.h"

/* The profile's sections that decide what an image looks like. */
static const char *const sections[] = { "background", "face", "geometry",
    "image", NULL };

static int
read_background(const struct profile *profile, const char *mode_name,
    struct background_limits *limits, struct buf *err)
{
	if (mode_name == NULL)
		mode_name = profile_text(profile, "background", "mode");
	limits->mode = background_mode(mode_name);
	if (limits->mode == BACKGROUND_MODES) {
		buf_addf(err, "the background's mode is '%s', not auto, keep or "
		    "replace", mode_name);
		return -1;
	}
	profile_colour(profile, "background", "target", limits->target);
	limits->tolerance = profile_number(profile, "background", "tolerance");
	limits->uneven_max = profile_number(profile, "background", "uneven_max");
	limits->confidence_min = profile_number(profile, "background",
	    "confidence_min");
	limits->other_walls = profile_flag(profile, "background", "other_walls");
	return 0;
}

int
registration_limits(const struct profile *profile, const char *mode_name,
    struct registration_limits *limits, struct buf *err)
{
	char of_sections[HASH_TEXT], mode[2] = "0";
	struct hash *hash;

	if (read_background(profile, mode_name, &limits->background, err) != 0)
		return -1;
	framing_limits(profile, &limits->crop);
	limits->crop.wall_extends = 0;	/* decided for each photo */
	limits->file = (struct jpg_limits){
		.quality_min = (int)profile_integer(profile, "image", "quality_min"),
		.quality_max = (int)profile_integer(profile, "image", "quality_max"),
		.bytes_min = (size_t)profile_integer(profile, "image", "bytes_min"),
		.bytes_max = (size_t)profile_integer(profile, "image", "bytes_max"),
		.dpi = (int)profile_integer(profile, "image", "dpi"),
		.pad = profile_flag(profile, "image", "pad"),
	};
	limits->pixels_max = profile_number(profile, "ingest", "pixels_max");
	profile_hash_sections(profile, sections, of_sections);
	hash = hash_new();
	mode[0] = (char)('0' + limits->background.mode);
	hash_add_text(hash, of_sections);
	hash_add_text(hash, mode);
	hash_end(hash, limits->hash);
	return 0;
}
