#include "lib/check/provenance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/decision/status.h"
#include "lib/picture/exif.h"
#include "lib/profile/profile.h"
#include "lib/profile/window.h"

enum { FILE_MAX = 1 << 16 };

struct provenance {
	char **names;
	size_t count;
};

static void
add_line(struct provenance *provenance, const char *line, size_t len)
{
	while (len > 0 && (line[len - 1] == ' ' || line[len - 1] == '\r'))
		len--;
	if (len == 0 || *line == '#')
		return;
	provenance->names = xrealloc_array(provenance->names, provenance->count + 1,
	    sizeof *provenance->names);
	provenance->names[provenance->count++] = xstrndup(line, len);
}

struct provenance *
provenance_load(const char *path, struct buf *err)
{
	struct provenance *provenance = NULL;
	struct buf text = BUF_INIT;
	const char *line, *end;

	if (io_read_file(path, FILE_MAX, &text, err) == 0) {
		provenance = xcalloc(1, sizeof *provenance);
		for (line = text.data; *line != '\0'; line = end + (*end == '\n')) {
			end = line + strcspn(line, "\n");
			add_line(provenance, line, (size_t)(end - line));
		}
	}
	buf_release(&text);
	return provenance;
}

void
provenance_free(struct provenance *provenance)
{
	size_t i;

	for (i = 0; provenance != NULL && i < provenance->count; i++)
		free(provenance->names[i]);
	if (provenance != NULL)
		free(provenance->names);
	free(provenance);
}

static void
set_text(struct node *image, const char *name, const char *text)
{
	if (*text != '\0')
		node_set_text(image, name, text);
}

void
provenance_describe(struct node *image, const struct exif *exif)
{
	set_text(image, "make", exif->make);
	set_text(image, "model", exif->model);
	set_text(image, "lens", exif->lens);
	set_text(image, "software", exif->software);
	set_text(image, "creator", exif->creator);
	set_text(image, "taken", exif->taken);
	set_text(image, "zone", exif->zone);
}

static const char *
edited_by(const struct provenance *provenance, const struct node *image)
{
	static const char *const members[] = { "software", "creator", "make", "model" };
	const char *said;
	size_t i, j;

	for (i = 0; i < sizeof members / sizeof *members; i++) {
		said = node_text(image, members[i]);
		for (j = 0; said != NULL && j < provenance->count; j++)
			if (strcasestr(said, provenance->names[j]) != NULL)
				return said;
	}
	return NULL;
}

static void
judge(struct node *photo, const char *tool, const struct profile *profile,
    const char *id, const char *fault)
{
	struct limit limit = profile_limit(profile, id);

	status_add_verdict(photo, tool, id, &limit,
	    fault != NULL ? VERDICT_FAIL : VERDICT_PASS, fault);
}

/* Seconds that "+08:00" is ahead of UTC; 0 when text is no zone. */
static int
get_zone(const char *text, long *seconds)
{
	int hours, minutes;
	char sign;

	if (text == NULL ||
	    sscanf(text, "%c%2d:%2d", &sign, &hours, &minutes) != 3 ||
	    (sign != '+' && sign != '-') || hours > 14 || minutes > 59)
		return 0;
	*seconds = (sign == '-' ? -1 : 1) * (hours * 60L + minutes) * 60;
	return 1;
}

/* The time when it was taken by the profile's clock: a camera that names another
 * zone is brought to it, and one that names none is believed to show it. */
static int
get_taken(const struct node *image, const struct profile *profile, struct buf *out)
{
	const char *taken = node_text(image, "taken");
	const char *own = profile_text(profile, "provenance", "zone");
	struct tm tm = { 0 };
	long from, to;
	time_t when;
	char text[32];

	if (taken == NULL)
		return 0;
	if (!get_zone(node_text(image, "zone"), &from) || !get_zone(own, &to) ||
	    from == to || strptime(taken, "%Y-%m-%d %H:%M:%S", &tm) == NULL) {
		buf_adds(out, taken);
		return 1;
	}
	when = timegm(&tm) - from + to;
	gmtime_r(&when, &tm);
	strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm);
	buf_adds(out, text);
	return 1;
}

/* Dates of that form compare as text. */
static int
is_outside(const char *taken, const struct profile *profile)
{
	const char *limit = profile_text(profile, "provenance", "taken_not_before");

	return (strcmp(limit, "none") != 0 && strcmp(taken, limit) < 0) ||
	    !window_holds(WINDOW_DAYS, profile_text(profile, "provenance",
	    "taken_days"), taken) ||
	    !window_holds(WINDOW_HOURS, profile_text(profile, "provenance",
	    "taken_hours"), taken + strlen("YYYY-MM-DD "));
}

/* A picture that does not say when it was taken is not outside. */
static void
judge_taken(struct node *photo, const char *tool, const struct profile *profile)
{
	struct buf taken = BUF_INIT;
	int outside = get_taken(node_get(photo, "image"), profile, &taken) &&
	    is_outside(taken.data, profile);

	judge(photo, tool, profile, "provenance.taken", outside ? taken.data : NULL);
	buf_release(&taken);
}

static const char *
front_camera(const struct node *image)
{
	const char *lens = node_text(image, "lens");

	return lens != NULL && strcasestr(lens, "front") != NULL ? lens : NULL;
}

/* A size of a telephone's screen, and no camera named. */
static const char *
screenshot(const struct node *image, const struct profile *profile)
{
	long long width = node_integer(image, "width", 0);
	long long height = node_integer(image, "height", 0);
	struct buf item = BUF_INIT;
	const char *found = NULL;
	long long one, other;
	size_t i;

	for (i = 0; node_text(image, "model") == NULL && found == NULL &&
	    profile_item(profile, "provenance", "screens", i, &item) != 0; i++) {
		if (sscanf(item.data, "%lldx%lld", &one, &other) == 2 &&
		    ((one == width && other == height) ||
		    (one == height && other == width)))
			found = "the size of a screen, and no camera named";
		buf_clear(&item);
	}
	buf_release(&item);
	return found;
}

void
provenance_judge(const struct provenance *provenance, struct node *photo,
    const char *tool, const struct profile *profile)
{
	struct node *image = node_get(photo, "image");

	judge(photo, tool, profile, "provenance.edited", edited_by(provenance, image));
	judge_taken(photo, tool, profile);
	judge(photo, tool, profile, "provenance.front_camera", front_camera(image));
	judge(photo, tool, profile, "provenance.screenshot",
	    screenshot(image, profile));
}
