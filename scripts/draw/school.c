#include "scripts/draw/school.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "scripts/draw/camera.h"
#include "scripts/draw/people.h"
#include "scripts/draw/rng.h"
#include "scripts/draw/run.h"
#include "scripts/draw/truth.h"

const char *
trouble_name(enum trouble trouble)
{
	static const char *const names[] = {
		"no_photo", "tilted", "eyes_shut", "two_faces", "too_small",
		"dark", "wrong_type", "png_as_jpg", "duplicate", "no_student",
		"no_name", "",
	};

	return names[trouble];
}

static void
make_directory(const char *path)
{
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		msg_die("cannot make '%s': %s", path, strerror(errno));
}

void
run_file(const char *directory, const char *name, const struct buf *bytes)
{
	struct buf path = BUF_INIT;
	FILE *file;
	size_t done;

	buf_addf(&path, "%s/%s", directory, name);
	file = fopen(path.data, "wb");
	if (!file)
		msg_die("cannot create '%s': %s", path.data, strerror(errno));
	done = fwrite(bytes->data, 1, bytes->len, file);
	if (fclose(file) != 0 || done != bytes->len)
		msg_die("cannot write '%s'", path.data);
	buf_release(&path);
}

/* Parameters for the picture of student place; the same for those that share
 * a picture, but for the sex of the first of them. */
static void
pose(const struct run *run, int place, enum trouble trouble,
	struct portrait *p)
{
	const struct school *s = run->school;
	struct buf err = BUF_INIT;
	struct rng rng;
	int i;

	portrait_init(p);
	p->width = trouble == TROUBLE_TOO_SMALL ? 200 : s->width;
	p->height = (p->width * 4 + 1) / 3;
	p->female = run->students && place < s->students ?
		run->students[place].female : place % 2;
	rng_init(&rng, s->seed, 2000000 + (uint64_t)place);
	portrait_vary(p, &rng);
	if (run->students) {
		p->exif = 1;
		p->orientation = rng_below(&rng, 6) == 0 ? 6 : 1;
	}
	for (i = 0; i < s->nsettings; i++)
		if (portrait_set(p, s->settings[i], &err) < 0)
			msg_die("%s", err.data);
	if (trouble == TROUBLE_TILTED)
		p->tilt = 8;
	if (trouble == TROUBLE_EYES_SHUT) {
		p->eyes = 0;
		p->glasses = GLASSES_NONE;
	}
	if (trouble == TROUBLE_DARK)
		p->light = 0.25;
	if (trouble == TROUBLE_PNG_AS_JPG)
		p->quality = p->orientation = 0;
	if (trouble == TROUBLE_TWO_FACES) {
		p->second = 1;
		p->centre = 0.34;
	}
	buf_release(&err);
}

static void
take(const struct run *run, const struct portrait *p, const char *stem,
	struct buf *bytes)
{
	struct buf err = BUF_INIT, alpha = BUF_INIT, name = BUF_INIT;
	const char *masks = run->school->alpha;

	if (camera_take(p, bytes, masks ? &alpha : NULL, &err) < 0)
		msg_die("%s", err.data);
	if (masks) {
		buf_addf(&name, "%s.png", stem);
		run_file(masks, name.data, &alpha);
	}
	buf_release(&name);
	buf_release(&alpha);
	buf_release(&err);
}

/* How a college names its files: by student, ID or exam number. */
static int
habit(const struct student *s)
{
	return (s->college + s->college / 3) % 3;
}

static const char *
file_key(const struct student *s)
{
	switch (habit(s)) {
	case 0:
		return s->student_no;
	case 1:
		return s->id_number;
	default:
		return s->exam_no;
	}
}

static void
entry_name(const struct student *s, const char *key, const char *ending,
	struct buf *name)
{
	buf_addf(name, "照片/%s/", s->college_name);
	switch (habit(s)) {
	case 0:
		buf_addf(name, "%s_%s%s", key, s->name, ending);
		break;
	case 1:
		buf_addf(name, "%s/%s%s", s->class_name, key, ending);
		break;
	default:
		buf_addf(name, "%s-%s%s", key, s->name, ending);
	}
}

void
run_deliver(struct run *run, const struct student *s, const char *trouble,
	const char *file, const char *entry, const struct portrait *p,
	const struct buf *bytes)
{
	struct buf path = BUF_INIT;

	if (run->school->photos) {
		buf_addf(&path, "photos/%s", file);
		run_file(run->school->directory, path.data, bytes);
	}
	if (run->zip)
		pack_add(run->zip, entry, bytes->data, bytes->len, 0);
	truth_line(run->truth, s, trouble, file, entry, p);
	buf_release(&path);
}

