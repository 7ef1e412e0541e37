#ifndef TC_PROFILE_KEYS_H
#define TC_PROFILE_KEYS_H
/*
 * profile_keys: which keys a profile has, and what their values look like; only
 * for profile.c.
 */
#include <stddef.h>	/* size_t */

/* What the section of a check begins with; the check's id follows. */
#define PROFILE_CHECK "check."

enum profile_type {
	PROFILE_TEXT, PROFILE_NUMBER, PROFILE_INTEGER, PROFILE_FLAG, PROFILE_COLOUR,
	PROFILE_DAYS, PROFILE_HOURS	/* window.h */
};

/* Whether it is the section of a check. */
int profile_is_check(const char *section);
/* The key's enum profile_type, or -1 when there is no such key. */
int profile_key_type(const char *section, const char *key);
/* The index-th key that every profile must give, checks' left out; both names are
 * static.  Returns 0 past the last, else 1. */
int profile_key_at(size_t index, const char **section, const char **key);

/* Whether value is one of the type. */
int profile_parses(const char *value, enum profile_type type);
/* "100 197 255" as three values 0..255; 0, or -1. */
int profile_parse_colour(const char *value, unsigned char rgb[static 3]);
/* The enum limit_level of that name, or -1. */
int profile_level(const char *value);

#endif
