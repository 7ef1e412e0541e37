#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/profile/profile.h"

/* Whether the line begins the section that is called name. */
static int
is_heading(const char *line, const char *name)
{
	size_t len = strlen(name);

	return line[0] == '[' && strncmp(line + 1, name, len) == 0 && line[len + 1] == ']';
}

/* What is said of the section that is read: in it, or else in front of it and of others,
 * behind an empty line. */
struct comments {
	struct buf own, shared;
	int inside, fresh;	/* fresh: the next comment begins another shared one */
};

static void
take_line(struct comments *comments, const char *line, const char *section)
{
	struct buf *out = comments->inside ? &comments->own : &comments->shared;

	if (*line == '[')
		comments->inside = is_heading(line, section);
	else if (*line == '\0')
		comments->inside = 0;
	if (*line == '[' || *line == '\0')
		comments->fresh = *line == '\0';
	if (*line != '#' || (!comments->inside && !comments->fresh))
		return;
	if (!comments->inside && comments->fresh == 1)
		buf_clear(out);
	comments->fresh = comments->inside ? 0 : 2;
	line += 1 + strspn(line + 1, " ");
	buf_addf(out, "%s%s", out->len > 0 ? " " : "", line);
}

static void
read_comments(const char *path, const char *section, struct buf *out)
{
	struct comments comments = { BUF_INIT, BUF_INIT, 0, 0 };
	struct buf line = BUF_INIT, ignored = BUF_INIT;
	struct io_lines lines;
	int whole, found = 0;

	if (io_lines_open(&lines, path, &ignored) == 0) {
		while (!(found && !comments.inside) &&
		    io_lines_next(&lines, &line, &whole, &ignored) > 0) {
			take_line(&comments, line.data, section);
			found |= comments.inside;
		}
		io_lines_close(&lines);
	}
	if (found)
		buf_adds(out, comments.own.len > 0 ? comments.own.data : comments.shared.data);
	buf_release(&comments.own);
	buf_release(&comments.shared);
	buf_release(&ignored);
	buf_release(&line);
}

void
profile_source(const struct profile *profile, const char *section, struct buf *out)
{
	struct buf comments = BUF_INIT;
	const char *path;
	size_t depth;

	for (depth = 0; comments.len == 0 && (path = profile_path(profile, depth)) != NULL;
	    depth++)
		read_comments(path, section, &comments);
	buf_adds(out, comments.data);
	buf_release(&comments);
}
