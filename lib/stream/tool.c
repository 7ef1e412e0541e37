#include "lib/stream/tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "lib/base/progress.h"
#include "lib/base/sandbox.h"
#include "lib/base/translate.h"
#include "lib/base/workers.h"
#include "lib/decision/reasons.h"
#include "lib/stream/stream.h"

static void
set_language(void)
{
	msg_set_translator(reasons_language() == LANGUAGE_CHINESE ? translate : NULL);
}

/* Where in the line of a pipeline's progress the tool writes. */
static void
set_place(const char *tool)
{
	static const char *const tools[] = { "tc-ingest", "tc-check", "tc-normalize",
	    "tc-layout", "tc-export" };
	const int count = sizeof tools / sizeof *tools;

	for (int i = 0; i < count; i++)
		if (strcmp(tools[i], tool) == 0)
			progress_place(i, count);
}

void
tool_init(const char *tool)
{
	io_init(tool);
	set_language();
	set_place(tool);
}

static void
take_quiet(void *state, const struct option_spec *spec, const char *argument)
{
	(void)state;
	(void)spec;
	(void)argument;
	msg_quiet();
}

static void
take_language(void *state, const struct option_spec *spec, const char *argument)
{
	(void)state;
	(void)spec;
	setenv("LANGUAGE", strcmp(argument, "zh") == 0 ? "zh_CN" : "en", 1);
	set_language();
}

/* With what this system shuts workers in, for whoever looks after it. */
static void
take_version(void *state, const struct option_spec *spec, const char *argument)
{
	struct buf locks = BUF_INIT;

	(void)state;
	(void)spec;
	(void)argument;
	sandbox_describe(&locks);
	printf("%s %s\n", end_tool(), TC_VERSION);
	printf("sandbox: %s\n", locks.data);
	buf_release(&locks);
	exit(io_finish(EXIT_DONE));
}

const struct option_spec tool_every[] = {
	{ .letter = 'h', .name = "help", .type = OPTION_HELP, .help = "show this and end" },
	{ .letter = 'q', .name = "quiet", .type = OPTION_FLAG, .take = take_quiet,
	    .help = "no progress, no summary" },
	{ .letter = 'V', .name = "version", .type = OPTION_FLAG, .take = take_version,
	    .help = "show the version and how workers are sandboxed, and end" },
	{ .name = "force", .type = OPTION_FLAG,
	    .offset = offsetof(struct stream_options, force),
	    .help = "replace files that are there; write to a terminal" },
	{ .name = "lang", .argument = "LANG", .type = OPTION_WORD, .words = "zh en",
	    .take = take_language, .setting = "language", .variable = "LANGUAGE",
	    .help = "language of messages, zh or en, instead of the environment's" },
	{ 0 }
};

const struct option_spec tool_filter[] = {
	{ .letter = 'd', .name = "directory", .argument = "DIR", .type = OPTION_FOLDER,
	    .offset = offsetof(struct stream_options, directory),
	    .help = "the batch's directory, instead of the manifest's" },
	{ .letter = 'p', .name = "profile", .argument = "PROFILE", .type = OPTION_SHARED,
	    .words = "profiles", .offset = offsetof(struct stream_options, profile),
	    .help = "the rules by name, or by path, instead of the manifest's" },
	{ .name = "reprofile", .type = OPTION_FLAG,
	    .offset = offsetof(struct stream_options, reprofile),
	    .help = "accept rules that are not those that the batch was made with" },
	{ .name = "subset", .type = OPTION_FLAG,
	    .offset = offsetof(struct stream_options, subset),
	    .help = "accept a manifest from which records were taken away" },
	{ 0 }
};

const struct option_spec tool_jobs[] = {
	{ .letter = 'j', .name = "jobs", .argument = "N", .type = OPTION_NUMBER,
	    .offset = offsetof(struct stream_options, jobs), .min = 1, .max = WORKERS_MAX,
	    .setting = "jobs", .help = "number of processes, instead of one for each "
	    "processor" },
	{ 0 }
};

const struct option_spec tool_dry[] = {
	{ .letter = 'n', .name = "dry-run", .type = OPTION_FLAG,
	    .offset = offsetof(struct stream_options, dry_run),
	    .help = "only say what would be done: no file changes, and no manifest is written" },
	{ 0 }
};

const char *
tool_manifest(char **operands)
{
	if (operands[0] != NULL && operands[1] != NULL)
		options_fail("more than one manifest");
	return operands[0];
}
