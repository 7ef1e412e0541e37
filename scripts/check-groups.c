/*
 * check-groups: what each group of tc-check's checks costs, for bench.
 *
 *	check-groups PROFILE PICTURE ...
 *
 * Does to each picture what tc-check does to it, in this process, and prints lines
 * "seconds<tab>group": CPU time of all pictures together, in the order in which the
 * groups come.  Starting and writing the stream are not in it.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/check/examine.h"
#include "lib/check/framing.h"
#include "lib/check/models.h"
#include "lib/check/rules.h"
#include "lib/picture/img.h"
#include "lib/profile/profile.h"

enum { GROUPS_MAX = 32 };

struct groups {
	const char *name[GROUPS_MAX];
	double seconds[GROUPS_MAX];
	int count;
	double last;		/* of the clock */

	const struct profile *profile;
	struct models models;
};

static double
clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
lap(void *state, const char *name)
{
	struct groups *groups = state;
	double now = clock_now();
	int i = 0;

	while (i < groups->count && strcmp(groups->name[i], name) != 0)
		i++;
	if (i == GROUPS_MAX)
		msg_die("too many groups");
	if (i == groups->count)
		groups->name[groups->count++] = name;
	groups->seconds[i] += now - groups->last;
	groups->last = clock_now();
}

static void
groups_open(struct groups *groups, struct buf *err)
{
	if (models_load(&groups->models, groups->profile, err) != 0 || img_start(err) != 0)
		msg_die("%s", err->data);
	groups->models.search.lap = lap;
	groups->models.search.lap_state = groups;
}

/* What tc-check does to one photo. */
static void
check_picture(struct groups *groups, const char *path, struct buf *err)
{
	struct node *photo = node_object(), *result = node_object();
	struct img_stored stored = IMG_STORED_INIT;
	static const char *const taken[] = { "image", "face", NULL };
	char sha256[HASH_TEXT];

	groups->last = clock_now();
	if (hash_file(path, sha256, err) != 0)
		msg_die("%s", err->data);
	lap(groups, "reading");
	if (examine(&groups->models.search, profile_number(groups->profile, "ingest",
	    "pixels_max"), path, result, &stored, err) != 0)
		msg_die("%s", err->data);
	for (int i = 0; taken[i] != NULL; i++)
		if (node_get(result, taken[i]) != NULL)
			node_set(photo, taken[i], node_copy(node_get(result,
			    taken[i])));
	groups->last = clock_now();
	provenance_judge(groups->models.provenance, photo, "bench", groups->profile);
	lap(groups, "provenance");
	rules_judge(photo, "bench", node_get(result, "measures"), groups->profile);
	lap(groups, "verdicts");
	framing_judge(photo, "again", groups->profile);
	lap(groups, "framing (in verdicts)");
	img_stored_release(&stored);
	node_free(photo);
	node_free(result);
}

int
main(int argc, char *argv[])
{
	struct groups groups = { 0 };
	struct buf err = BUF_INIT;

	end_set_tool("check-groups");
	if (argc < 3)
		msg_die("usage: check-groups PROFILE PICTURE ...");
	groups.profile = profile_load(argv[1], &err);
	if (groups.profile == NULL)
		msg_die("%s", err.data);
	groups_open(&groups, &err);
	for (int i = 2; i < argc; i++)
		check_picture(&groups, argv[i], &err);
	for (int i = 0; i < groups.count; i++)
		printf("%.6f\t%s\n", groups.seconds[i], groups.name[i]);
	return 0;
}
