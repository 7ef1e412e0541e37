#ifndef TC_PROFILE_H
#define TC_PROFILE_H
/*
 * profile: every number of an authority, tc-profile(5).
 *
 * An INI file under share/profiles that may include one other (which may include
 * one in turn, four in all), whose values it overrides.  Which keys exist, and
 * their types, is stated once in profile_keys.c; a profile with an unknown key, a
 * missing one or a value that does not parse is refused with file and line.  So the
 * getters below cannot fail; asking for a key that does not exist is a programming error
 * and aborts.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct node;
struct profile;

enum limit_level { LEVEL_REJECT, LEVEL_REVIEW, LEVEL_INFO };

/* The section [check.ID]: the limits of one check. */
struct limit {
	enum limit_level level;	/* what a value outside does to the status */
	int has_min, has_max;
	double min, max;	/* in the check's unit; inclusive */
	int soft;		/* outside is a warning at level info */
	int required;		/* absent or not_assessed: the photo goes to review */
};

/* Load by name ("jiangsu", from share/profiles) or by path (when name has a
 * slash).  NULL with the reason.  Free with profile_free. */
struct profile *profile_load(const char *name, struct buf *err);
void profile_free(struct profile *profile);

/* Name as it stands in the manifest, a path made absolute, and SHA-256 over all
 * effective values.  Borrowed. */
const char *profile_name(const struct profile *profile);
const char *profile_hash(const struct profile *profile);
/* SHA-256 over the effective values of the sections whose names begin with one of
 * the NULL-ended prefixes: the part of a cache key that a profile decides. */
void profile_hash_sections(const struct profile *profile,
    const char *const prefixes[], char *text);

/* Override values, by an object of "SECTION.KEY": text, or NULL for none; sections of
 * checks cannot be overridden.  profile_hash_sections includes the new values,
 * profile_hash does not.  0, or -1 with the reason. */
int profile_overlay(struct profile *profile, const struct node *values,
    struct buf *err);

const char *profile_text(const struct profile *profile, const char *section,
    const char *key);
double profile_number(const struct profile *profile, const char *section,
    const char *key);
long profile_integer(const struct profile *profile, const char *section,
    const char *key);
/* The limits of a worker process, [worker]: bytes of memory, seconds for one job. */
void profile_worker_limits(const struct profile *profile, unsigned long long *memory,
    double *seconds);
int profile_flag(const struct profile *profile, const char *section,
    const char *key);		/* yes or no */
/* Whether students are known by their capture codes alone: [profile] identity. */
int profile_by_code(const struct profile *profile);
/* Append a person's name as products show it: masked by [mask] name, or as it is with full;
 * nothing for NULL. */
void profile_add_name(const struct profile *profile, const char *name, int full,
    struct buf *out);
/* A colour "100 197 255" as three values 0..255. */
void profile_colour(const struct profile *profile, const char *section,
    const char *key, unsigned char rgb[static 3]);
/* A list "a, b, c": the item at index without blanks, appended to out; returns
 * 0 past the end, else 1. */
int profile_item(const struct profile *profile, const char *section,
    const char *key, size_t index, struct buf *out);
/* Whether the profile has limits for a check of this id. */
int profile_has_check(const struct profile *profile, const char *id);
/* The limits of check id.  A check without a section aborts. */
struct limit profile_limit(const struct profile *profile, const char *id);
/* The id of the index-th check, in the order of ids, or NULL past the last. */
const char *profile_check_at(const struct profile *profile, size_t index);
/* The path of the profile's file, 0, or of the one that it includes, 1, and so on; NULL
 * past the last. */
const char *profile_path(const struct profile *profile, size_t depth);
/* Append the comments of the profile's files on the section, which say where the values
 * come from, in one line; the profile's own file comes before those that it includes. */
void profile_source(const struct profile *profile, const char *section, struct buf *out);
/* The id of the index-th check that is required, or NULL past the last: without a
 * verdict of it no photo passes. */
const char *profile_required_check(const struct profile *profile, size_t index);

#endif
