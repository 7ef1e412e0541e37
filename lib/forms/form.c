#include "lib/forms/form.h"

#include <stddef.h>

#include "lib/base/buf.h"
#include "lib/batch/batch.h"
#include "lib/decision/status.h"
#include "lib/profile/profile.h"
#include "lib/stream/stream.h"
#include "lib/table/xlsx.h"

enum { LAST = 3 };	/* the form's columns are 0 to LAST */

const char *const form_answers[] = {
	"正确", "照片不是本人", "姓名有误", "证件号有误", "学号有误", "需重拍", "其他",
	NULL
};

/* For each answer, what belongs into 应改为 and 说明. */
static const char *const answer_help[] = {
	"图像与学生信息无误（也可留空）。",
	"照片是另一名学生的：在“应改为”填写照片上学生的学号，不清楚的留空。",
	"在“应改为”填写正确的姓名。",
	"在“应改为”填写正确的证件号码。",
	"在“应改为”填写正确的学号。",
	"照片需要重新采集：在“说明”写明原因。",
	"在“说明”写明情况。"
};

static const char *const status_help[STATUS_COUNT] = {
	[STATUS_PASS] = "图像符合采集标准。",
	[STATUS_REVIEW] = "自动检查不能确定，等待人工审核。",
	[STATUS_REJECT] = "图像不符合采集标准，原因见“原因”一列，请通知学生重拍。",
	[STATUS_MISSING] = "尚未收到该学生的照片。",
	[STATUS_UNREADABLE] = "收到的照片文件已损坏，请重新上传。",
	[STATUS_EXCLUDED] = "学生不在本次采集范围内。"
};

static const char blank[] = "________";

static void
add_row(struct xlsx *xlsx, int *row, double height, const char *text,
    unsigned int style)
{
	xlsx_height(xlsx, *row, height);
	if (text != NULL)
		xlsx_span(xlsx, *row, 0, LAST, text, style);
	++*row;
}

static void
add_statement(struct xlsx *xlsx, int *row, const struct segment *segment,
    long images)
{
	const char *class = segment->batch->class;
	struct buf text = BUF_INIT;

	buf_addf(&text, "　　我单位已于 %s年____月____日 收到 %s 届毕业生电子图像共 "
	    "%ld 人，经校对全部电子照片确认无误。", blank,
	    *class != '\0' ? class : blank, images);
	add_row(xlsx, row, 66, text.data, XLSX_LARGE | XLSX_WRAP);
	buf_release(&text);
}

static void
add_questions(struct xlsx *xlsx, int *row, const struct segment *segment)
{
	static const char ticks[] = "　　□满意　　　　□比较满意　　　　□不满意";
	struct buf text = BUF_INIT;

	add_row(xlsx, row, 36, "对此次图像采集的照片质量评价（请打√）：", XLSX_LARGE);
	add_row(xlsx, row, 30, ticks, XLSX_LARGE);
	buf_addf(&text, "对%s今年的电子图像采集工作评价（请打√）：",
	    profile_text(segment->profile, "feedback", "collector"));
	add_row(xlsx, row, 36, text.data, XLSX_LARGE | XLSX_WRAP);
	add_row(xlsx, row, 30, ticks, XLSX_LARGE);
	add_row(xlsx, row, 36, "意见和建议：", XLSX_LARGE);
	add_row(xlsx, row, 34, "", XLSX_LARGE | XLSX_LINE);
	add_row(xlsx, row, 34, "", XLSX_LARGE | XLSX_LINE);
	buf_release(&text);
}

static void
add_signature(struct xlsx *xlsx, int *row, const struct segment *segment)
{
	struct buf text = BUF_INIT;

	add_row(xlsx, row, 24, NULL, 0);
	xlsx_height(xlsx, *row, 40);
	xlsx_span(xlsx, *row, 0, 1, "学校经办人：______________", XLSX_LARGE);
	xlsx_span(xlsx, *row, 2, LAST, "联系电话：________________", XLSX_LARGE);
	++*row;
	add_row(xlsx, row, 40, NULL, 0);
	buf_addf(&text, "单位（盖章）：%s", segment->batch->school_name);
	xlsx_height(xlsx, *row, 40);
	xlsx_span(xlsx, *row, 1, LAST, text.data, XLSX_LARGE | XLSX_WRAP);
	++*row;
	xlsx_height(xlsx, *row, 40);
	xlsx_span(xlsx, *row, 1, LAST, "　　　　　　年　　　月　　　日", XLSX_LARGE);
	++*row;
	buf_release(&text);
}

