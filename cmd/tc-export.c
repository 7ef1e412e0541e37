#include <getopt.h>
#include <stddef.h>
#include <string.h>

#include "lib/bundle.h"
#include "lib/feedback.h"
#include "lib/io.h"
#include "lib/kind.h"
#include "lib/stream.h"
#include "lib/tool.h"

static const char usage[] =
    "usage: tc-export KIND [-hqV] [-d DIR] [-p PROFILE] [--force] [--lang LANG]\n"
    "                 [--reprofile] [--subset] -o FILE [MANIFEST]\n"
    "\nKIND: chsi feedback\n";

/* Every kind there is; see lib/kind.h for what a new one takes. */
static const struct kind *const kinds[] = {
	&bundle_kind,
	&feedback_kind,
};

static const struct kind *
find_kind(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	tool_usage_error(usage, "there is no kind '%s'", name);
}

/* Options may stand before and after KIND, which getopt_long sees to. */
static const struct kind *
parse(int argc, char **argv, struct kind_options *own,
    struct stream_options *shared)
{
	static const struct option options[] = { TOOL_LONG, { 0 } };
	const struct kind *kind;
	int option;

	while ((option = getopt_long(argc, argv, TOOL_SHORT "o:", options,
	    NULL)) != -1)
		if (!tool_option(option, optarg, usage, shared))
			own->output = optarg;
	if (optind == argc)
		tool_usage_error(usage, "no KIND is given");
	kind = find_kind(argv[optind++]);
	if (own->output == NULL || *own->output == '\0')
		tool_usage_error(usage, "no -o FILE is given");
	if (strcmp(own->output, "-") == 0)
		tool_usage_error(usage, "-o takes the name of a file or directory");
	if (argc - optind > 1)
		tool_usage_error(usage, "more than one manifest is given");
	shared->manifest = argv[optind];
	own->force = shared->force;
	return kind;
}

int
main(int argc, char **argv)
{
	struct stream_options shared = { 0 };
	struct kind_options own = { 0 };
	const struct kind *kind;
	void *state;
	int status;

	io_init("tc-export");
	kind = parse(argc, argv, &own, &shared);
	state = kind->start(&own);
	status = stream_run(kind->filter, state, &shared);
	kind->stop(state);
	return io_finish(status);
}
