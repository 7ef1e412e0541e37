#include "lib/sheet/printtable.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/node.h"

const char printtable_title[] = "排版冲印数据";

static const char *const headings[PRINTTABLE_COLUMNS] = {
	"序号", "学号", "姓名", "证件号码后四位", "院校名称", "学院", "班级",
	"份数", "记录号"
};

const char *
printtable_heading(enum printtable_column column)
{
	return headings[column];
}

int
printtable_find(const char *heading)
{
	static const char blanks[] = " \t\r\n";
	size_t len;
	int i;

	heading += strspn(heading, blanks);
	len = strlen(heading);
	while (len > 0 && strchr(blanks, heading[len - 1]) != NULL)
		len--;
	for (i = 0; i < PRINTTABLE_COLUMNS; i++)
		if (strlen(headings[i]) == len &&
		    memcmp(headings[i], heading, len) == 0)
			return i;
	return -1;
}

static void
add_last_four(const struct node *student, struct buf *out)
{
	const char *number = node_text(student, "id_number");
	const char *last = node_text(student, "id_last_four");

	if (number != NULL)
		mask_id_last_four(number, out);
	else if (last != NULL)
		buf_adds(out, last);
}

/* The member of student that a column shows as it stands, or NULL. */
static const char *
member_of(enum printtable_column column)
{
	switch (column) {
	case PRINTTABLE_STUDENT_NO:
		return "student_no";
	case PRINTTABLE_NAME:
		return "name";
	case PRINTTABLE_SCHOOL:
		return "school";
	case PRINTTABLE_COLLEGE:
		return "college";
	case PRINTTABLE_CLASS:
		return "class";
	default:
		return NULL;
	}
}

void
printtable_value(enum printtable_column column, const struct node *photo,
    const char *school, long index, long copies, struct buf *out)
{
	const struct node *student = node_get(photo, "student");
	const char *member = member_of(column), *value = NULL;

	if (member != NULL)
		value = node_text(student, member);
	if (column == PRINTTABLE_TOKEN)
		value = node_text(photo, "id");
	if (column == PRINTTABLE_SCHOOL && (value == NULL || *value == '\0'))
		value = school;
	if (value != NULL)
		buf_adds(out, value);
	if (column == PRINTTABLE_INDEX)
		buf_addf(out, "%ld", index);
	if (column == PRINTTABLE_COPIES)
		buf_addf(out, "%ld", copies);
	if (column == PRINTTABLE_LAST_FOUR)
		add_last_four(student, out);
}
