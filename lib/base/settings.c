#include "lib/base/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/ini.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/options.h"
#include "lib/base/options_parts.h"
#include "lib/base/suggest.h"

static const char known[] = "jobs language profile school";

struct reader {
	const struct option_table *tables;
	const char *path;
	struct buf *described;		/* NULL: the values are taken */
};

static const struct option_spec *
find(const struct option_table *tables, const char *key, void **state)
{
	const struct option_spec *spec;

	for (; tables->specs != NULL; tables++)
		for (spec = tables->specs; spec->name != NULL; spec++)
			if (spec->setting != NULL && strcmp(spec->setting, key) == 0) {
				*state = tables->state;
				return spec;
			}
	return NULL;
}

static int
is_known(const char *key, struct buf *err)
{
	struct suggest suggest;

	suggest_begin(&suggest, key);
	suggest_consider_all(&suggest, known);
	if (strcmp(suggest.best, key) == 0)
		return 1;
	buf_addf(err, "there is no setting '%s'", key);
	suggest_say(&suggest, err);
	return 0;
}

/* The values are the process's: options borrow them. */
static int
take(void *opaque, const char *section, const char *key, const char *value, struct buf *err)
{
	struct reader *reader = opaque;
	const struct option_spec *spec;
	const char *set;
	char name[200];
	void *state;

	if (*section != '\0') {
		buf_adds(err, "there are no sections here");
		return -1;
	}
	if (!is_known(key, err))
		return -1;
	spec = find(reader->tables, key, &state);
	if (spec == NULL)
		return 0;
	set = spec->variable != NULL ? getenv(spec->variable) : NULL;
	if (reader->described != NULL)
		buf_addf(reader->described, "  %s = %s  (%s)\n", key, value, reader->path);
	else if (set == NULL || *set == '\0') {
		snprintf(name, sizeof name, "'%s' in '%s'", key, reader->path);
		options_take(spec, state, name, xstrdup(value));
	}
	return 0;
}

static void
read_file(const struct option_table *tables, const char *path, struct buf *described)
{
	struct reader reader = { tables, path, described };
	struct buf err = BUF_INIT;

	if (ini_read(path, take, &reader, &err) != 0)
		msg_die("%s", err.data);
	buf_release(&err);
}

/* Each file, in the order in which they are read. */
static void
each_file(const struct option_table *tables, struct buf *described, struct buf *paths)
{
	const char *only = getenv("TC_CONF"), *base = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");
	struct buf own = BUF_INIT;

	if (base != NULL && *base == '/')
		buf_addf(&own, "%s/tc.conf", base);
	else if (home != NULL && *home == '/')
		buf_addf(&own, "%s/.config/tc.conf", home);
	const char *const files[] = { "/etc/tc.conf", own.data, "./tc.conf" };

	for (size_t i = 0; i < sizeof files / sizeof *files && only == NULL; i++) {
		if (*files[i] == '\0')
			continue;
		buf_addf(paths, "%s%s", paths->len > 0 ? ", " : "", files[i]);
		if (access(files[i], F_OK) == 0)
			read_file(tables, files[i], described);
	}
	if (only != NULL) {
		buf_adds(paths, only);
		if (*only != '\0')
			read_file(tables, only, described);
	}
	buf_release(&own);
}

void
settings_take(const struct option_table *tables)
{
	struct buf paths = BUF_INIT;

	each_file(tables, NULL, &paths);
	buf_release(&paths);
}

void
settings_describe(const struct option_table *tables, struct buf *out)
{
	struct buf paths = BUF_INIT, values = BUF_INIT;

	each_file(tables, &values, &paths);
	buf_addf(out, "  %s\n%s", paths.data, values.data);
	buf_release(&values);
	buf_release(&paths);
}
