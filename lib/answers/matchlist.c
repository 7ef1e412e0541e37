#include "lib/answers/matchlist.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/base/workers.h"
#include "lib/batch/batch.h"
#include "lib/batch/token.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"
#include "lib/picture/img.h"
#include "lib/picture/jpg.h"
#include "lib/picture/thumb.h"
#include "lib/profile/profile.h"
#include "lib/table/csvout.h"
#include "lib/table/xlsx.h"

enum { ROW_POINTS = 62, PICTURE = 1, COLUMNS = 8 };

static const struct {
	const char *heading;
	double width;
} columns[COLUMNS] = {
	{ "标识", 19 }, { "照片", 11 }, { "上传文件", 20 },
	{ "序号", 6 }, { "照片文件名", 36 }, { "未关联原因", 34 },
	{ "关联学号", 18 }, { "确认人", 10 }
};

/* One picture that is nobody's. */
struct orphan {
	const struct ledger_upload *upload;
	const struct ledger_entry *entry;
};

struct list {
	const struct matchlist *wanted;
	struct orphan *orphans;
	size_t count, done;
	struct xlsx *xlsx;
};

static void
find_orphans(struct list *list)
{
	const struct ledger *ledger = list->wanted->ledger;
	size_t total = 0;

	for (size_t i = 0; i < ledger->upload_count; i++)
		total += ledger->uploads[i].count;
	list->orphans = xcalloc(total, sizeof *list->orphans);
	for (size_t i = 0; i < ledger->upload_count; i++)
		for (size_t k = 0; k < ledger->uploads[i].count; k++) {
			const struct ledger_upload *upload =
			    &ledger->uploads[i];

			if (upload->entries[k].kind == LEDGER_PICTURE &&
			    upload->entries[k].match.state == LEDGER_UNMATCHED)
				list->orphans[list->count++] = (struct orphan){
				    upload, &upload->entries[k] };
		}
}

static const char *
reason_zh(const char *reason)
{
	static const struct {
		const char *part, *zh;
	} words[] = {
		{ "number in its name belongs to several", "文件名中的号码属于多名学生" },
		{ "belong to different", "文件名中的号码属于不同学生" },
		{ "name in its name is of several", "姓名在名册中不唯一" },
		{ "folder or class", "所在文件夹或班级与该姓名的学生不符" },
		{ "and a number that", "文件名中的号码不在名册中" },
		{ "and the name another", "文件名中的号码与姓名不是同一学生" },
		{ "beside a student's number", "另有一个名册中没有的同类号码" },
		{ "people linked it", "不同人员关联到不同学生" },
		{ "a person said", "已有人指出照片不是该学生本人" }
	};

	for (size_t i = 0; reason != NULL &&
	    i < sizeof words / sizeof words[0]; i++)
		if (strstr(reason, words[i].part) != NULL)
			return words[i].zh;
	return "文件名中没有名册内的学号、考生号、证件号或姓名";
}

static void
add_token(const struct list *list, long n, struct buf *out)
{
	struct buf record = BUF_INIT;

	buf_addf(&record, "%s-%ld", list->wanted->batch->id, n);
	token_add(record.data, out);
	buf_release(&record);
}

/* ---- the workbook ---- */

static void
start_sheet(struct list *list)
{
	struct xlsx *xlsx = list->xlsx;

	xlsx_sheet(xlsx, "待关联照片");
	xlsx_page(xlsx, XLSX_LANDSCAPE);
	for (int i = 0; i < COLUMNS; i++)
		xlsx_width(xlsx, i, columns[i].width);
	xlsx_heights(xlsx, ROW_POINTS);
	for (int i = 0; i < COLUMNS; i++)
		xlsx_text(xlsx, 0, i, columns[i].heading,
		    XLSX_BOLD | XLSX_HEAD | XLSX_BOX | XLSX_CENTRE);
}

