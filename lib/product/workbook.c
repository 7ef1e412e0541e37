#include "lib/product/workbook.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/table/xlsx.h"

struct xlsx *
workbook_new(const struct batch *batch, const char *path, const char *title,
    const char *date, struct buf *err)
{
	struct buf directory = BUF_INIT, head = BUF_INIT;
	struct xlsx *xlsx;

	batch_path(batch, "tmp", &directory);
	xlsx = xlsx_new(path, directory.data, batch_time(batch), title, err);
	if (xlsx != NULL) {
		batch_add_title(batch, &head);
		xlsx_running(xlsx, head.data, date != NULL ? date : batch->date);
	}
	buf_release(&head);
	buf_release(&directory);
	return xlsx;
}

void
workbook_note(struct workbook_extra *extra, const struct node *student)
{
	const char *college = node_text(student, "college");
	const char *point = node_text(student, "teaching_point");
	const char *season = node_text(student, "season");

	if (point != NULL && *point != '\0' &&
	    (college == NULL || strcmp(point, college) != 0))
		extra->teaching_point = 1;
	if (season != NULL && *season != '\0')
		extra->season = 1;
}
