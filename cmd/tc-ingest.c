#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "lib/ingest.h"
#include "lib/io.h"
#include "lib/mem.h"
#include "lib/stream.h"
#include "lib/tool.h"
#include "lib/workers.h"

static const char usage[] =
    "usage: tc-ingest [-hqV] [-d DIR] [-j N] [-p PROFILE] [-r ROSTER]\n"
    "                 [-s CODE[:NAME]] [-y CLASS] [--force] [--lang LANG]\n"
    "                 UPLOAD...\n";

/* Split CODE:NAME, which is the caller's to free and own. */
static void
set_school(struct ingest_options *own, char *school)
{
	char *colon = strchr(school, ':');

	if (colon != NULL) {
		*colon = '\0';
		own->school_name = colon + 1;
	}
	own->school_code = school;
	if (*school == '\0')
		tool_usage_error(usage, "-s takes CODE:NAME");
}

static void
parse(int argc, char **argv, struct ingest_options *own,
    struct stream_options *shared, char **school)
{
	static const struct option options[] = { TOOL_LONG, { 0 } };
	int option;

	while ((option = getopt_long(argc, argv, TOOL_SHORT "j:r:s:y:",
	    options, NULL)) != -1) {
		if (tool_option(option, optarg, usage, shared))
			continue;
		if (option == 'j')
			shared->jobs = (int)tool_number(usage, "-j", optarg, 1,
			    WORKERS_MAX);
		else if (option == 'r')
			own->roster = optarg;
		else if (option == 's') {
			free(*school);
			set_school(own, *school = xstrdup(optarg));
		} else
			own->class = optarg;
	}
	if (shared->subset || shared->reprofile)
		tool_usage_error(usage, "%s is for tools that read a manifest",
		    shared->subset ? "--subset" : "--reprofile");
	if (optind == argc)
		tool_usage_error(usage, "no UPLOAD is given");
	own->uploads = argv + optind;
	own->upload_count = (size_t)(argc - optind);
}

int
main(int argc, char **argv)
{
	struct stream_options shared = { .directory = "batch",
	    .profile = "jiangsu" };
	struct ingest_options own = { 0 };
	char *school = NULL;
	int status;

	io_init("tc-ingest");
	parse(argc, argv, &own, &shared, &school);
	own.directory = shared.directory;
	own.profile = shared.profile;
	own.jobs = shared.jobs > 0 ? shared.jobs : workers_processors();
	status = ingest_run(&own);
	free(school);
	return io_finish(status);
}