static void
photo(struct run *run, const struct student *s, int place,
	enum trouble trouble, const char *key)
{
	struct buf file = BUF_INIT, entry = BUF_INIT, bytes = BUF_INIT;
	struct portrait p;

	buf_addf(&file, "%s.jpg", key);
	entry_name(s, key, habit(s) == 2 ? ".JPG" : ".jpg", &entry);
	pose(run, place, trouble, &p);
	take(run, &p, key, &bytes);
	run_deliver(run, s, trouble_name(trouble), file.data, entry.data, &p, &bytes);
	buf_release(&bytes);
	buf_release(&entry);
	buf_release(&file);
}

const struct portrait *
run_shared(struct run *run, const struct student *s, int place,
	struct buf *bytes)
{
	struct shot *shot = &run->shots[place % run->school->distinct];
	size_t len = strlen(s->student_no), head;

	if (shot->bytes.len == 0) {
		pose(run, place, TROUBLE_NONE, &shot->portrait);
		take(run, &shot->portrait, file_key(s), &shot->bytes);
	}
	/* behind the start marker and its first segment */
	head = 4 + (size_t)((unsigned char)shot->bytes.data[4] << 8 |
		(unsigned char)shot->bytes.data[5]);
	buf_add(bytes, shot->bytes.data, head);
	buf_adds(bytes, "\xff\xfe");
	buf_addc(bytes, 0);
	buf_addc(bytes, (int)len + 2);
	buf_add(bytes, s->student_no, len);
	buf_add(bytes, shot->bytes.data + head,
		shot->bytes.len - head);
	return &shot->portrait;
}

static void
shared_photo(struct run *run, const struct student *s, int place)
{
	struct buf file = BUF_INIT, entry = BUF_INIT, bytes = BUF_INIT;
	const struct portrait *portrait = run_shared(run, s, place, &bytes);

	buf_addf(&file, "%s.jpg", file_key(s));
	entry_name(s, file_key(s), ".jpg", &entry);
	run_deliver(run, s, trouble_name(TROUBLE_NONE), file.data, entry.data,
		portrait, &bytes);
	buf_release(&bytes);
	buf_release(&entry);
	buf_release(&file);
}

/* A second, later picture of the same student in another folder. */
static void
retake(struct run *run, const struct student *s, int place)
{
	struct buf file = BUF_INIT, entry = BUF_INIT, bytes = BUF_INIT;
	struct portrait p;

	pose(run, place, TROUBLE_NONE, &p);
	p.yaw = -p.yaw;
	p.smile += 0.3;
	p.centre += 0.01;
	buf_addf(&file, "%s(2).jpg", file_key(s));
	buf_addf(&entry, "照片/补拍/%s(2).jpg", file_key(s));
	take(run, &p, "retake", &bytes);
	run_deliver(run, s, trouble_name(TROUBLE_DUPLICATE), file.data, entry.data, &p,
		&bytes);
	buf_release(&bytes);
	buf_release(&entry);
	buf_release(&file);
}

static void
wrong_type(struct run *run, const struct student *s)
{
	struct buf file = BUF_INIT, entry = BUF_INIT, bytes = BUF_INIT;

	buf_adds(&bytes, "照片见附件，请查收。\r\n");
	buf_addf(&file, "%s.txt", file_key(s));
	entry_name(s, file_key(s), ".txt", &entry);
	run_deliver(run, s, trouble_name(TROUBLE_WRONG_TYPE), file.data, entry.data,
		NULL, &bytes);
	buf_release(&bytes);
	buf_release(&entry);
	buf_release(&file);
}

static enum trouble
trouble_of(const struct school *s, int place)
{
	int from_end = s->students - 1 - place;

	return s->troubles && from_end < TROUBLE_STUDENTS ?
		(enum trouble)from_end : TROUBLE_NONE;
}

static void
student_files(struct run *run, int place)
{
	const struct student *s = &run->students[place];
	enum trouble trouble = trouble_of(run->school, place);

	if (trouble == TROUBLE_NO_PHOTO) {
		truth_line(run->truth, s, trouble_name(trouble), "", "", NULL);
	} else if (trouble == TROUBLE_WRONG_TYPE) {
		wrong_type(run, s);
	} else if (trouble == TROUBLE_NONE &&
	    run->school->distinct < run->school->students) {
		shared_photo(run, s, place);
	} else {
		photo(run, s, place, trouble, file_key(s));
	}
	if (trouble == TROUBLE_DUPLICATE)
		retake(run, s, place);
}

