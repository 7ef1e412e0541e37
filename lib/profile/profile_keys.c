#include "lib/profile/profile_keys.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/profile/window.h"

/* Every key outside [check.*]; each must be given. */
static const struct {
	const char *section, *key;
	enum profile_type type;
} keys[] = {
	{ "profile", "title", PROFILE_TEXT },
	{ "profile", "language", PROFILE_TEXT },
	{ "profile", "identity", PROFILE_TEXT },
	{ "image", "width", PROFILE_INTEGER },
	{ "image", "height", PROFILE_INTEGER },
	{ "image", "dpi", PROFILE_INTEGER },
	{ "image", "quality_min", PROFILE_INTEGER },
	{ "image", "quality_max", PROFILE_INTEGER },
	{ "image", "bytes_min", PROFILE_INTEGER },
	{ "image", "bytes_max", PROFILE_INTEGER },
	{ "image", "pad", PROFILE_FLAG },
	{ "geometry", "crown_min", PROFILE_NUMBER },
	{ "geometry", "crown_max", PROFILE_NUMBER },
	{ "geometry", "crown_target", PROFILE_NUMBER },
	{ "geometry", "eye_line_min", PROFILE_NUMBER },
	{ "geometry", "eye_line_max", PROFILE_NUMBER },
	{ "geometry", "eye_line_target", PROFILE_NUMBER },
	{ "geometry", "face_width_min", PROFILE_NUMBER },
	{ "geometry", "face_width_max", PROFILE_NUMBER },
	{ "geometry", "face_width_target", PROFILE_NUMBER },
	{ "geometry", "centre_max", PROFILE_NUMBER },
	{ "geometry", "margin", PROFILE_NUMBER },
	{ "geometry", "missing_max", PROFILE_NUMBER },
	{ "geometry", "scale_max", PROFILE_NUMBER },
	{ "clothing", "unwanted", PROFILE_TEXT },
	{ "background", "target", PROFILE_COLOUR },
	{ "background", "mode", PROFILE_TEXT },
	{ "background", "tolerance", PROFILE_NUMBER },
	{ "background", "uneven_max", PROFILE_NUMBER },
	{ "background", "confidence_min", PROFILE_NUMBER },
	{ "background", "other_walls", PROFILE_FLAG },
	{ "mask", "name", PROFILE_TEXT },
	{ "ingest", "entries_max", PROFILE_INTEGER },
	{ "ingest", "entry_bytes_max", PROFILE_INTEGER },
	{ "ingest", "total_bytes_max", PROFILE_INTEGER },
	{ "ingest", "ratio_max", PROFILE_INTEGER },
	{ "ingest", "name_bytes_max", PROFILE_INTEGER },
	{ "ingest", "archives_max", PROFILE_INTEGER },
	{ "ingest", "pixels_max", PROFILE_INTEGER },
	{ "roster", "gone_percent", PROFILE_NUMBER },
	{ "roster", "gone_few", PROFILE_INTEGER },
	{ "roster", "gone_class", PROFILE_INTEGER },
	{ "scope", "statuses_excluded", PROFILE_TEXT },
	{ "scope", "statuses_included", PROFILE_TEXT },
	{ "scope", "later_excluded", PROFILE_INTEGER },
	{ "scope", "unpaid", PROFILE_TEXT },
	{ "scope", "earlier_excluded", PROFILE_INTEGER },
	{ "retention", "originals", PROFILE_INTEGER },
	{ "retention", "images", PROFILE_INTEGER },
	{ "retention", "measurements", PROFILE_INTEGER },
	{ "retention", "remains", PROFILE_INTEGER },
	{ "retention", "likeness", PROFILE_INTEGER },
	{ "retention", "journals", PROFILE_INTEGER },
	{ "worker", "seconds", PROFILE_NUMBER },
	{ "worker", "memory_bytes", PROFILE_INTEGER },
	{ "decisions", "never_waived", PROFILE_TEXT },
	{ "face", "confidence_min", PROFILE_NUMBER },
	{ "face", "confidence_other", PROFILE_NUMBER },
	{ "face", "confidence_turned", PROFILE_NUMBER },
	{ "face", "mesh", PROFILE_TEXT },
	{ "face", "model", PROFILE_TEXT },
	{ "face", "persons", PROFILE_TEXT },
	{ "face", "search_height", PROFILE_INTEGER },
	{ "face", "hash_distance", PROFILE_INTEGER },
	{ "face", "traits", PROFILE_TEXT },
	{ "provenance", "taken_not_before", PROFILE_TEXT },
	{ "provenance", "taken_days", PROFILE_DAYS },
	{ "provenance", "taken_hours", PROFILE_HOURS },
	{ "provenance", "zone", PROFILE_TEXT },
	{ "provenance", "screens", PROFILE_TEXT },
	{ "bundle", "image_name", PROFILE_TEXT },
	{ "bundle", "table_columns", PROFILE_TEXT },
	{ "bundle", "table_forms", PROFILE_TEXT },
	{ "bundle", "entries_max", PROFILE_INTEGER },
	{ "bundle", "bytes_max", PROFILE_INTEGER },
	{ "feedback", "addressee", PROFILE_TEXT },
	{ "feedback", "collector", PROFILE_TEXT },
	{ "feedback", "answer_days", PROFILE_INTEGER },
	{ "feedback", "names", PROFILE_TEXT },
	{ "feedback", "rows_max", PROFILE_INTEGER },
	{ "register", "rejected", PROFILE_TEXT },
	{ "register", "uncertain", PROFILE_TEXT },
	{ "register", "abnormal", PROFILE_TEXT },
	{ "register", "accepted", PROFILE_TEXT },
	{ "register", "identity_review_after", PROFILE_INTEGER },
	{ "deadlines", "review_days", PROFILE_INTEGER },
	{ "deadlines", "student_proof_days", PROFILE_INTEGER },
	{ "deadlines", "payment", PROFILE_TEXT },
	{ "deadlines", "register_spring", PROFILE_TEXT },
	{ "deadlines", "register_summer", PROFILE_TEXT },
	{ "window", "cities", PROFILE_TEXT },
	{ "window", "hours", PROFILE_HOURS },
	{ "fee", "mode", PROFILE_TEXT },
	{ "fee", "counts", PROFILE_TEXT },
	{ "fee", "price", PROFILE_NUMBER },
	{ "attempts", "failures_max", PROFILE_INTEGER },
	{ "attempts", "cool_down_days", PROFILE_INTEGER },
	{ "attempts", "lock", PROFILE_FLAG },
	{ "notify", "characters_max", PROFILE_INTEGER },
	{ "post", "to", PROFILE_TEXT },
	{ "post", "sheet_grams", PROFILE_NUMBER },
	{ "post", "packing_grams", PROFILE_NUMBER },
	{ "post", "weight_classes", PROFILE_TEXT },
	{ "post", "labels", PROFILE_TEXT },
	{ "ranking", "collected", PROFILE_NUMBER },
	{ "ranking", "first_pass", PROFILE_NUMBER },
	{ "ranking", "retakes", PROFILE_NUMBER },
	{ "ranking", "feedback", PROFILE_NUMBER },
	{ "ranking", "overdue", PROFILE_NUMBER },
	{ "ranking", "quality", PROFILE_NUMBER },
	{ "ranking", "overdue_points", PROFILE_NUMBER },
	{ "ranking", "listed", PROFILE_INTEGER },
	{ "retake", "names", PROFILE_TEXT },
	{ "retake", "unlock_checks", PROFILE_TEXT },
	{ "retake", "unlock_words", PROFILE_TEXT },
	{ "print", "template", PROFILE_TEXT },
	{ "print", "copies", PROFILE_INTEGER },
	{ "print", "image_width", PROFILE_NUMBER },
	{ "print", "image_height", PROFILE_NUMBER },
	{ "print", "strip_height", PROFILE_NUMBER },
	{ "print", "levels", PROFILE_TEXT },
	{ "print", "missing", PROFILE_TEXT },
	{ "strip", "lines", PROFILE_TEXT },
};

