/* tc-layout: print sheets of the students whose images conform, tc-layout(1). */
#include <getopt.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "lib/record/stream.h"
#include "lib/record/tool.h"
#include "lib/sheet/layout.h"
#include "lib/sheet/raster.h"

enum {
	OPTION_CUT = TOOL_OWN, OPTION_DPI, OPTION_FORMAT, OPTION_INCLUDE,
	OPTION_INDEX, OPTION_MANIFEST, OPTION_ONLY, OPTION_RASTER,
	OPTION_SPLIT, OPTION_TABLE
};

static const struct option longs[] = {
	{ "cut", required_argument, NULL, OPTION_CUT },
	{ "dpi", required_argument, NULL, OPTION_DPI },
	{ "format", required_argument, NULL, OPTION_FORMAT },
	{ "include", required_argument, NULL, OPTION_INCLUDE },
	{ "index", required_argument, NULL, OPTION_INDEX },
	{ "manifest", required_argument, NULL, OPTION_MANIFEST },
	{ "only", required_argument, NULL, OPTION_ONLY },
	{ "raster", required_argument, NULL, OPTION_RASTER },
	{ "split", required_argument, NULL, OPTION_SPLIT },
	{ "table", required_argument, NULL, OPTION_TABLE },
	TOOL_LONG, { NULL, 0, NULL, 0 }
};

static const char usage[] =
    "usage: tc-layout [-hqV] [-d DIR] [-o FILE] [-p PROFILE] [--cut FILE]\n"
    "                 [--dpi DPI] [--force] [--format FORMAT] [--include review]\n"
    "                 [--index FILE] [--lang LANG] [--manifest FILE] [--only FILE]\n"
    "                 [--raster DIR] [--reprofile] [--split class|N] [--subset]\n"
    "                 [--table FILE] [MANIFEST]\n";

/* The command line as it stands, before it is known to make sense. */
struct arguments {
	struct layout_options layout;
	struct stream_options stream;
	const char *output, *raster, *manifest, *split;
	struct press_setup pictures;
};

static int
ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), wanted = strlen(end);

	return len > wanted && strcmp(text + len - wanted, end) == 0;
}

static void
take_cut(struct arguments *arguments, const char *file)
{
	const char **cut = arguments->layout.cut;

	if (!ends_with(file, ".pdf") && !ends_with(file, ".svg"))
		tool_usage_error(usage, "--cut takes FILE.pdf or FILE.svg, not "
		    "'%s'", file);
	if (cut[1] != NULL)
		tool_usage_error(usage, "more than two files to cut by");
	cut[cut[0] != NULL] = file;
}

static void
take_dpi(struct arguments *arguments, const char *text)
{
	arguments->pictures.dpi = (int)tool_number(usage, "--dpi", text, 254,
	    600);
	if (arguments->pictures.dpi != 254 && arguments->pictures.dpi != 300 &&
	    arguments->pictures.dpi != 600)
		tool_usage_error(usage, "--dpi takes 254, 300 or 600, not '%s'",
		    text);
}

static void
take_format(struct arguments *arguments, const char *word)
{
	int format = raster_format_parse(word);

	if (format < 0)
		tool_usage_error(usage, "--format takes jpeg or tiff, not '%s'",
		    word);
	arguments->pictures.format = (enum raster_format)format;
}

static void
take_index(struct arguments *arguments, const char *file)
{
	if (!ends_with(file, ".xlsx") && !ends_with(file, ".csv"))
		tool_usage_error(usage, "--index takes FILE.xlsx or FILE.csv, "
		    "not '%s'", file);
	arguments->layout.index = file;
}