static void
write_orphan(struct list *list, const struct orphan *orphan,
    const void *picture, size_t len)
{
	int row = (int)++list->done;
	unsigned int style = XLSX_BOX | XLSX_WRAP;
	struct buf token = BUF_INIT;

	add_token(list, orphan->entry->n, &token);
	xlsx_text(list->xlsx, row, 0, token.data, style | XLSX_QUIET);
	xlsx_text(list->xlsx, row, PICTURE, len > 0 ? NULL : "（无法显示）",
	    style | (len > 0 ? 0 : XLSX_QUIET));
	if (len > 0)
		xlsx_image(list->xlsx, row, PICTURE, picture, len, 4, 1);
	xlsx_text(list->xlsx, row, 2, orphan->upload->name, style);
	xlsx_number(list->xlsx, row, 3, (double)orphan->entry->number, style);
	xlsx_text(list->xlsx, row, 4, orphan->entry->name, style);
	xlsx_text(list->xlsx, row, 5, reason_zh(orphan->entry->match.reason),
	    style);
	xlsx_text(list->xlsx, row, 6, NULL, style | XLSX_ANSWER);
	xlsx_text(list->xlsx, row, 7, NULL, style | XLSX_ANSWER);
	buf_release(&token);
}

static void
write_students(struct list *list)
{
	static const char *const names[] = { "student_no", "name", "college",
	    "class", NULL };
	static const char *const titles[] = { "标识", "学号", "姓名", "学院",
	    "班级", NULL };
	const struct ledger *ledger = list->wanted->ledger;
	struct buf text = BUF_INIT;
	int row = 0;

	xlsx_sheet(list->xlsx, "未采集学生");
	for (int i = 0; titles[i] != NULL; i++)
		xlsx_width(list->xlsx, i, i == 0 || i >= 3 ? 24 : 18);
	for (int i = 0; titles[i] != NULL; i++)
		xlsx_text(list->xlsx, 0, i, titles[i],
		    XLSX_BOLD | XLSX_HEAD | XLSX_BOX | XLSX_CENTRE);
	for (size_t i = 0; i < ledger->student_count; i++) {
		struct node *student;

		if (ledger->students[i].removed ||
		    list->wanted->photos[i].entry != NULL)
			continue;
		student = ledger_get_student(ledger, &ledger->students[i]);
		buf_clear(&text);
		add_token(list, ledger->students[i].n, &text);
		xlsx_text(list->xlsx, ++row, 0, text.data,
		    XLSX_BOX | XLSX_QUIET);
		for (int k = 0; names[k] != NULL; k++)
			xlsx_text(list->xlsx, row, k + 1,
			    node_text(student, names[k]), XLSX_BOX);
		node_free(student);
	}
	xlsx_heading(list->xlsx, row, 4, 0);
	buf_release(&text);
}

static void
write_advice(struct list *list)
{
	static const char *const lines[] = {
		"一、在“待关联照片”的“关联学号”栏填写照片本人的学号，也可填写考生号、证件号，"
		    "或“未采集学生”中该生的标识。",
		"二、不能确认的留空。不要按相貌相似或姓名相近猜测。",
		"三、“标识”是回读的依据，请勿修改；可以删除行、排序、筛选。",
		"四、“确认人”填写确认者姓名；留空时记为导入者。",
		"五、填好后保存为 XLSX 或 CSV，交回后用 tc-ingest --link 导入。",
		NULL
	};

	xlsx_sheet(list->xlsx, "填写说明");
	xlsx_width(list->xlsx, 0, 90);
	for (int i = 0; lines[i] != NULL; i++)
		xlsx_text(list->xlsx, i, 0, lines[i], XLSX_WRAP);
}

/* ---- small pictures, made by workers ---- */

static int
start(void *state, struct buf *err)
{
	(void)state;
	return img_start(err);
}

