#ifndef TC_STATSHEET_H
#define TC_STATSHEET_H
/*
 * statsheet: the sheets of the workbook 统计表.
 */
#include <stddef.h>	/* size_t */

#include "lib/statistics/figures.h"

struct xlsx;

/* One school, as its last manifest says. */
struct statsheet_school {
	char *id;		/* of the batch */
	char *code, *name, *class;
	struct figures figures;
	int by_student;		/* students pay when shooting */
	int by_passed;		/* persons who passed, not all who came */
	double price;
	size_t snapshots;	/* how many manifests there were of it */
};

/* The figures of all schools on one day. */
struct statsheet_day {
	char *name;
	struct figures_line sum;
};

/* Each adds a sheet with a sum below its rows: 学校, 学院, 教学点 (where a school has
 * them), 班级, 原因, 结算单, 进度; all but 班级 and 结算单 with a chart. */
void statsheet_schools(struct xlsx *xlsx,
    const struct statsheet_school *schools, size_t count);
void statsheet_colleges(struct xlsx *xlsx,
    const struct statsheet_school *schools, size_t count);
void statsheet_points(struct xlsx *xlsx,
    const struct statsheet_school *schools, size_t count);
void statsheet_reasons(struct xlsx *xlsx,
    const struct statsheet_school *schools, size_t count);
void statsheet_classes(struct xlsx *xlsx,
    const struct statsheet_school *schools, size_t count);
void statsheet_fees(struct xlsx *xlsx, const struct statsheet_school *schools,
    size_t count);
void statsheet_days(struct xlsx *xlsx, const struct statsheet_day *days,
    size_t count);

#endif
