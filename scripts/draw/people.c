#include "scripts/draw/people.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "scripts/draw/rng.h"

#define COUNT(list) (sizeof (list) / sizeof (list)[0])

struct major {
	const char *college, *name, *code, *brief;
};

static const struct major majors[] = {
	{ "信息工程学院", "计算机科学与技术", "080901", "计科" },
	{ "信息工程学院", "软件工程", "080902", "软工" },
	{ "机械与电气学院", "机械工程", "080201", "机械" },
	{ "机械与电气学院", "自动化", "080801", "自动化" },
	{ "文学院", "汉语言文学", "050101", "中文" },
	{ "文学院", "新闻学", "050301", "新闻" },
	{ "经济管理学院", "会计学", "120203", "会计" },
	{ "经济管理学院", "国际经济与贸易", "020401", "国贸" },
	{ "外国语学院", "英语", "050201", "英语" },
	{ "外国语学院", "日语", "050207", "日语" },
	{ "化学与材料学院", "应用化学", "070302", "应化" },
	{ "化学与材料学院", "材料科学与工程", "080401", "材料" },
	{ "教育学院", "小学教育", "040107", "小教" },
	{ "教育学院", "学前教育", "040106", "学前" },
	{ "艺术学院", "视觉传达设计", "130502", "视传" },
	{ "艺术学院", "音乐学", "130202", "音乐" },
	{ "医学院", "护理学", "101101", "护理" },
	{ "医学院", "药学", "100701", "药学" },
	{ "土木与建筑学院", "土木工程", "081001", "土木" },
	{ "土木与建筑学院", "建筑学", "082801", "建筑" },
	{ "数学与统计学院", "数学与应用数学", "070101", "数学" },
	{ "数学与统计学院", "统计学", "071201", "统计" },
	{ "农学院", "农学", "090101", "农学" },
	{ "农学院", "园艺", "090102", "园艺" },
};

static const char *const surnames[] = {
	"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙",
	"胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢",
	"韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅",
	"沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛",
	"叶", "阎", "余", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜",
	"范", "方", "石", "姚", "谭", "廖", "邹", "熊", "金", "陆", "郝", "孔",
	"欧阳", "司马", "诸葛", "上官", "皇甫", "尉迟",
};
static const char *const his[] = {
	"伟", "强", "磊", "军", "洋", "勇", "杰", "涛", "超", "明", "刚", "平",
	"辉", "鹏", "俊", "浩", "宇", "轩", "博", "文", "瑞", "泽", "嘉", "睿",
	"航", "晨", "凯", "翔", "志", "建", "国", "立", "天", "佑", "铭", "然",
	"昊", "霖", "锋", "成", "旭", "恒", "楠", "彬", "毅", "帆", "远", "川",
};
static const char *const hers[] = {
	"芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "秀", "燕", "玲", "桂",
	"婷", "雪", "慧", "莹", "倩", "蕾", "薇", "菲", "琳", "颖", "欣", "怡",
	"佳", "雨", "梦", "诗", "涵", "萱", "妍", "瑶", "蓉", "晴", "悦", "思",
	"琪", "洁", "岚", "珊", "雯", "露", "月", "宁", "淑", "惠", "珍", "云",
};
/* Characters beyond GBK, as they occur in names. */
static const char *const rare[] = { "𬭎", "㛃", "䶮", "𬱖", "𫍯", "𬍛" };
static const char *const dotted_his[] = {
	"买买提·艾合买提", "阿不都·热西提", "迪力夏提·帕尔哈提",
	"叶尔兰·木拉提",
};
static const char *const dotted_hers[] = {
	"阿依古丽·买买提", "古丽娜尔·艾合买提", "热孜万古丽·吐尔逊",
	"米娜瓦尔·库尔班",
};

char
people_check_digit(const char *id17)
{
	static const int weights[17] = {
		7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2
	};
	int i, sum = 0;

	for (i = 0; i < 17; i++)
		sum += (id17[i] - '0') * weights[i];
	return "10X98765432"[sum % 11];
}

static void
make_name(struct student *s, struct rng *rng, int place)
{
	const char *const *given = s->female ? hers : his;
	unsigned count = s->female ? COUNT(hers) : COUNT(his);
	const char *family = surnames[rng_below(rng, 3) > 0 ?
		rng_below(rng, 40) : rng_below(rng, COUNT(surnames))];
	const char *first = given[rng_below(rng, count)];
	const char *second = given[rng_below(rng, count)];

	if (place % 40 == 5)
		snprintf(s->name, sizeof s->name, "%s", s->female ?
			dotted_hers[rng_below(rng, COUNT(dotted_hers))] :
			dotted_his[rng_below(rng, COUNT(dotted_his))]);
	else if (place % 53 == 14)
		snprintf(s->name, sizeof s->name, "%s%s", family,
			rare[(unsigned)place / 53 % COUNT(rare)]);
	else
		snprintf(s->name, sizeof s->name, "%s%s%s", family, first,
			rng_below(rng, 5) > 0 && strcmp(first, second) != 0 ?
			second : "");
}

/* Days and serials are dealt out by place, so that no two are the same. */
static void
make_numbers(struct student *s, uint64_t seed, int place)
{
	int area = 329901 + place / 10000;
	int day = (int)(((uint64_t)place * 577 + seed % 731) % 731);
	int serial = 20 + 2 * (place / 731) + !s->female;
	time_t birth = 1030838400 + (time_t)day * 86400;	/* 2002-09-01 */
	struct tm date;

	gmtime_r(&birth, &date);
	strftime(s->birth_date, sizeof s->birth_date, "%Y%m%d", &date);
	snprintf(s->id_number, sizeof s->id_number, "%06d%.8s%03d", area,
		s->birth_date, serial);
	s->id_number[17] = people_check_digit(s->id_number);
	s->id_number[18] = '\0';
	snprintf(s->exam_no, sizeof s->exam_no, "22%06d15%04d",
		329901 + place / 9999, place % 9999 + 1);
}

static void
make_class(struct student *s, int place, int total)
{
	int size = total > 70000 ? 45 : total >= 720 ? 30 :
		total >= 120 ? total / 24 : 6;
	int classes = (total + size - 1) / size;
	int room = (int)COUNT(majors);
	int number = place / size, of, first;

	/* classes are spread over the majors in order */
	if (classes <= room) {
		of = number * room / classes;
		first = number;
	} else {
		of = (int)((long)number * room / classes);
		first = (int)(((long)of * classes + room - 1) / room);
	}
	s->college = of / 2;
	s->college_name = majors[of].college;
	s->major = majors[of].name;
	s->major_code = majors[of].code;
	snprintf(s->class_name, sizeof s->class_name, "%s22%02d",
		majors[of].brief, (number - first) % 100 + 1);
	snprintf(s->student_no, sizeof s->student_no, "2022%02d%02d%02d%02d",
		s->college % 100 + 1, of % 2 + 1, (number - first + 1) % 100,
		(place - number * size + 1) % 100);
}

void
people_student(uint64_t seed, int place, int total, struct student *s)
{
	struct rng rng;

	memset(s, 0, sizeof *s);
	rng_init(&rng, seed, 1000000 + (uint64_t)place);
	s->female = (int)rng_below(&rng, 2);
	make_class(s, place, total);
	make_numbers(s, seed, place);
	make_name(s, &rng, place);
}
