#include "lib/roster/register.h"

#include <stddef.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"

/* standard.md 5.1 and 5.2; member is of "student", NULL for what is no member. */
static const struct {
	const char *field, *heading, *member;
	int width;
} fields[] = {
	{ "XH", "学号", "student_no", 15 },
	{ "XM", "姓名", "name", 40 },
	{ "XB", "性别", "sex", 2 },
	{ "CSRQ", "出生日期", "birth_date", 8 },
	{ "SFZH", "证件号码", "id_number", 18 },
	{ "KSH", "考生号", "exam_no", 18 },
	{ "YXDM", "院校代码", "school_code", 5 },
	{ "YXMC", "院校名称", "school", 40 },
	{ "FY", "学院", "college", 24 },
	{ "XSH", "教学点", "teaching_point", 24 },
	{ "BH", "班级", "class", 24 },
	{ "ZYMC", "专业名称", "major", 50 },
	{ "CC", "层次", "level", 24 },
	{ "CODE", "采集码", "capture_code", 64 },
	{ "IMAGE", "图像文件名", NULL, 32 },
	{ "NUMBER", "序号", NULL, 8 },
};

static int
find(const char *field)
{
	size_t i;

	for (i = 0; i < sizeof fields / sizeof *fields; i++)
		if (strcmp(fields[i].field, field) == 0)
			return (int)i;
	return -1;
}

const char *
register_heading(const char *field)
{
	int i = find(field);

	return i < 0 ? NULL : fields[i].heading;
}

int
register_width(const char *field)
{
	int i = find(field);

	return i < 0 ? 0 : fields[i].width;
}

void
register_number(const struct node *photo, struct buf *out)
{
	const char *id = node_text(photo, "id");
	const char *dash = id != NULL ? strrchr(id, '-') : NULL;

	if (dash != NULL)
		buf_adds(out, dash + 1);
}

void
register_value(const char *field, const struct node *photo,
    const struct batch *batch, const char *image, struct buf *out)
{
	const char *value = NULL;
	int i = find(field);

	if (i >= 0 && fields[i].member != NULL)
		value = node_text(node_get(photo, "student"), fields[i].member);
	if (value != NULL && *value == '\0')
		value = NULL;
	if (strcmp(field, "NUMBER") == 0)
		register_number(photo, out);
	else if (strcmp(field, "IMAGE") == 0)
		value = image;
	else if (value == NULL && strcmp(field, "YXDM") == 0)
		value = batch->school_code;
	else if (value == NULL && strcmp(field, "YXMC") == 0)
		value = batch->school_name;
	if (value != NULL)
		buf_adds(out, value);
}