/* A photo under a number, and one under a name, that the roster lacks. */
static void
strangers(struct run *run)
{
	int count = run->school->students;
	struct buf thumbs = BUF_INIT, bytes = BUF_INIT;
	struct student s = run->students[0];
	struct portrait p;

	snprintf(s.student_no, sizeof s.student_no, "%s", "202299019999");
	s.college = 0;
	snprintf(s.name, sizeof s.name, "%s", "钱不在");
	s.id_number[0] = s.exam_no[0] = '\0';
	photo(run, &s, count, TROUBLE_NO_STUDENT, s.student_no);
	pose(run, count + 1, TROUBLE_NO_NAME, &p);
	take(run, &p, "no_name", &bytes);
	s.student_no[0] = '\0';
	snprintf(s.name, sizeof s.name, "%s", "无名氏");
	run_deliver(run, &s, trouble_name(TROUBLE_NO_NAME), "无名氏.jpg",
		"照片/无名氏.jpg", &p, &bytes);
	buf_adds(&thumbs, "thumbnails");
	if (run->zip)
		pack_add(run->zip, "照片/Thumbs.db", thumbs.data, thumbs.len, 0);
	buf_release(&thumbs);
	buf_release(&bytes);
}

static void
open_outputs(struct run *run)
{
	const struct school *s = run->school;
	struct buf path = BUF_INIT;

	make_directory(s->directory);
	if (s->alpha)
		make_directory(s->alpha);
	buf_addf(&path, "%s/photos", s->directory);
	if (s->photos)
		make_directory(path.data);
	buf_clear(&path);
	buf_addf(&path, "%s/upload.zip", s->directory);
	if (s->zip)
		run->zip = pack_open(path.data, s->names);
	buf_clear(&path);
	buf_addf(&path, "%s/codes", s->directory);
	if (s->codes == CODED_FOLDER && s->photos)
		make_directory(path.data);
	buf_adds(&path, ".zip");
	if (s->codes == CODED_FOLDER && s->zip)
		run->codes = pack_open(path.data, s->names);
	run->truth = truth_open(s->directory);
	buf_release(&path);
}

static void
write_rosters(const struct run *run)
{
	const struct school *s = run->school;
	struct buf bytes = BUF_INIT, path = BUF_INIT;

	if (s->codes != CODED_NOT) {
		coded_roster(run->students, s->students, s->seed, s->codes,
			&bytes);
		run_file(s->directory, "roster.csv", &bytes);
		buf_release(&bytes);
		return;
	}
	roster_csv(run->students, s->students, s->encoding, &bytes);
	run_file(s->directory, "roster.csv", &bytes);
	buf_addf(&path, "%s/roster.xlsx", s->directory);
	roster_xlsx(run->students, s->students, path.data);
	buf_release(&path);
	buf_release(&bytes);
}

void
school_write(const struct school *school)
{
	struct run run = { .school = school };
	int draws = school->photos || school->zip || school->alpha != NULL;
	int i;

	run.students = xcalloc((size_t)school->students, sizeof *run.students);
	run.shots = xcalloc((size_t)school->distinct, sizeof *run.shots);
	for (i = 0; i < school->distinct; i++)
		buf_init(&run.shots[i].bytes);
	for (i = 0; i < school->students; i++)
		people_student(school->seed, i, school->students,
			&run.students[i]);
	open_outputs(&run);
	write_rosters(&run);
	for (i = 0; draws && i < school->students; i++) {
		if (school->codes != CODED_NOT)
			coded_files(&run, i);
		else
			student_files(&run, i);
		msg_progress(i + 1, school->students);
	}
	if (draws && school->troubles && school->codes == CODED_NOT)
		strangers(&run);
	msg_progress_end();
	if (run.zip)
		pack_close(run.zip);
	if (run.codes)
		pack_close(run.codes);
	truth_close(run.truth);
	for (i = 0; i < school->distinct; i++)
		buf_release(&run.shots[i].bytes);
	free(run.shots);
	free(run.students);
}

void
school_portrait(const struct school *school)
{
	struct run run = { .school = school };
	struct buf bytes = BUF_INIT;
	struct portrait p;
	const char *file;

	make_directory(school->directory);
	if (school->alpha)
		make_directory(school->alpha);
	pose(&run, (int)(school->seed % 1000), TROUBLE_NONE, &p);
	take(&run, &p, "portrait", &bytes);
	file = p.quality == 0 ? "portrait.png" : "portrait.jpg";
	run_file(school->directory, file, &bytes);
	run.truth = truth_open(school->directory);
	truth_line(run.truth, NULL, "", file, "", &p);
	truth_close(run.truth);
	buf_release(&bytes);
}