void
form_add(struct xlsx *xlsx, const struct segment *segment, long images)
{
	const struct profile *profile = segment->profile;
	struct buf text = BUF_INIT;
	int row = 0, i;

	for (i = 0; i <= LAST; i++)
		xlsx_width(xlsx, i, 19);
	xlsx_page(xlsx, XLSX_PORTRAIT | XLSX_ONE_PAGE);
	add_row(xlsx, &row, 56, "电子图像校对反馈表", XLSX_TITLE | XLSX_CENTRE);
	add_row(xlsx, &row, 12, NULL, 0);
	buf_addf(&text, "%s：", profile_text(profile, "feedback", "addressee"));
	add_row(xlsx, &row, 36, text.data, XLSX_LARGE);
	add_statement(xlsx, &row, segment, images);
	add_questions(xlsx, &row, segment);
	add_signature(xlsx, &row, segment);
	buf_clear(&text);
	buf_addf(&text, "注：本表盖章后，原件邮寄或扫描为 PDF 文件发送至%s。未按时反馈的，"
	    "将影响本校毕业生的学历电子注册和纸质照片的发放。",
	    profile_text(profile, "feedback", "collector"));
	add_row(xlsx, &row, 30, NULL, 0);
	add_row(xlsx, &row, 44, text.data, XLSX_WRAP | XLSX_TOP);
	buf_release(&text);
}

/* ---- 填写说明 ---- */

static void
add_help(struct xlsx *xlsx, int *row, const char *left, const char *right,
    unsigned int style)
{
	xlsx_height(xlsx, *row, 24);
	xlsx_text(xlsx, *row, 0, left, style | XLSX_BOX | XLSX_CENTRE);
	xlsx_text(xlsx, *row, 1, right, style | XLSX_BOX | XLSX_WRAP);
	++*row;
}

static void
add_line(struct xlsx *xlsx, int *row, double height, const char *text,
    unsigned int style)
{
	xlsx_height(xlsx, *row, height);
	xlsx_span(xlsx, *row, 0, 1, text, style | XLSX_WRAP);
	++*row;
}

void
form_add_help(struct xlsx *xlsx, const struct segment *segment)
{
	struct buf text = BUF_INIT;
	int row = 0, i;

	xlsx_width(xlsx, 0, 18);
	xlsx_width(xlsx, 1, 76);
	xlsx_page(xlsx, XLSX_PORTRAIT);
	add_line(xlsx, &row, 48, "填写说明", XLSX_TITLE);
	buf_addf(&text, "1. 请在收到电子图像后 %ld 个工作日内，逐一核对“勘误”表中的照片和"
	    "学生信息，每名学生一行。", profile_integer(segment->profile, "feedback",
	    "answer_days"));
	add_line(xlsx, &row, 22, text.data, 0);
	add_line(xlsx, &row, 36, "2. 只填写浅黄色的三列：“校对结果”从下拉列表选择，“应改为”和“说明”"
	    "按下表填写。其他单元格已锁定，可以筛选，也可以调整列宽和行高。", 0);
	add_line(xlsx, &row, 22, "3. 请勿增删、移动行列，也不要改动隐藏的“记录号”列，回收时凭它识别"
	    "学生。", 0);
	add_line(xlsx, &row, 36, "4. 打印“反馈表”（一页 A4），填写日期、评价、经办人和联系电话，盖章后"
	    "与本工作簿一并返回。", 0);
	add_line(xlsx, &row, 22, "5. 本文件含个人信息，请妥善保管，不要经公开渠道转发。", 0);
	add_line(xlsx, &row, 34, "校对结果", XLSX_BOLD);
	add_help(xlsx, &row, "选项", "含义和填法", XLSX_HEAD | XLSX_BOLD);
	for (i = 0; form_answers[i] != NULL; i++)
		add_help(xlsx, &row, form_answers[i], answer_help[i], 0);
	add_line(xlsx, &row, 34, "状态", XLSX_BOLD);
	add_help(xlsx, &row, "状态", "含义", XLSX_HEAD | XLSX_BOLD);
	for (i = 0; i < STATUS_COUNT; i++)
		if (status_help[i] != NULL)
			add_help(xlsx, &row, status_chinese((enum status)i),
			    status_help[i], 0);
	buf_release(&text);
}
