/*
 * Whose a path is, all keys together: a table of what schools send, right and hostile.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/intake/candidates.h"

enum { NOBODY = -1, ROW_COUNT = 16 };

static const struct {
	struct match_keys keys;
	const char *college, *class;
} school[ROW_COUNT] = {
	{ { "329901200209020200", "22329901150001", "202201010101", "欧阳明", NULL },
	    "信息工程学院", "计科2201" },
	{ { "32990120040401021X", "22329901150002", "202201010102", "高小芳", NULL },
	    "信息工程学院", "计科2201" },
	{ { "329901200310300207", "22329901150003", "202201010201",
	    "阿依古丽·买买提", NULL }, "信息工程学院", "计科2202" },
	{ { "329901200305290219", "22329901150004", "202201010202", "王伟", NULL },
	    "信息工程学院", "计科2202" },
	{ { "329901200305290227", "22329901150005", "202201010301", "王伟", NULL },
	    "外国语学院", "英语2201" },
	{ { "329901200301010028", "22329901150006", "202201010302", "白一诺", NULL },
	    "外国语学院", "英语2201" },
	{ { NULL, NULL, "202201010303", NULL, NULL }, "外国语学院", "英语2201" },
	/* 7: a number that reads as a date; 8, 9: such as cameras count with */
	{ { NULL, NULL, "20220315", "周一凡", NULL }, "信息工程学院", "计科2202" },
	{ { NULL, NULL, "10123", "任远", NULL }, "信息工程学院", "计科2202" },
	{ { NULL, NULL, "21040123", "沈强志", NULL }, "信息工程学院", "计科2202" },
	{ { NULL, NULL, "202201010401", "ANDERSON MARIA JOS\xc3\x89", NULL },
	    "外国语学院", "英语2201" },
	/* 11 to 13: words that are in other words */
	{ { NULL, NULL, "202201010402", "于洋", NULL }, "外国语学院", "英语2201" },
	{ { NULL, NULL, "202201010403", "于洋洋", NULL }, "外国语学院", "英语2201" },
	{ { NULL, NULL, "202201010404", "李子副", NULL }, "外国语学院", "英语2201" },
	/* 14, 15 */
	{ { NULL, NULL, "220316", "买买提·阿不都热合曼·依明江", NULL },
	    "外国语学院", "英语2201" },
	{ { NULL, NULL, "202201010405", "\xe5\x8a\x89\xe4\xb8\x80", NULL },
	    "外国语学院", "英语2201" }
};

