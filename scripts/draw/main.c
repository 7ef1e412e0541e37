#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "scripts/draw/camera.h"
#include "scripts/draw/people.h"
#include "scripts/draw/portrait.h"
#include "scripts/draw/school.h"

static const char usage_text[] =
"usage: draw-school [-hq] [-n STUDENTS] [-s SEED] [-W WIDTH]\n"
"           [--plain | --troubles] [--distinct COUNT] [--alpha DIR]\n"
"           [--roster-encoding utf-8|utf-8-bom|gb18030] [--zip-names gbk|utf-8]\n"
"           [--codes beside|folder] [--set KEY=VALUE,...] [--no-photos]\n"
"           [--no-zip] -o DIR\n"
"       draw-school [-s SEED] [-W WIDTH] [--alpha DIR] --one KEY=VALUE,... -o DIR\n"
"\n"
"Draws a made-up school: DIR/roster.csv, DIR/roster.xlsx, DIR/photos/,\n"
"DIR/upload.zip and DIR/truth.csv.  The same arguments give the same bytes.\n"
"  -n   students, 24\n"
"  -s   seed, 1\n"
"  -W   width of the photos in pixels, 1200; height is 4/3 of it\n"
"  -q   no progress\n"
"  --plain            every photo conforms (default)\n"
"  --troubles         the usual troubles, see below\n"
"  --distinct COUNT   draw so many portraits and give them out in turn\n"
"  --no-photos        no photos/; with --no-zip too nothing is drawn but rosters\n"
"  --codes WAY        students known by capture codes: pictures of QR codes beside\n"
"                     the photos, or in codes/ and codes.zip; no roster.xlsx\n"
"  --alpha DIR        write the true masks, 8-bit grey PNG, upright\n"
"  --set KEY=VALUE,...  parameters for every portrait\n"
"  --one KEY=VALUE,...  write one portrait to DIR/portrait.jpg and its truth;\n"
"                     the looks come from the seed, then the keys are set\n"
"\n"
"Troubles, from the end of the roster backwards: 1 no photo, 2 head tilted by\n"
"8 degrees, 3 eyes shut, 4 two faces, 5 too small (200 x 267), 6 dark, 7 a text\n"
"file instead of a picture, 8 PNG named .jpg (else good), 9 two uploads.  Two\n"
"photos more: a student number, and a name, that the roster does not have.\n"
"With --codes: 1 a code and no photo, 2 a photo and no code, 3 a code that cannot\n"
"be read, 4 and 5 each with the other's code (beside), 6 the first student's\n"
"code, 7 nobody's code, 8 a name that confirms nothing, 9 two codes.\n"
"\n"
"Keys (positions are fractions of the picture's height, face_width and centre\n"
"of its width; tilt and yaw are degrees; face measures are millimetres of a\n"
"face 140 mm wide; quality 0 writes PNG):\n";

enum long_option {
	OPT_PLAIN = 256, OPT_TROUBLES, OPT_DISTINCT, OPT_ALPHA, OPT_ENCODING,
	OPT_CODES, OPT_NAMES, OPT_SET, OPT_ONE, OPT_NO_PHOTOS, OPT_NO_ZIP
};

static const struct option options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "plain", no_argument, NULL, OPT_PLAIN },
	{ "troubles", no_argument, NULL, OPT_TROUBLES },
	{ "distinct", required_argument, NULL, OPT_DISTINCT },
	{ "alpha", required_argument, NULL, OPT_ALPHA },
	{ "roster-encoding", required_argument, NULL, OPT_ENCODING },
	{ "zip-names", required_argument, NULL, OPT_NAMES },
	{ "codes", required_argument, NULL, OPT_CODES },
	{ "set", required_argument, NULL, OPT_SET },
	{ "one", required_argument, NULL, OPT_ONE },
	{ "no-photos", no_argument, NULL, OPT_NO_PHOTOS },
	{ "no-zip", no_argument, NULL, OPT_NO_ZIP },
	{ NULL, 0, NULL, 0 },
};