/* Keys of a section [check.ID]; only level must be given. */
static const struct {
	const char *key;
	enum profile_type type;
} check_keys[] = {
	{ "level", PROFILE_TEXT },
	{ "min", PROFILE_NUMBER },
	{ "max", PROFILE_NUMBER },
	{ "soft", PROFILE_FLAG },
	{ "required", PROFILE_FLAG },
};

static const char *const level_names[] = { "reject", "review", "info" };

int
profile_is_check(const char *section)
{
	return strncmp(section, PROFILE_CHECK, sizeof PROFILE_CHECK - 1) == 0;
}

int
profile_key_type(const char *section, const char *key)
{
	size_t i;

	if (profile_is_check(section)) {
		for (i = 0; i < sizeof check_keys / sizeof *check_keys; i++)
			if (strcmp(check_keys[i].key, key) == 0)
				return (int)check_keys[i].type;
		return -1;
	}
	for (i = 0; i < sizeof keys / sizeof *keys; i++)
		if (strcmp(keys[i].section, section) == 0 &&
		    strcmp(keys[i].key, key) == 0)
			return (int)keys[i].type;
	return -1;
}

int
profile_parse_colour(const char *value, unsigned char rgb[static 3])
{
	unsigned r, g, b;
	char rest;

	if (sscanf(value, "%3u %3u %3u %c", &r, &g, &b, &rest) != 3 ||
	    r > 255 || g > 255 || b > 255)
		return -1;
	rgb[0] = (unsigned char)r;
	rgb[1] = (unsigned char)g;
	rgb[2] = (unsigned char)b;
	return 0;
}

int
profile_parses(const char *value, enum profile_type type)
{
	unsigned char rgb[3];
	char *end = NULL;
	double number;

	errno = 0;
	switch (type) {
	case PROFILE_TEXT:
		return 1;
	case PROFILE_NUMBER:
		number = strtod(value, &end);
		return *value != '\0' && *end == '\0' && isfinite(number);
	case PROFILE_INTEGER:
		strtol(value, &end, 10);
		return *value != '\0' && *end == '\0' && errno == 0;
	case PROFILE_FLAG:
		return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
	case PROFILE_COLOUR:
		return profile_parse_colour(value, rgb) == 0;
	case PROFILE_DAYS:
		return window_is(WINDOW_DAYS, value);
	case PROFILE_HOURS:
		return window_is(WINDOW_HOURS, value);
	}
	return 0;
}

int
profile_level(const char *value)
{
	int i;

	for (i = 0; i < (int)(sizeof level_names / sizeof *level_names); i++)
		if (strcmp(level_names[i], value) == 0)
			return i;
	return -1;
}

int
profile_key_at(size_t index, const char **section, const char **key)
{
	if (index >= sizeof keys / sizeof *keys)
		return 0;
	*section = keys[index].section;
	*key = keys[index].key;
	return 1;
}
