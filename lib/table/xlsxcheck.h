#ifndef TC_XLSXCHECK_H
#define TC_XLSXCHECK_H
/*
 * xlsxcheck: whether a workbook holds what was put into it.
 *
 * libxlsxwriter does not check that its writes to temporary files succeed: on a full
 * disk it makes a workbook without rows and reports success.
 * So a workbook is read back: every part must be whole, and each sheet must have
 * as many cells and pictures as were given.
 */
#include <stddef.h>	/* size_t */

struct buf;

struct xlsxcheck_sheet {
	size_t cells, pictures;
};

/* 0, or -1 with the reason in err; sheets are in the workbook's order. */
int xlsxcheck(const char *path, const struct xlsxcheck_sheet *sheets,
    size_t count, struct buf *err);

#endif