static const struct {
	const char *path;
	int row;		/* or NOBODY */
	enum match_field by;
	int doubt;
} files[] = {
	/* Numbers, written as people write them. */
	{ "202201010101.jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "计科2202/202201010101.jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "２０２２０１０１０１０１.jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "32990120040401021x.jpg", 1, MATCH_ID_NUMBER, 0 },
	{ "高小芳_32990120040401021X_202201010102.jpg", 1, MATCH_ID_NUMBER, 0 },
	{ "22329901150003 (2).png", 2, MATCH_EXAM_NO, 0 },
	{ "202201010101欧阳 明 (1).jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "202201010303_高大壮.jpg", 6, MATCH_STUDENT_NO, 1 },
	/* A mobile number is no student's, and in nobody's way. */
	{ "13912345678欧阳明.jpg", 0, MATCH_NAME, 0 },
	{ "202201010101_13912345678.jpg", 0, MATCH_STUDENT_NO, 0 },
	/* A part of a longer number, a digit too few or too many. */
	{ "1202201010101.jpg", NOBODY, 0, 0 },
	{ "2022010101012.jpg", NOBODY, 0, 0 },
	{ "20220101010.jpg", NOBODY, 0, 0 },
	{ "329901202201010101.jpg", NOBODY, 0, 0 },
	{ "32990120220101010100.jpg", NOBODY, 0, 0 },
	/* Two students in one name. */
	{ "202201010101_202201010102.jpg", NOBODY, 0, 0 },
	{ "32990120040401021X_202201010101.jpg", NOBODY, 0, 0 },
	{ "202201010101_高小芳.jpg", NOBODY, 0, 0 },
	{ "欧阳明 高小芳.jpg", NOBODY, 0, 0 },
	/* A number like the student's, that nobody has, beside it. */
	{ "202201010101_202201010999.jpg", NOBODY, 0, 0 },
	{ "202201010101 202201010999.jpg", NOBODY, 0, 0 },
	{ "欧阳明_202201010999.jpg", NOBODY, 0, 0 },
	/* The same of other keys: an ID or exam number of somebody else. */
	{ "329901200308074124_202201010101.jpg", NOBODY, 0, 0 },
	{ "11010520030807412X_202201010101.jpg", NOBODY, 0, 0 },
	{ "202201010101_22329901159999.jpg", NOBODY, 0, 0 },
	{ "329901200308074124_202201010303.jpg", 6, MATCH_STUDENT_NO, 0 },
	/* A name beside the number that is nobody's: an error in it, or a stranger's. */
	{ "202201010101_欧阳朋.jpg", 0, MATCH_STUDENT_NO, 1 },
	{ "202201010101_高大壮.jpg", NOBODY, 0, 0 },
	{ "202201010101_买买提·艾力.jpg", NOBODY, 0, 0 },
	/* Words on photos that begin as names do. */
	{ "202201010101_高清.jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "202201010101 白底.jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "202201010101_计科2201.jpg", 0, MATCH_STUDENT_NO, 0 },
	/* Names alone. */
	{ "高小芳.jpg", 1, MATCH_NAME, 0 },
	{ "高　小芳.jpg", 1, MATCH_NAME, 0 },
	{ "阿依古丽•买买提.jpg", 2, MATCH_NAME, 0 },
	{ "信息工程学院/计科2201/高小芳.jpg", 1, MATCH_NAME, 0 },
	{ "2026/高小芳.jpg", 1, MATCH_NAME, 0 },
	{ "王伟.jpg", NOBODY, 0, 0 },
	{ "高小芳芳.jpg", NOBODY, 0, 0 },
	{ "小芳.jpg", NOBODY, 0, 0 },
	{ "高小?.jpg", NOBODY, 0, 0 },
	{ "计科2202/高小芳.jpg", NOBODY, 0, 0 },
	{ "计科2209/高小芳.jpg", NOBODY, 0, 0 },
	{ "英语2201-高小芳.jpg", NOBODY, 0, 0 },
	{ "外国语学院/高小芳.jpg", NOBODY, 0, 0 },
	/* The clock of a camera or a messenger. */
	{ "IMG_20220101_010101.jpg", NOBODY, 0, 0 },
	{ "mmexport1600134980291.jpg", NOBODY, 0, 0 },
	{ "202201010101_20220315_143022.jpg", 0, MATCH_STUDENT_NO, 0 },
	{ "IMG_20220315_143022_202201010101.jpg", 0, MATCH_STUDENT_NO, 0 },
	/* A number that reads as a date: alone for review, beside the name sure, and
	 * beside what cameras, phones, messengers and scanners write none. */
	{ "20220315.jpg", 7, MATCH_STUDENT_NO, MATCH_DOUBT_DATE },
	{ "20220315 (1).jpg", 7, MATCH_STUDENT_NO, MATCH_DOUBT_DATE },
	{ "２０２２０３１５.jpg", 7, MATCH_STUDENT_NO, MATCH_DOUBT_DATE },
	{ "20220315 副本.jpg", 7, MATCH_STUDENT_NO, MATCH_DOUBT_DATE },
	{ "计科2202/20220315证件照.jpg", 7, MATCH_STUDENT_NO, MATCH_DOUBT_DATE },
	{ "20220315周一凡.jpg", 7, MATCH_STUDENT_NO, 0 },
	{ "周一凡_20220315 (1).jpg", 7, MATCH_STUDENT_NO, 0 },
	{ "220316.jpg", 14, MATCH_STUDENT_NO, MATCH_DOUBT_DATE },
	{ "IMG_220316.jpg", NOBODY, 0, 0 },
	{ "IMG-20220315-WA0002.jpg", NOBODY, 0, 0 },
	{ "IMG_20220315_A.jpg", NOBODY, 0, 0 },
	{ "00001IMG_00001_BURST20220315030039.jpg", NOBODY, 0, 0 },
	{ "MVIMG_20220315_143022.jpg", NOBODY, 0, 0 },
	{ "PXL_20220315_143022123.jpg", NOBODY, 0, 0 },
	{ "PXL_20220315_143022123.PORTRAIT.jpg", NOBODY, 0, 0 },
	{ "20220315T143022.jpg", NOBODY, 0, 0 },
	{ "20220315T143022Z.jpg", NOBODY, 0, 0 },
	{ "signal-2022-03-15-100217.jpg", NOBODY, 0, 0 },
	{ "signal-2022-03-15-22-03-16-001.jpg", NOBODY, 0, 0 },
	{ "FaceApp_20220315.jpg", NOBODY, 0, 0 },
	{ "beauty_20220315143022.jpg", NOBODY, 0, 0 },
	{ "IMG_20220315_143022_1.jpg", NOBODY, 0, 0 },
	{ "Snapchat-20220315.jpg", NOBODY, 0, 0 },
	{ "20220315_143022_3D657EBD.jpg", NOBODY, 0, 0 },
	{ "20220315_1430221.jpg", NOBODY, 0, 0 },
	{ "20220315_143022~2.jpg", NOBODY, 0, 0 },
	{ "faceu_0_20220315143022123.jpg", NOBODY, 0, 0 },
	{ "微信图片_20220315.jpg", NOBODY, 0, 0 },
	{ "微信图片_20220315143022.jpg", NOBODY, 0, 0 },
	{ "QQ图片20220315.jpg", NOBODY, 0, 0 },
	{ "屏幕截图 2022-03-15 220316.png", NOBODY, 0, 0 },
	{ "Screenshot_20220315_143022_com.tencent.mm.jpg", NOBODY, 0, 0 },
	{ "Screenshot 2022-03-15 at 22.03.16.png", NOBODY, 0, 0 },
	{ "扫描_20220315.jpg", NOBODY, 0, 0 },
	{ "Scan20220315.jpg", NOBODY, 0, 0 },
	{ "20220315_001.jpg", NOBODY, 0, 0 },
	{ "20220315-2.jpg", NOBODY, 0, 0 },
	{ "WhatsApp Image 2022-03-15 at 22.03.16 (1).jpeg", NOBODY, 0, 0 },
	{ "VID_20220315_220316.jpg", NOBODY, 0, 0 },
	{ "IMG_20220315_220316_220316.jpg", NOBODY, 0, 0 },
	{ "wx_camera_1600134980291.jpg", NOBODY, 0, 0 },
	/* Beside a name a date says nothing. */
	{ "欧阳明_20220314.jpg", 0, MATCH_NAME, 0 },
	{ "IMG_20220314_143022_欧阳明.jpg", 0, MATCH_NAME, 0 },
	{ "mmexport1600134980291欧阳明.jpg", 0, MATCH_NAME, 0 },
	{ "周一凡_20220314.jpg", NOBODY, 0, 0 },
	/* As short as a counter. */
	{ "10123.jpg", 8, MATCH_STUDENT_NO, 0 },
	{ "任远10123.jpg", 8, MATCH_STUDENT_NO, 0 },
	{ "DSC10123.JPG", 8, MATCH_STUDENT_NO, MATCH_DOUBT_COUNTER },
	{ "IMG_10123 任远.jpg", 8, MATCH_STUDENT_NO, 0 },
	{ "P21040123.jpg", 9, MATCH_STUDENT_NO, MATCH_DOUBT_COUNTER },
	{ "21040123.jpg", 9, MATCH_STUDENT_NO, 0 },
	/* Two keys of one student without anything between, and of two. */
	{ "329901200209020200202201010101.jpg", 0, MATCH_ID_NUMBER, 0 },
	{ "20220101010232990120040401021X.jpg", 1, MATCH_ID_NUMBER, 0 },
	{ "329901200209020200202201010102.jpg", NOBODY, 0, 0 },
	/* Spellings: NFD, compatibility ideographs, dots of all kinds or none. */
	{ "ANDERSON MARIA JOS\xc3\x89.jpg", 10, MATCH_NAME, 0 },
	{ "ANDERSON MARIA JOSE\xcc\x81.jpg", 10, MATCH_NAME, 0 },
	{ "Anderson_Maria_Jose\xcc\x81 (2).jpg", 10, MATCH_NAME, 0 },
	{ "\xef\xa7\x87一.jpg", 15, MATCH_NAME, 0 },
	{ "\xe5\x8a\x89\xe2\xbc\x80.jpg", 15, MATCH_NAME, 0 },
	{ "买买提.阿不都热合曼.依明江.jpg", 14, MATCH_NAME, 0 },
	{ "买买提．阿不都热合曼。依明江.jpg", 14, MATCH_NAME, 0 },
	{ "买买提 · 阿不都热合曼 · 依明江.jpg", 14, MATCH_NAME, 0 },
	{ "阿依古丽买买提.jpg", 2, MATCH_NAME, 0 },
	{ "202201010201_阿依古丽.买买提.jpg", 2, MATCH_STUDENT_NO, 0 },
	{ "\xf0\x9f\x98\x80高小芳\xe2\x9d\xa4\xef\xb8\x8f.jpg", 1, MATCH_NAME, 0 },
	/* A run that holds a name and usual words, whole. */
	{ "高小芳照片.jpg", 1, MATCH_NAME, 0 },
	{ "学生高小芳的证件照.jpg", 1, MATCH_NAME, 0 },
	{ "信息工程学院高小芳.jpg", 1, MATCH_NAME, 0 },
	{ "高　小　芳 副本.jpg", 1, MATCH_NAME, 0 },
	{ "202201010102_高小芳蓝底电子版.jpg", 1, MATCH_STUDENT_NO, 0 },
	{ "202201010102_白底照片.jpg", 1, MATCH_STUDENT_NO, 0 },
	{ "外国语学院高小芳.jpg", NOBODY, 0, 0 },
	{ "高小芳大王.jpg", NOBODY, 0, 0 },
	{ "于洋.jpg", 11, MATCH_NAME, 0 },
	{ "于洋洋.jpg", 12, MATCH_NAME, 0 },
	{ "于洋洋洋.jpg", NOBODY, 0, 0 },
	{ "李子副本.jpg", NOBODY, 0, 0 },
	/* Of one name the class tells which. */
	{ "计科2202/王伟.jpg", 3, MATCH_NAME, 0 },
	{ "英语2201/王伟 副本.jpg", 4, MATCH_NAME, 0 },
	{ "外国语学院/王伟.jpg", 4, MATCH_NAME, 0 },
	{ "计科2201/王伟.jpg", NOBODY, 0, 0 }
};

static void
each_path_is_whose_it_is(void **state)
{
	struct candidates *whose = candidates_new();
	struct match match;
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < ROW_COUNT; i++)
		candidates_add(whose, &school[i].keys, school[i].college,
		    school[i].class);
	candidates_ready(whose);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		int row, by, doubt;

		candidates_path(whose, files[i].path, &match);
		row = match.count == 1 ? (int)match.rows[0].row :
		    match.count == 0 ? NOBODY : ROW_COUNT;
		by = match.count == 1 ? (int)match.rows[0].by : 0;
		doubt = match.count == 1 ? (int)match.doubt : 0;
		if (row == files[i].row && (row == NOBODY ||
		    (by == (int)files[i].by && doubt == files[i].doubt)))
			continue;
		wrong++;
		print_error("'%s': row %d by %d, doubt %d\n", files[i].path,
		    row, by, doubt);
	}
	candidates_free(whose);
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_path_is_whose_it_is)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
