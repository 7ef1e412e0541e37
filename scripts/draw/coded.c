#include "scripts/draw/coded.h"

#include <string.h>

#include "lib/base/base64.h"
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "scripts/draw/code.h"
#include "scripts/draw/people.h"
#include "scripts/draw/rng.h"
#include "scripts/draw/run.h"
#include "scripts/draw/school.h"
#include "scripts/draw/truth.h"

enum { CODE_BYTES = 48, BINARY_EVERY = 10 };

/* From the end of the roster backwards; the words are truth.csv's. */
enum coded_trouble {
	CODED_NO_PHOTO, CODED_NO_CODE, CODED_UNREADABLE,
	CODED_SWAPPED_A, CODED_SWAPPED_B, /* beside: codes exchanged */
	CODED_SAME,		/* has the first student's code */
	CODED_STRANGER,		/* has nobody's code */
	CODED_UNCONFIRMED,	/* a camera's name beside the right code */
	CODED_TWO,		/* two different codes */
	CODED_TROUBLES, CODED_FINE = CODED_TROUBLES
};

static const char *
coded_trouble_name(enum coded_trouble trouble)
{
	static const char *const names[] = {
		"no_photo", "no_code", "unreadable_code", "swapped", "swapped",
		"same_code", "strange_code", "unconfirmed", "two_codes", "",
	};

	return names[trouble];
}

/* What the code of student place holds; every tenth one's bytes are no text. */
static void
coded_bytes(uint64_t seed, int place, struct buf *out)
{
	unsigned char bytes[CODE_BYTES];
	struct rng rng;

	rng_init(&rng, seed, 4000000 + (uint64_t)place);
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)rng_below(&rng, 256);
	bytes[0] = 0xff;	/* in no text */
	if (place % BINARY_EVERY == BINARY_EVERY - 1)
		buf_add(out, bytes, sizeof bytes);
	else
		base64_add(bytes, sizeof bytes, out);
}

/* As the roster holds it. */
static void
coded_text(uint64_t seed, int place, struct buf *out)
{
	if (place % BINARY_EVERY == BINARY_EVERY - 1) {
		struct buf bytes = BUF_INIT;

		coded_bytes(seed, place, &bytes);
		base64_add(bytes.data, bytes.len, out);
		buf_release(&bytes);
	} else {
		coded_bytes(seed, place, out);
	}
}

void
coded_roster(const struct student *students, int count, uint64_t seed,
	enum coded_way way, struct buf *out)
{
	buf_addf(out, "学号,姓名,学院,班级,证件号码后四位%s\r\n",
		way == CODED_BESIDE ? ",采集码" : "");
	for (int i = 0; i < count; i++) {
		const struct student *s = &students[i];

		buf_addf(out, "%s,", s->student_no);
		mask_name(s->name, MASK_FIRST_LAST, out);
		buf_addf(out, ",%s,%s,", s->college_name, s->class_name);
		mask_id_last_four(s->id_number, out);
		if (way == CODED_BESIDE) {
			buf_addc(out, ',');
			coded_text(seed, i, out);
		}
		buf_adds(out, "\r\n");
	}
}

/* The name of a student's photo without its extension. */
static void
coded_stem(const struct student *student, int place, enum coded_way way,
	enum coded_trouble trouble, struct buf *out)
{
	if (trouble == CODED_UNCONFIRMED || trouble == CODED_SAME) {
		buf_addf(out, "IMG_%04d", place + 1);
	} else if (way == CODED_FOLDER) {
		buf_adds(out, student->student_no);
	} else {
		buf_addf(out, "%04d_", place + 1);
		mask_id_last_four(student->id_number, out);
	}
}

/* ---- files ---- */

static enum coded_trouble
coded_trouble_of(const struct school *s, int place)
{
	int from_end = s->students - 1 - place;

	return s->troubles && from_end < CODED_TROUBLES ?
		(enum coded_trouble)from_end : CODED_FINE;
}

/* Whose code lies beside the photo of student place. */
static int
code_place(const struct school *s, int place, enum coded_trouble trouble)
{
	if (trouble == CODED_SAME)
		return 0;
	if (trouble == CODED_STRANGER)
		return s->students;
	if (s->codes == CODED_BESIDE && trouble == CODED_SWAPPED_A)
		return place - 1;
	if (s->codes == CODED_BESIDE && trouble == CODED_SWAPPED_B)
		return place + 1;
	return place;
}

/* The code of student whose under a name; every other one's says that it is one. */
static void
deliver_code(struct run *run, const char *stem, int place, int whose, int marked,
	enum code_look look)
{
	const struct school *s = run->school;
	struct buf bytes = BUF_INIT, picture = BUF_INIT, name = BUF_INIT;
	int beside = s->codes == CODED_BESIDE;

	coded_bytes(s->seed, whose, &bytes);
	code_draw(bytes.data, bytes.len, look, (uint64_t)place, &picture);
	buf_addf(&name, "%s%s%s", stem, marked ? "_code" : "",
		code_extension(look));
	if (s->photos)
		run_file(s->directory, name.data, &picture);
	if (run->codes)
		pack_add(run->codes, strrchr(name.data, '/') + 1, picture.data,
			picture.len, 0);
	else if (run->zip && beside)
		pack_add(run->zip, name.data, picture.data, picture.len, 0);
	buf_release(&name);
	buf_release(&picture);
	buf_release(&bytes);
}

static void
code_files(struct run *run, int place, enum coded_trouble trouble,
	const char *stem)
{
	const struct school *s = run->school;
	struct buf name = BUF_INIT;
	enum code_look look = (enum code_look)(place % CODE_LOOKS);
	int folder = s->codes == CODED_FOLDER;
	int marked = !folder && (place % 2 || trouble != CODED_FINE);
	int whose = code_place(s, place, trouble);

	if (trouble == CODED_NO_CODE)
		return;
	buf_addf(&name, "%s/%s", folder ? "codes" : "photos",
		folder ? run->students[place].student_no : stem);
	deliver_code(run, name.data, place, whose, marked,
		trouble == CODED_UNREADABLE ? CODE_RUINED : look);
	if (trouble == CODED_TWO) {
		buf_adds(&name, folder ? " (2)" : "_采集码");
		deliver_code(run, name.data, place, s->students + 1, 0,
			CODE_PLAIN);
	}
	buf_release(&name);
}

void
coded_files(struct run *run, int place)
{
	const struct student *s = &run->students[place];
	enum coded_trouble trouble = coded_trouble_of(run->school, place);
	struct buf stem = BUF_INIT, file = BUF_INIT, entry = BUF_INIT;
	struct buf bytes = BUF_INIT;
	const struct portrait *portrait;

	coded_stem(s, place, run->school->codes, trouble, &stem);
	buf_addf(&file, "%s.jpg", stem.data);
	buf_addf(&entry, "photos/%s.jpg", stem.data);
	if (trouble == CODED_NO_PHOTO) {
		truth_line(run->truth, s, coded_trouble_name(trouble), "", "",
			NULL);
	} else {
		portrait = run_shared(run, s, place, &bytes);
		run_deliver(run, s, coded_trouble_name(trouble), file.data,
			entry.data, portrait, &bytes);
	}
	code_files(run, place, trouble, stem.data);
	buf_release(&bytes);
	buf_release(&entry);
	buf_release(&file);
	buf_release(&stem);
}
