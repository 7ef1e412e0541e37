#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/translate.h"

static void
expect(const char *sentence, const char *wanted)
{
	struct buf out = BUF_INIT;

	translate(sentence, &out);
	assert_string_equal(out.data, wanted);
	buf_release(&out);
}

static void
stays(const char *sentence)
{
	expect(sentence, sentence);
}

static void
parts_inside_parts(void **state)
{
	(void)state;
	expect("cannot open 'a.jpg': Permission denied",
	    "无法打开“a.jpg”：没有权限");
	expect("photo 'ab-1': cannot open the picture: cannot read 'x/y.png': "
	    "Input/output error",
	    "照片“ab-1”：无法打开图片：无法读取“x/y.png”：输入输出错误");
	expect("roster row 7 is refused: its student number is that of row 3, which "
	    "has another name",
	    "花名册第 7 行拒收：学号与第 3 行相同，而姓名不同");
}

static void
order_of_parts_changes(void **state)
{
	(void)state;
	expect("'a.zip' is not a value for 'b'", "“a.zip”不能作为“b”的值");
	expect("it ends after 17 of 40 bytes", "共 40 字节，到第 17 字节就结束了");
}

static void
joined_sentences(void **state)
{
	(void)state;
	expect("28 records, 17 pass, 5 reject, 2 missing; 1 errors",
	    "记录 28 条，合格 17，需重拍 5，未采集 2；错误 1 个");
	expect("0 records; 0 errors", "记录 0 条；错误 0 个");
	expect("17 students on 9 sheets; left out: 5 reject, 1 not conforming",
	    "学生 17 名，排版 9 页；未排版：需重拍 5，图像不合规格 1");
	expect("roster row 4 is refused: it has no name; ID number: its check digit "
	    "is wrong; it has neither ID number nor student number nor exam number",
	    "花名册第 4 行拒收：没有姓名；身份证号：校验码不对；"
	    "没有身份证号、学号或考生号");
	expect("in/m.ndjson:12: not a JSON object",
	    "in/m.ndjson:12：不是 JSON 对象");
}

static void
the_most_particular_pattern(void **state)
{
	(void)state;
	expect("cannot write 'x': not a directory", "无法写入“x”：不是目录");
	expect("its checksum is wrong, or the password is", "校验和或密码不对");
	expect("'s' is not a whole number", "“s”不是整数");
}

static void
unknown_stays_english(void **state)
{
	(void)state;
	stays("");
	stays("the moon is full");
	stays("the moon is full, the sea is high; nobody minds");
	stays("pass me the salt, please; 3 errors too many, said somebody");
	expect("photo 'a': the moon is full", "照片“a”：the moon is full");
	stays("{1}");
	stays("; ");
	stays(", , ; : ");
}

static void
names_stay(void **state)
{
	(void)state;
	expect("cannot open 'is missing': Is a directory",
	    "无法打开“is missing”：是目录");
	expect("cannot open 'a, b; c: pass.jpg': Is a directory",
	    "无法打开“a, b; c: pass.jpg”：是目录");
	expect("cannot open '{1}{2} %s {9}': Is a directory",
	    "无法打开“{1}{2} %s {9}”：是目录");
	expect("cannot open '\xff\xfe{': Is a directory",
	    "无法打开“\xff\xfe{”：是目录");
	expect("cannot open '张三, 合格.jpg': Is a directory",
	    "无法打开“张三, 合格.jpg”：是目录");
	expect("cannot open 'o'brien's.jpg': Is a directory",
	    "无法打开“o'brien's.jpg”：是目录");
	expect("'in' entry 2 'a.xlsx': cannot read the workbook 'a.xlsx': 'b.xml' is "
	    "missing from it",
	    "“in”第 2 个条目“a.xlsx”：无法读取工作簿“a.xlsx”：其中缺少“b.xml”");
	expect("photo 'reject': it is damaged", "照片“reject”：已损坏");
}

/* A row is a number: what stands behind it is no part of the place. */
static void
places_end(void **state)
{
	(void)state;
	expect("roster 'a.xlsx' sheet 'S' row 8 'x' is skipped: it is blank",
	    "花名册“a.xlsx”工作表“S”第 8 行“x”跳过：空行");
	expect("roster 'a.xlsx' sheet 'S' row 12 is refused: it is blank",
	    "花名册“a.xlsx”工作表“S”第 12 行拒收：空行");
	expect("'a.csv': no row of headings was found in the first 40 rows: one column must "
	    "be headed 学号, 考生号 or 身份证号 (columns.conf tells what else is known); "
	    "column A 'x' looks like ID numbers; column AB looks like ID numbers",
	    "“a.csv”：前 40 行中没有找到表头行：必须有一列的表头是 学号、考生号 或 身份证号"
	    "（其他可用表头见 columns.conf）；A 列“x”的内容像证件号码；AB 列的内容像证件号码");
}

/* Whatever a name is made of, it is all there afterwards. */
static void
hostile_names(void **state)
{
	static const char *const names[] = { "'", "''", "x': Is a directory",
	    "a': cannot open 'b", "cannot open '{1}': {2}", "en: x", "; ", "', '",
	    "photo 'p': pass", "{1}', '{2}" };
	struct buf sentence = BUF_INIT, out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof names / sizeof *names; i++) {
		buf_clear(&sentence);
		buf_clear(&out);
		buf_addf(&sentence, "cannot open '<%s>': it is damaged", names[i]);
		translate(sentence.data, &out);
		assert_non_null(strstr(out.data, "无法打开“<"));
		assert_true(out.len >= strlen(names[i]) + strlen("无法打开“<>”："));
	}
	buf_release(&sentence);
	buf_release(&out);
}

/* Many quotes, joints and halves of patterns cost no more than other text. */
static void
long_hostile_text(void **state)
{
	static const char *const pieces[] = { "': '", "; ", ", ", ": ", "' row ",
	    "a: b; ", " of ", "1 pass, ", "photo 'x': ", "it is damaged: " };
	struct buf sentence = BUF_INIT, out = BUF_INIT;
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		buf_clear(&sentence);
		buf_clear(&out);
		for (j = 0; j < 500; j++)
			buf_adds(&sentence, pieces[i]);
		translate(sentence.data, &out);
		assert_true(out.len > 0);
	}
	buf_release(&sentence);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_inside_parts),
		cmocka_unit_test(order_of_parts_changes),
		cmocka_unit_test(joined_sentences),
		cmocka_unit_test(the_most_particular_pattern),
		cmocka_unit_test(unknown_stays_english),
		cmocka_unit_test(names_stay),
		cmocka_unit_test(places_end),
		cmocka_unit_test(hostile_names),
		cmocka_unit_test(long_hostile_text),
	};

	setenv("TC_SHARE", "share", 1);
	return cmocka_run_group_tests_name("translate", tests, NULL, NULL);
}