static void
work(void *state, const char *job, size_t len, struct buf *result)
{
	struct list *list = state;
	const struct ledger_entry *entry;
	struct buf name = BUF_INIT, path = BUF_INIT, ignored = BUF_INIT;
	struct jpg_coded thumb;
	size_t index;

	(void)len;
	memcpy(&index, job, sizeof index);
	entry = list->orphans[index].entry;
	ledger_original(entry->sha256, entry->format, &name);
	batch_path(list->wanted->batch, name.data, &path);
	if (thumb_make(path.data, entry->sha256, &thumb, &ignored) == 0) {
		buf_add(result, thumb.bytes, thumb.len);
		jpg_release(&thumb);
	}
	buf_release(&name);
	buf_release(&path);
	buf_release(&ignored);
}

static void
done(void *state, const char *job, size_t job_len, const char *result,
    size_t len, const char *reason)
{
	struct list *list = state;
	size_t index;

	(void)job_len;
	(void)reason;
	memcpy(&index, job, sizeof index);
	write_orphan(list, &list->orphans[index], result,
	    result != NULL ? len : 0);
}

static void
write_orphans(struct list *list)
{
	const struct profile *profile = list->wanted->profile;
	const char *reads[] = { list->wanted->batch->directory };
	struct workers_setup setup = { .count = list->wanted->jobs,
	    .reads = reads, .read_count = 1, .state = list, .start = start,
	    .work = work, .done = done };
	struct workers *workers;

	profile_worker_limits(profile, &setup.memory, &setup.seconds);
	start_sheet(list);
	workers = workers_start(&setup);
	for (size_t i = 0; i < list->count; i++)
		workers_submit(workers, (const char *)&i, sizeof i);
	workers_end(workers);
	xlsx_heading(list->xlsx, (int)list->done, COLUMNS - 1, 0);
	xlsx_protect(list->xlsx);
}

static int
write_book(struct list *list, const char *path, struct buf *err)
{
	struct buf tmp = BUF_INIT;

	batch_path(list->wanted->batch, "tmp", &tmp);
	list->xlsx = xlsx_new(path, tmp.data, batch_time(list->wanted->batch),
	    "待关联名单", err);
	buf_release(&tmp);
	if (list->xlsx == NULL)
		return -1;
	write_orphans(list);
	write_students(list);
	write_advice(list);
	return xlsx_close(list->xlsx, err);
}

/* ---- CSV ---- */

static int
write_csv(struct list *list, const char *path, int fd, struct buf *err)
{
	struct buf text = BUF_INIT, token = BUF_INIT;
	struct csvout csv = { &text, 0 };
	int result = 0;

	csvout_begin(&csv);
	for (int i = 0; i < COLUMNS; i++)
		csvout_text(&csv, columns[i].heading);
	csvout_row(&csv);
	for (size_t i = 0; i < list->count; i++) {
		const struct orphan *orphan = &list->orphans[i];

		buf_clear(&token);
		add_token(list, orphan->entry->n, &token);
		csvout_text(&csv, token.data);
		csvout_text(&csv, NULL);
		csvout_text(&csv, orphan->upload->name);
		csvout_number(&csv, (double)orphan->entry->number, 0);
		csvout_text(&csv, orphan->entry->name);
		csvout_text(&csv, reason_zh(orphan->entry->match.reason));
		csvout_text(&csv, NULL);
		csvout_text(&csv, NULL);
		csvout_row(&csv);
	}
	if (io_write_all(fd, text.data, text.len) != 0) {
		fault_own_system(err, "cannot write '%s'", path);
		result = -1;
	}
	buf_release(&text);
	buf_release(&token);
	return result;
}

int
matchlist_write(const struct matchlist *wanted, const char *path, struct buf *err)
{
	struct list list = { .wanted = wanted };
	struct io_product product = { .fd = -1 };
	const char *dot = strrchr(path, '.');
	int result = -1;

	find_orphans(&list);
	if (io_product_open(&product, path, err) != 0)
		goto out;
	if (dot != NULL && strcmp(dot, ".csv") == 0)
		result = write_csv(&list, path, product.fd, err);
	else
		result = write_book(&list, product.part, err);
	if (result == 0)
		result = io_product_publish(&product,
		    wanted->force ? IO_REPLACE : 0, err);
out:
	io_product_release(&product);
	free(list.orphans);
	return result;
}
