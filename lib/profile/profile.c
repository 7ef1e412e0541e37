#include "lib/profile/profile.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/ini.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/base/share.h"
#include "lib/profile/profile_keys.h"

struct entry {
	char *section, *key, *value;
	int depth;		/* of the file that gave it; 0 is the named file */
};

enum { INCLUDES_MAX = 4 };

struct profile {
	char *name;
	struct entry *entries;
	size_t count;
	char hash[HASH_TEXT];
	char *include;		/* of the file being read, or NULL */
	int depth;		/* of the file being read */
	char *paths[INCLUDES_MAX + 1];	/* of the files that were read, by depth */
};

static int
by_name(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = strcmp(a->section, b->section);

	return order != 0 ? order : strcmp(a->key, b->key);
}

/* In a profile that is being read: its entries are in no order yet. */
static const struct entry *
find_given(const struct profile *profile, const char *section, const char *key)
{
	size_t i;

	for (i = 0; i < profile->count; i++)
		if (strcmp(profile->entries[i].key, key) == 0 &&
		    strcmp(profile->entries[i].section, section) == 0)
			return &profile->entries[i];
	return NULL;
}

static struct entry *
find_entry(const struct profile *profile, const char *section, const char *key)
{
	size_t low = 0, high = profile->count, middle;
	struct entry *entry;
	int order;

	while (low < high) {
		middle = (low + high) / 2;
		entry = &profile->entries[middle];
		order = strcmp(section, entry->section);
		if (order == 0)
			order = strcmp(key, entry->key);
		if (order == 0)
			return entry;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static const char *
find(const struct profile *profile, const char *section, const char *key)
{
	const struct entry *entry = find_entry(profile, section, key);

	return entry != NULL ? entry->value : NULL;
}

/* The named file is read before the one it includes: what is there wins. */
static int
take_key(void *state, const char *section, const char *key, const char *value,
    struct buf *err)
{
	struct profile *profile = state;
	const struct entry *given;
	struct entry *entry;
	int type;

	if (*section == '\0' && strcmp(key, "include") == 0) {
		if (profile->include != NULL) {
			buf_adds(err, "a second 'include'");
			return -1;
		}
		profile->include = xstrdup(value);
		return 0;
	}
	type = profile_key_type(section, key);
	if (type < 0) {
		buf_addf(err, "unknown key '%s' in section '%s'", key, section);
		return -1;
	}
	if (!profile_parses(value, (enum profile_type)type) ||
	    (profile_is_check(section) && strcmp(key, "level") == 0 &&
	    profile_level(value) < 0)) {
		buf_addf(err, "'%s' is not a value for '%s'", value, key);
		return -1;
	}
	given = find_given(profile, section, key);
	if (given != NULL && given->depth == profile->depth) {
		buf_addf(err, "key '%s' given twice", key);
		return -1;
	}
	if (given != NULL)
		return 0;
	profile->entries = xrealloc_array(profile->entries, profile->count + 1,
	    sizeof *profile->entries);
	entry = &profile->entries[profile->count++];
	entry->section = xstrdup(section);
	entry->key = xstrdup(key);
	entry->value = xstrdup(value);
	entry->depth = profile->depth;
	return 0;
}

static int
check_complete(const struct profile *profile, struct buf *err)
{
	const char *section, *key;
	size_t i;

	for (i = 0; profile_key_at(i, &section, &key); i++)
		if (find(profile, section, key) == NULL) {
			buf_addf(err, "profile '%s' has no key '%s' in section '%s'",
			    profile->name, key, section);
			return -1;
		}
	for (i = 0; i < profile->count; i++) {
		section = profile->entries[i].section;
		if (profile_is_check(section) && find(profile, section, "level") == NULL) {
			buf_addf(err, "profile '%s' has no key 'level' in section '%s'",
			    profile->name, section);
			return -1;
		}
	}
	return 0;
}

/* beside is the path of the including file, or NULL for the named one. */
static int
read_file(struct profile *profile, const char *name, const char *beside,
    struct buf *err)
{
	struct buf path = BUF_INIT, file = BUF_INIT;
	int result;

	buf_addf(&file, "profiles/%s.conf", name);
	if (strchr(name, '/') != NULL)
		buf_adds(&path, name);
	else if (beside != NULL)
		buf_addf(&path, "%.*s/%s.conf",
		    (int)(strrchr(beside, '/') - beside), beside, name);
	if (path.len == 0 || (beside != NULL && access(path.data, F_OK) != 0)) {
		buf_clear(&path);
		share_path(file.data, &path);
	}
	if (strchr(name, '/') == NULL && access(path.data, F_OK) != 0) {
		buf_addf(err, "there is no profile '%s'", name);
		share_suggest("profiles", name, err);
		result = -1;
	} else
		result = ini_read(path.data, take_key, profile, err);
	buf_release(&file);
	profile->paths[profile->depth] = buf_detach(&path);
	return result;
}

static int
read_all(struct profile *profile, struct buf *err)
{
	const char *beside = strchr(profile->name, '/') != NULL ? profile->name : NULL;
	char *next = xstrdup(profile->name);
	int result;

	do {
		result = read_file(profile, next,
		    profile->depth > 0 ? beside : NULL, err);
		free(next);
		next = profile->include;
		profile->include = NULL;
		if (result == 0 && next != NULL && ++profile->depth > INCLUDES_MAX) {
			buf_addf(err, "profile '%s' includes more than %d others",
			    profile->name, INCLUDES_MAX);
			result = -1;
		}
	} while (result == 0 && next != NULL);
	free(next);
	return result;
}

struct profile *
profile_load(const char *name, struct buf *err)
{
	static const char *const all[] = { "", NULL };
	struct profile *profile = xcalloc(1, sizeof *profile);
	char *absolute;
	int result;

	/* A batch keeps the name, and is used from other directories. */
	absolute = strchr(name, '/') != NULL ? realpath(name, NULL) : NULL;
	profile->name = absolute != NULL ? absolute : xstrdup(name);
	result = read_all(profile, err);
	if (result == 0) {
		mem_sort(profile->entries, profile->count, sizeof *profile->entries,
		    by_name);
		result = check_complete(profile, err);
	}
	if (result != 0) {
		profile_free(profile);
		return NULL;
	}
	profile_hash_sections(profile, all, profile->hash);
	return profile;
}

void
profile_free(struct profile *profile)
{
	size_t i;

	if (profile == NULL)
		return;
	for (i = 0; i < profile->count; i++) {
		free(profile->entries[i].section);
		free(profile->entries[i].key);
		free(profile->entries[i].value);
	}
	free(profile->entries);
	for (i = 0; i <= INCLUDES_MAX; i++)
		free(profile->paths[i]);
	free(profile->include);
	free(profile->name);
	free(profile);
}

const char *
profile_name(const struct profile *profile)
{
	return profile->name;
}

const char *
profile_hash(const struct profile *profile)
{
	return profile->hash;
}

void
profile_hash_sections(const struct profile *profile, const char *const prefixes[],
    char *text)
{
	struct hash *hash = hash_new();
	const struct entry *entry;
	size_t i, j;

	for (i = 0; i < profile->count; i++) {
		entry = &profile->entries[i];
		for (j = 0; prefixes[j] != NULL; j++)
			if (strncmp(entry->section, prefixes[j],
			    strlen(prefixes[j])) == 0)
				break;
		if (prefixes[j] == NULL)
			continue;
		hash_add_text(hash, entry->section);
		hash_add_text(hash, entry->key);
		hash_add_text(hash, entry->value);
	}
	hash_end(hash, text);
}

struct overlay {
	struct profile *profile;
	const struct node *values;
	struct buf *err;
	int result;
};

static void
overlay_one(void *state, const char *name, struct node *node)
{
	struct overlay *overlay = state;
	struct profile *profile = overlay->profile;
	const char *value = node_text(overlay->values, name);
	const char *dot = strchr(name, '.');
	char *section = xstrndup(name, dot != NULL ? (size_t)(dot - name) : 0);
	int type = dot == NULL ? -1 : profile_key_type(section, dot + 1);
	struct entry *old;

	(void)node;
	if (overlay->result == 0 && type < 0)
		buf_addf(overlay->err, "there is no key '%s' in a profile", name);
	else if (overlay->result == 0 && (value == NULL ||
	    !profile_parses(value, (enum profile_type)type)))
		buf_addf(overlay->err, "'%s' is not a value for '%s'",
		    value != NULL ? value : "", name);
	if (overlay->err->len > 0)
		overlay->result = -1;
	if (overlay->result == 0) {
		old = find_entry(profile, section, dot + 1);
		free(old->value);
		old->value = xstrdup(value);
	}
	free(section);
}

int
profile_overlay(struct profile *profile, const struct node *values, struct buf *err)
{
	struct overlay overlay = { profile, values, err, 0 };

	node_each(values, overlay_one, &overlay);
	return overlay.result;
}

const char *
profile_text(const struct profile *profile, const char *section, const char *key)
{
	const char *value = find(profile, section, key);

	if (value == NULL)
		abort();
	return value;
}

double
profile_number(const struct profile *profile, const char *section, const char *key)
{
	return strtod(profile_text(profile, section, key), NULL);
}

long
profile_integer(const struct profile *profile, const char *section, const char *key)
{
	return strtol(profile_text(profile, section, key), NULL, 10);
}

void
profile_worker_limits(const struct profile *profile, unsigned long long *memory,
    double *seconds)
{
	*memory = (unsigned long long)profile_integer(profile, "worker", "memory_bytes");
	*seconds = profile_number(profile, "worker", "seconds");
}

int
profile_flag(const struct profile *profile, const char *section, const char *key)
{
	return strcmp(profile_text(profile, section, key), "yes") == 0;
}

int
profile_by_code(const struct profile *profile)
{
	return strcmp(profile_text(profile, "profile", "identity"),
	    "capture_code") == 0;
}

void
profile_add_name(const struct profile *profile, const char *name, int full,
    struct buf *out)
{
	int rule = mask_rule_parse(profile_text(profile, "mask", "name"));

	if (name != NULL && full)
		buf_adds(out, name);
	else if (name != NULL)
		mask_name(name, rule < 0 ? MASK_FIRST_LAST : (enum mask_rule)rule, out);
}

void
profile_colour(const struct profile *profile, const char *section, const char *key,
    unsigned char rgb[static 3])
{
	if (profile_parse_colour(profile_text(profile, section, key), rgb) != 0)
		abort();
}

int
profile_item(const struct profile *profile, const char *section, const char *key,
    size_t index, struct buf *out)
{
	const char *item = profile_text(profile, section, key), *end;

	for (; index > 0 && item != NULL; index--) {
		item = strchr(item, ',');
		item = item != NULL ? item + 1 : NULL;
	}
	if (item == NULL)
		return 0;
	item += strspn(item, " \t");
	end = strchrnul(item, ',');
	while (end > item && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	buf_add(out, item, (size_t)(end - item));
	return 1;
}

struct limit
profile_limit(const struct profile *profile, const char *id)
{
	struct buf section = BUF_INIT;
	struct limit limit;
	const char *value;

	memset(&limit, 0, sizeof limit);
	buf_adds(&section, PROFILE_CHECK);
	buf_adds(&section, id);
	limit.level = (enum limit_level)profile_level(
	    profile_text(profile, section.data, "level"));
	if ((value = find(profile, section.data, "min")) != NULL) {
		limit.has_min = 1;
		limit.min = strtod(value, NULL);
	}
	if ((value = find(profile, section.data, "max")) != NULL) {
		limit.has_max = 1;
		limit.max = strtod(value, NULL);
	}
	value = find(profile, section.data, "soft");
	limit.soft = value != NULL && strcmp(value, "yes") == 0;
	value = find(profile, section.data, "required");
	limit.required = value != NULL && strcmp(value, "yes") == 0;
	buf_release(&section);
	return limit;
}

const char *
profile_required_check(const struct profile *profile, size_t index)
{
	const struct entry *entry;
	size_t i;

	for (i = 0; i < profile->count; i++) {
		entry = &profile->entries[i];
		if (profile_is_check(entry->section) && strcmp(entry->key, "required") == 0 &&
		    strcmp(entry->value, "yes") == 0 && index-- == 0)
			return entry->section + sizeof PROFILE_CHECK - 1;
	}
	return NULL;
}

const char *
profile_check_at(const struct profile *profile, size_t index)
{
	const struct entry *entry;
	size_t i;

	for (i = 0; i < profile->count; i++) {
		entry = &profile->entries[i];
		if (profile_is_check(entry->section) && strcmp(entry->key, "level") == 0 &&
		    index-- == 0)
			return entry->section + sizeof PROFILE_CHECK - 1;
	}
	return NULL;
}

const char *
profile_path(const struct profile *profile, size_t depth)
{
	return depth <= INCLUDES_MAX ? profile->paths[depth] : NULL;
}

int
profile_has_check(const struct profile *profile, const char *id)
{
	struct buf section = BUF_INIT;
	int has;

	buf_addf(&section, PROFILE_CHECK "%s", id);
	has = find_entry(profile, section.data, "level") != NULL;
	buf_release(&section);
	return has;
}
