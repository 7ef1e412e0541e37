#include "lib/base/share.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"
#include "lib/base/suggest.h"

static void
executable_directory(struct buf *out)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
	char *slash;

	if (len < 0)
		msg_die("cannot tell where the executable is");
	path[len] = '\0';
	slash = strrchr(path, '/');
	buf_add(out, path, (size_t)(slash - path));
}

void
share_path(const char *name, struct buf *out)
{
	static const char *const places[] = { "/../share/tc", "/../share" };
	const char *override = getenv("TC_SHARE");
	struct buf base = BUF_INIT, path = BUF_INIT;
	size_t i;

	if (override != NULL && *override != '\0') {
		buf_addf(out, "%s/%s", override, name);
		return;
	}
	executable_directory(&base);
	for (i = 0; i < sizeof places / sizeof *places; i++) {
		buf_clear(&path);
		buf_addf(&path, "%s%s/%s", base.data, places[i], name);
		if (access(path.data, R_OK) == 0)
			break;
	}
	buf_adds(out, path.data);
	buf_release(&path);
	buf_release(&base);
}

void
share_file(const char *name, struct buf *out)
{
	if (strchr(name, '/') != NULL)
		buf_adds(out, name);
	else
		share_path(name, out);
}

static int
is_settings(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 5 && strcmp(entry->d_name + len - 5, ".conf") == 0;
}

void
share_names(const char *folder, struct buf *out)
{
	struct buf path = BUF_INIT;
	struct dirent **entries;
	int count, i;

	share_path(folder, &path);
	count = scandir(path.data, &entries, is_settings, alphasort);
	for (i = 0; i < count; i++) {
		buf_addf(out, "%s%.*s", i > 0 ? " " : "",
		    (int)strlen(entries[i]->d_name) - 5, entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	buf_release(&path);
}

void
share_suggest(const char *folder, const char *name, struct buf *out)
{
	struct buf names = BUF_INIT;
	struct suggest suggest;

	share_names(folder, &names);
	suggest_begin(&suggest, name);
	suggest_consider_all(&suggest, names.data);
	suggest_say(&suggest, out);
	buf_release(&names);
}

void
share_words(const char *file, struct buf *out)
{
	struct buf path = BUF_INIT;
	char *line = NULL;
	size_t room = 0, len;
	FILE *stream;

	share_path(file, &path);
	stream = fopen(path.data, "re");
	while (stream != NULL && getline(&line, &room, stream) > 0) {
		len = strcspn(line, " \t\n");
		if (len > 0 && *line != '#')
			buf_addf(out, "%s%.*s", out->len > 0 ? " " : "", (int)len, line);
	}
	if (stream != NULL)
		fclose(stream);
	free(line);
	buf_release(&path);
}
