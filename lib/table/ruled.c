#include "lib/table/ruled.h"

#include <stdint.h>
#include <string.h>

#include "lib/base/text.h"
#include "lib/table/xlsx.h"

/* A workbook's rows are at most 409 points high. */
enum { HEADING_POINTS = 32, ROW_POINTS = 20, LINE_POINTS = 15, LINE_MARGIN = 5,
    LINES_MAX = 26, LATIN_LAST = 0x2ff };

void
ruled_begin(struct ruled *ruled, struct xlsx *xlsx, const char *name,
    const struct ruled_column *columns, int count)
{
	*ruled = (struct ruled){ .xlsx = xlsx, .columns = columns, .count = count };
	ruled->sheet = xlsx_sheet(xlsx, name);
	xlsx_height(xlsx, 0, HEADING_POINTS);
	for (int i = 0; i < count; i++) {
		xlsx_width(xlsx, i, columns[i].width);
		xlsx_text(xlsx, 0, i, columns[i].heading, XLSX_BOLD | XLSX_HEAD |
		    XLSX_BOX | XLSX_CENTRE | XLSX_WRAP);
	}
}

static void
set_lines(struct ruled *ruled, int lines)
{
	ruled->lines = lines;
	xlsx_height(ruled->xlsx, ruled->row, lines < 2 ? ROW_POINTS :
	    lines * LINE_POINTS + LINE_MARGIN);
}

/* Lines that a text takes in a column: Chinese characters are two wide.  A hidden column
 * takes none. */
static int
lines_of(const char *text, double width)
{
	size_t left = strlen(text), len;
	int lines = 1, wide;
	double used = 0;
	uint32_t code;

	for (; left > 0; text += len, left -= len) {
		len = text_char(text, left, &code);
		wide = len > 0 && code > LATIN_LAST ? 2 : 1;
		len = len > 0 ? len : 1;
		if (width > 0 && (*text == '\n' || used + wide > width)) {
			lines++;
			used = 0;
		}
		used += *text == '\n' ? 0 : wide;
	}
	return lines < LINES_MAX ? lines : LINES_MAX;
}

/* Lines to the end of the row in work. */
static void
complete_row(struct ruled *ruled)
{
	xlsx_sheet_select(ruled->xlsx, ruled->sheet);
	while (ruled->row > 0 && ruled->column < ruled->count)
		ruled_text(ruled, "", 0);
}

void
ruled_row(struct ruled *ruled)
{
	complete_row(ruled);
	ruled->row++;
	ruled->column = 0;
	set_lines(ruled, 1);
}

void
ruled_text(struct ruled *ruled, const char *text, unsigned int style)
{
	int lines = lines_of(text != NULL ? text : "",
	    ruled->columns[ruled->column].width);

	if (lines > ruled->lines)
		set_lines(ruled, lines);
	xlsx_text(ruled->xlsx, ruled->row, ruled->column++, text,
	    style | XLSX_BOX | XLSX_WRAP);
}

void
ruled_number(struct ruled *ruled, double value, unsigned int style)
{
	xlsx_number(ruled->xlsx, ruled->row, ruled->column++, value,
	    style | XLSX_BOX | XLSX_RIGHT);
}

void
ruled_count(struct ruled *ruled, long value, unsigned int style)
{
	if (value != 0)
		ruled_number(ruled, (double)value, style);
	else
		ruled_text(ruled, "", style);
}

void
ruled_end(struct ruled *ruled, unsigned int page)
{
	complete_row(ruled);
	if (ruled->row == 0)
		xlsx_span(ruled->xlsx, ++ruled->row, 0, ruled->count - 1, "（无）",
		    XLSX_BOX | XLSX_QUIET | XLSX_CENTRE);
	xlsx_heading(ruled->xlsx, ruled->row, ruled->count - 1, 0);
	xlsx_page(ruled->xlsx, page);
}