static void
take_option(struct arguments *arguments, int option, const char *argument)
{
	switch (option) {
	case 'o':
		arguments->output = argument;
		break;
	case OPTION_CUT:
		take_cut(arguments, argument);
		break;
	case OPTION_DPI:
		take_dpi(arguments, argument);
		break;
	case OPTION_FORMAT:
		take_format(arguments, argument);
		break;
	case OPTION_INCLUDE:
		if (strcmp(argument, "review") != 0)
			tool_usage_error(usage, "--include takes review, not '%s'",
			    argument);
		arguments->layout.review = 1;
		break;
	case OPTION_INDEX:
		take_index(arguments, argument);
		break;
	case OPTION_MANIFEST:
		arguments->manifest = argument;
		break;
	case OPTION_ONLY:
		arguments->layout.only = argument;
		break;
	case OPTION_RASTER:
		arguments->raster = argument;
		break;
	case OPTION_SPLIT:
		arguments->split = argument;
		break;
	case OPTION_TABLE:
		arguments->layout.table = argument;
		break;
	}
}

/* From what was said to the outputs. */
static void
plan_presses(struct arguments *arguments)
{
	struct layout_options *layout = &arguments->layout;
	struct press_setup *press;
	int standard;

	if (arguments->output != NULL) {
		press = &layout->presses[layout->press_count++];
		press->kind = arguments->split != NULL ? PRESS_SPLIT : PRESS_PDF;
		press->path = arguments->output;
	}
	if (arguments->split != NULL) {
		if (arguments->output == NULL ||
		    strcmp(arguments->output, "-") == 0)
			tool_usage_error(usage, "--split needs -o with a directory");
		layout->class_sheets = strcmp(arguments->split, "class") == 0;
		if (!layout->class_sheets)
			layout->presses[0].sheets = tool_number(usage,
			    "--split", arguments->split, 1, 100000);
	}
	if (arguments->raster != NULL) {
		press = &layout->presses[layout->press_count++];
		*press = arguments->pictures;
		press->path = arguments->raster;
	}
	if (layout->press_count == 0)
		tool_usage_error(usage, "-o or --raster is needed: where the "
		    "sheets go");
	standard = arguments->output != NULL &&
	    strcmp(arguments->output, "-") == 0;
	if (standard && arguments->manifest == NULL)
		tool_usage_error(usage, "-o - needs --manifest FILE: standard "
		    "output is for the sheets");
	if (!standard && arguments->manifest != NULL)
		tool_usage_error(usage, "--manifest is for -o - only: the manifest "
		    "goes to standard output");
}

static void
parse_options(int argc, char **argv, struct arguments *arguments)
{
	int option;

	while ((option = getopt_long(argc, argv, TOOL_SHORT "o:", longs,
	    NULL)) != -1)
		if (!tool_option(option, optarg, usage, &arguments->stream))
			take_option(arguments, option, optarg);
	if (argc - optind > 1)
		tool_usage_error(usage, "more than one manifest");
	plan_presses(arguments);
	arguments->stream.manifest = argv[optind];
	arguments->layout.force = arguments->stream.force;
}

/* Standard output for the sheets, a file for the manifest. */
static void
redirect(struct arguments *arguments, struct io_product *manifest)
{
	struct buf err = BUF_INIT;
	int before;

	if (arguments->manifest == NULL)
		return;
	before = io_redirect(arguments->manifest, manifest, &err);
	if (before < 0)
		msg_die("%s", err.data);
	arguments->layout.presses[0].output = before;
}

static int
finish(int status, struct io_product *manifest, int force)
{
	struct buf err = BUF_INIT;

	status = io_finish(status);
	if (manifest->part != NULL && io_product_publish(manifest,
	    force ? IO_REPLACE : 0, &err) != 0)
		msg_die("%s", err.data);
	return status;
}

int
main(int argc, char **argv)
{
	struct arguments arguments = { .pictures = { .kind = PRESS_RASTER,
	    .dpi = 300 } };
	struct io_product manifest = { .fd = -1 };
	struct layout *layout;
	int status;

	tool_init("tc-layout");
	parse_options(argc, argv, &arguments);
	redirect(&arguments, &manifest);
	layout = layout_new(&arguments.layout);
	status = stream_run(&layout_filter, layout, &arguments.stream);
	if (status == EXIT_DONE && !layout_table_was_good(layout))
		status = EXIT_SOME_FAILED;
	layout_free(layout);
	return finish(status, &manifest, arguments.layout.force);
}
