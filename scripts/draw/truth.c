#include "scripts/draw/truth.h"

#include <errno.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"
#include "scripts/draw/people.h"
#include "scripts/draw/portrait.h"

FILE *
truth_open(const char *directory)
{
	struct buf path = BUF_INIT;
	FILE *file;

	buf_addf(&path, "%s/truth.csv", directory);
	file = fopen(path.data, "wb");
	if (!file)
		msg_die("cannot create '%s': %s", path.data, strerror(errno));
	fputs("file,entry,trouble,student_no,id_number,exam_no,name,width,height,"
		"crown,eye_line,chin,left_eye_x,left_eye_y,right_eye_x,"
		"right_eye_y,face_left,face_left_y,face_right,face_right_y,"
		"face_width,tilt,parameters\n", file);
	buf_release(&path);
	return file;
}

void
truth_close(FILE *file)
{
	int failed = ferror(file);

	if (fclose(file) != 0 || failed)
		msg_die("cannot write 'truth.csv'");
}

void
truth_line(FILE *file, const struct student *student, const char *trouble,
	const char *name, const char *entry, const struct portrait *portrait)
{
	static const struct student nobody = { .name = "" };
	const struct student *s = student ? student : &nobody;
	struct buf parameters = BUF_INIT;
	struct truth t;

	fprintf(file, "%s,%s,%s,%s,%s,%s,%s,", name, entry, trouble,
		s->student_no, s->id_number, s->exam_no, s->name);
	if (!portrait) {
		fputs(",,,,,,,,,,,,,,,\n", file);
		return;
	}
	portrait_truth(portrait, &t);
	portrait_print(portrait, &parameters);
	fprintf(file, "%d,%d,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,"
		"%.3f,%.3f,%.4f,\"%s\"\n", portrait->width, portrait->height,
		t.crown, t.eye_line, t.chin, t.left_eye.x, t.left_eye.y,
		t.right_eye.x, t.right_eye.y, t.cheek_left.x, t.cheek_left.y,
		t.cheek_right.x, t.cheek_right.y, t.face_width, t.tilt,
		parameters.data);
	buf_release(&parameters);
}
