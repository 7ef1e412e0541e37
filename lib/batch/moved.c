#include "lib/batch/moved.h"

#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"

static int
is_there(const char *path, const char *inside)
{
	struct buf name = BUF_INIT;
	int there;

	buf_adds(&name, path);
	if (inside != NULL)
		buf_addf(&name, "/%s", inside);
	there = access(name.data, F_OK) == 0;
	buf_release(&name);
	return there;
}

void
moved_find(const char *path, const char *inside, struct buf *out)
{
	const char *end = path;

	while (*path == '/' && end != NULL && !is_there(end, inside)) {
		end = strchr(end, '/');
		if (end != NULL)
			end++;
	}
	if (end == NULL || *end == '\0')
		end = path;
	buf_addf(out, "%s%s", end != path ? "./" : "", end);
}
