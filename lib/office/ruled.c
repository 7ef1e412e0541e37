#include "lib/office/ruled.h"

#include "lib/table/xlsx.h"

enum { HEADING_POINTS = 32, ROW_POINTS = 20, LINE_POINTS = 15, LINE_MARGIN = 5 };

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

void
ruled_row(struct ruled *ruled, int lines)
{
	xlsx_sheet_select(ruled->xlsx, ruled->sheet);
	ruled->row++;
	ruled->column = 0;
	xlsx_height(ruled->xlsx, ruled->row, lines < 2 ? ROW_POINTS :
	    lines * LINE_POINTS + LINE_MARGIN);
}

void
ruled_text(struct ruled *ruled, const char *text, unsigned int style)
{
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
	xlsx_sheet_select(ruled->xlsx, ruled->sheet);
	if (ruled->row == 0)
		xlsx_span(ruled->xlsx, ++ruled->row, 0, ruled->count - 1, "（无）",
		    XLSX_BOX | XLSX_QUIET | XLSX_CENTRE);
	xlsx_heading(ruled->xlsx, ruled->row, ruled->count - 1, 0);
	xlsx_page(ruled->xlsx, page);
}

int
ruled_lines(const char *text, int characters, int most)
{
	int lines = 1, in_line = 0;

	for (; *text != '\0'; text++) {
		if (((unsigned char)*text & 0xc0) == 0x80)
			continue;
		if (*text == '\n' || ++in_line > characters) {
			lines++;
			in_line = *text != '\n';
		}
	}
	return lines < most ? lines : most;
}