/* The command line; settings point into the text of --set and --one. */
struct call {
	struct school school;
	const char **settings;
	int one;
};

static void
help(void)
{
	struct buf keys = BUF_INIT;

	portrait_keys(&keys);
	printf("%s%s", usage_text, keys.data);
	buf_release(&keys);
	exit(fflush(stdout) == 0 ? EXIT_DONE : EXIT_NO_WORK);
}

static long
number(const char *text, long low, long high)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (errno || end == text || *end || value < low || value > high)
		msg_die("'%s' is not a number from %ld to %ld", text, low, high);
	return value;
}

static int
choice(const char *text, const char *const *names)
{
	int i;

	for (i = 0; names[i]; i++)
		if (strcmp(names[i], text) == 0)
			return i;
	msg_die("'%s' is not known here", text);
}

static void
add_settings(struct call *call, char *text)
{
	char *setting, *rest = text;

	while ((setting = strtok_r(rest, ",", &rest))) {
		size_t count = (size_t)call->school.nsettings;

		call->settings = xrealloc_array(call->settings, count + 1,
			sizeof *call->settings);
		call->settings[count] = setting;
		call->school.nsettings++;
	}
	call->school.settings = call->settings;
}

static void
set_long_option(struct call *call, int option)
{
	static const char *const encodings[] = {
		"utf-8", "utf-8-bom", "gb18030", NULL
	};
	static const char *const names[] = { "gbk", "utf-8", NULL };
	static const char *const codes[] = { "beside", "folder", NULL };
	struct school *s = &call->school;

	switch (option) {
	case OPT_PLAIN:
	case OPT_TROUBLES:
		s->troubles = option == OPT_TROUBLES;
		break;
	case OPT_DISTINCT:
		s->distinct = (int)number(optarg, 1, STUDENTS_MAX);
		break;
	case OPT_ALPHA:
		s->alpha = optarg;
		break;
	case OPT_ENCODING:
		s->encoding = (enum roster_encoding)choice(optarg, encodings);
		break;
	case OPT_CODES:
		s->codes = CODED_BESIDE +
			(enum coded_way)choice(optarg, codes);
		break;
	case OPT_NAMES:
		s->names = (enum pack_names)choice(optarg, names);
		break;
	case OPT_SET:
	case OPT_ONE:
		call->one |= option == OPT_ONE;
		add_settings(call, optarg);
		break;
	case OPT_NO_PHOTOS:
		s->photos = 0;
		break;
	case OPT_NO_ZIP:
		s->zip = 0;
		break;
	default:
		msg_die("see draw-school -h");
	}
}

static void
parse(struct call *call, int argc, char **argv)
{
	struct school *s = &call->school;
	int option;

	while ((option = getopt_long(argc, argv, "hn:o:qs:W:", options,
	    NULL)) != -1) {
		switch (option) {
		case 'h':
			help();
			break;
		case 'n':
			s->students = (int)number(optarg, 1, STUDENTS_MAX);
			break;
		case 'o':
			s->directory = optarg;
			break;
		case 'q':
			msg_quiet();
			break;
		case 's':
			s->seed = (uint64_t)number(optarg, 0, LONG_MAX);
			break;
		case 'W':
			s->width = (int)number(optarg, 96, 12000);
			break;
		default:
			set_long_option(call, option);
		}
	}
	if (!s->directory || optind != argc)
		msg_die("an output directory is needed: see draw-school -h");
	if (s->distinct == 0 || s->distinct > s->students)
		s->distinct = s->students;
}

int
main(int argc, char **argv)
{
	struct call call = { .school = {
		.seed = 1, .students = 24, .width = 1200, .photos = 1, .zip = 1,
		.encoding = ROSTER_GB18030, .names = PACK_GBK,
	} };

	end_set_tool("draw-school");
	parse(&call, argc, argv);
	camera_start(argv[0]);
	if (call.one)
		school_portrait(&call.school);
	else
		school_write(&call.school);
	camera_stop();
	free(call.settings);
	return EXIT_DONE;
}
