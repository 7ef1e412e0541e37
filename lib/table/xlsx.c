#include "lib/table/xlsx.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/mem.h"
#include "lib/table/xlsxcheck.h"

enum {
	SHEETS_MAX = 64, FORMATS_MAX = 64, TEXT_MAX = 32000,
	/* Of a chart at its natural size: pixels, those of a row, columns with some room. */
	CHART_HEIGHT = 288, ROW_HEIGHT = 20, CHART_COLUMNS = 13
};

struct xlsx_format {
	unsigned int style;
	lxw_format *format;
};

struct xlsx {
	lxw_workbook *workbook;
	lxw_worksheet *sheets[SHEETS_MAX];
	char *names[SHEETS_MAX];
	struct xlsxcheck_sheet given[SHEETS_MAX];
	int sheet, sheet_count;		/* the current one, how many */
	struct xlsx_format formats[FORMATS_MAX];
	int format_count;
	lxw_error failed;		/* the first failure */
	char *path, *temporary_directory, *title;
	char *head;			/* of pages, or NULL */
};

struct xlsx *
xlsx_new(const char *path, const char *temporary_directory, long long created,
    const char *title, struct buf *err)
{
	struct xlsx *xlsx = xcalloc(1, sizeof *xlsx);
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	lxw_doc_properties properties = { .created = (time_t)created };

	xlsx->path = xstrdup(path);
	xlsx->temporary_directory = xstrdup(temporary_directory);
	options.tmpdir = xlsx->temporary_directory;
	xlsx->workbook = workbook_new_opt(path, &options);
	if (xlsx->workbook == NULL) {
		buf_addf(err, "cannot begin workbook '%s'", path);
		free(xlsx->temporary_directory);
		free(xlsx->path);
		free(xlsx);
		return NULL;
	}
	xlsx->title = xstrdup(title);
	properties.title = xlsx->title;
	workbook_set_properties(xlsx->workbook, &properties);
	return xlsx;
}

static void
note(struct xlsx *xlsx, lxw_error error)
{
	/* the library passes over memory that it did not get */
	if (error == LXW_NO_ERROR && errno == ENOMEM)
		error = LXW_ERROR_MEMORY_MALLOC_FAILED;
	if (xlsx->failed == LXW_NO_ERROR)
		xlsx->failed = error;
}

int
xlsx_sheet(struct xlsx *xlsx, const char *name)
{
	lxw_worksheet *sheet = NULL;

	if (xlsx->sheet_count < SHEETS_MAX)
		sheet = workbook_add_worksheet(xlsx->workbook, name);
	if (sheet == NULL) {
		note(xlsx, LXW_ERROR_PARAMETER_VALIDATION);
		return xlsx->sheet_count - 1;
	}
	/* Numbers of students look like numbers stored as text: they are. */
	worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT,
	    "A1:XFD1048576");
	xlsx->sheets[xlsx->sheet_count] = sheet;
	xlsx->names[xlsx->sheet_count] = xstrdup(name);
	xlsx->sheet = xlsx->sheet_count;
	return xlsx->sheet_count++;
}

void
xlsx_sheet_select(struct xlsx *xlsx, int sheet)
{
	if (sheet >= 0 && sheet < xlsx->sheet_count)
		xlsx->sheet = sheet;
}

static lxw_worksheet *
current(const struct xlsx *xlsx)
{
	return xlsx->sheets[xlsx->sheet];
}

/* ---- styles ---- */

static void
set_letters(lxw_format *format, unsigned int style)
{
	format_set_font_name(format, "宋体");
	if (style & (XLSX_BOLD | XLSX_TITLE))
		format_set_bold(format);
	if (style & XLSX_TITLE)
		format_set_font_size(format, 22);
	else if (style & XLSX_LARGE)
		format_set_font_size(format, 14);
	else if (style & XLSX_SMALL)
		format_set_font_size(format, 9);
	if (style & XLSX_ALERT)
		format_set_font_color(format, 0xb00020);
	else if (style & XLSX_CAUTION)
		format_set_font_color(format, 0x9a5b00);
	else if (style & XLSX_QUIET)
		format_set_font_color(format, 0x7f7f7f);
}

static void
set_place(lxw_format *format, unsigned int style)
{
	if (style & XLSX_CENTRE)
		format_set_align(format, LXW_ALIGN_CENTER);
	else if (style & XLSX_RIGHT) {
		format_set_align(format, LXW_ALIGN_RIGHT);
		format_set_indent(format, 1);	/* apart from the next column's text */
	}
	format_set_align(format, style & XLSX_TOP ?
	    LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
	if (style & XLSX_WRAP)
		format_set_text_wrap(format);
}

static void
set_ground(lxw_format *format, unsigned int style)
{
	if (style & XLSX_BOX) {
		format_set_border(format, LXW_BORDER_THIN);
		format_set_border_color(format, 0xa6a6a6);
	} else if (style & XLSX_LINE) {
		format_set_bottom(format, LXW_BORDER_THIN);
	}
	if (style & XLSX_HEAD)
		format_set_bg_color(format, 0xdce6f1);
	if (style & XLSX_ANSWER) {
		format_set_bg_color(format, 0xfff8dc);
		format_set_unlocked(format);
	}
}

/* The workbook's format for a style, made when it is first used; the format for
 * numbers is another one, marked by the bit above all styles. */
static lxw_format *
get_format(struct xlsx *xlsx, unsigned int style, int number)
{
	lxw_format *format;
	int i;

	if (number)
		style |= XLSX_STYLES;
	for (i = 0; i < xlsx->format_count; i++)
		if (xlsx->formats[i].style == style)
			return xlsx->formats[i].format;
	if (i == FORMATS_MAX) {
		note(xlsx, LXW_ERROR_PARAMETER_VALIDATION);
		return NULL;
	}
	format = workbook_add_format(xlsx->workbook);
	set_letters(format, style);
	set_place(format, style);
	set_ground(format, style);
	if (!number)
		format_set_num_format(format, "@");
	else if (style & XLSX_PERCENT)
		format_set_num_format(format, "0.0%");
	else if (style & XLSX_MONEY)
		format_set_num_format(format, "#,##0.00");
	xlsx->formats[i].style = style;
	xlsx->formats[i].format = format;
	xlsx->format_count++;
	return format;
}

/* ---- cells ---- */

void
xlsx_width(struct xlsx *xlsx, int column, double width)
{
	lxw_row_col_options hidden = { .hidden = LXW_TRUE };
	lxw_col_t c = (lxw_col_t)column;

	if (width > 0)
		note(xlsx, worksheet_set_column(current(xlsx), c, c, width, NULL));
	else
		note(xlsx, worksheet_set_column_opt(current(xlsx), c, c,
		    LXW_DEF_COL_WIDTH, NULL, &hidden));
}

void
xlsx_height(struct xlsx *xlsx, int row, double height)
{
	note(xlsx, worksheet_set_row(current(xlsx), (lxw_row_t)row, height, NULL));
}

/* Where an image ends is computed when the file is written, and by then the
 * library only knows this height. */
void
xlsx_heights(struct xlsx *xlsx, double height)
{
	worksheet_set_default_row(current(xlsx), height, LXW_FALSE);
}

/* A text as a workbook can hold it: cut between characters, and without U+FFFE
 * and U+FFFF, which XML forbids. */
static void
add_clean(struct buf *out, const char *text)
{
	size_t len = strlen(text), i;

	if (len > TEXT_MAX)
		for (len = TEXT_MAX; (text[len] & 0xc0) == 0x80; )
			len--;
	buf_add(out, text, len);
	for (i = 0; i + 2 < len; i++)
		if (memcmp(out->data + i, "\xef\xbf\xbe", 3) == 0 ||
		    memcmp(out->data + i, "\xef\xbf\xbf", 3) == 0)
			memset(out->data + i, '?', 3);
}

void
xlsx_text(struct xlsx *xlsx, int row, int column, const char *text,
    unsigned int style)
{
	struct buf clean = BUF_INIT;

	add_clean(&clean, text != NULL ? text : "");
	note(xlsx, worksheet_write_string(current(xlsx), (lxw_row_t)row,
	    (lxw_col_t)column, clean.data, get_format(xlsx, style, 0)));
	xlsx->given[xlsx->sheet].cells++;
	buf_release(&clean);
}

void
xlsx_number(struct xlsx *xlsx, int row, int column, double value,
    unsigned int style)
{
	note(xlsx, worksheet_write_number(current(xlsx), (lxw_row_t)row,
	    (lxw_col_t)column, value, get_format(xlsx, style, 1)));
	xlsx->given[xlsx->sheet].cells++;
}

void
xlsx_span(struct xlsx *xlsx, int row, int first, int last, const char *text,
    unsigned int style)
{
	struct buf clean = BUF_INIT;

	add_clean(&clean, text != NULL ? text : "");
	note(xlsx, worksheet_merge_range(current(xlsx), (lxw_row_t)row,
	    (lxw_col_t)first, (lxw_row_t)row, (lxw_col_t)last, clean.data,
	    get_format(xlsx, style, 0)));
	xlsx->given[xlsx->sheet].cells += (size_t)(last - first + 1);
	buf_release(&clean);
}

void
xlsx_image(struct xlsx *xlsx, int row, int column, const void *bytes,
    size_t len, int offset_x, int offset_y)
{
	char description[] = "";
	lxw_image_options options = {
		.x_offset = offset_x, .y_offset = offset_y,
		.x_scale = 1, .y_scale = 1,
		.object_position = LXW_OBJECT_MOVE_AND_SIZE,
		.description = description
	};

	note(xlsx, worksheet_insert_image_buffer_opt(current(xlsx),
	    (lxw_row_t)row, (lxw_col_t)column, bytes, len, &options));
	xlsx->given[xlsx->sheet].pictures++;
}

/* ---- sheets ---- */

void
xlsx_choices(struct xlsx *xlsx, int column, int first, int last,
    const char *const *choices, const char *message)
{
	lxw_data_validation validation = {
		.validate = LXW_VALIDATION_TYPE_LIST,
		.ignore_blank = LXW_VALIDATION_ON,
		.show_input = LXW_VALIDATION_ON,
		.show_error = LXW_VALIDATION_ON,
		.dropdown = LXW_VALIDATION_ON
	};
	char *list[64], *text;
	size_t i, count = 0;

	if (last < first)
		return;
	while (choices[count] != NULL && count < 63) {
		list[count] = xstrdup(choices[count]);
		count++;
	}
	list[count] = NULL;
	text = xstrdup(message);
	validation.value_list = list;
	validation.error_message = text;
	note(xlsx, worksheet_data_validation_range(current(xlsx),
	    (lxw_row_t)first, (lxw_col_t)column, (lxw_row_t)last,
	    (lxw_col_t)column, &validation));
	for (i = 0; i < count; i++)
		free(list[i]);
	free(text);
}

void
xlsx_heading(struct xlsx *xlsx, int last_row, int last_column,
    int frozen_columns)
{
	note(xlsx, worksheet_autofilter(current(xlsx), 0, 0, (lxw_row_t)last_row,
	    (lxw_col_t)last_column));
	worksheet_freeze_panes(current(xlsx), 1, (lxw_col_t)frozen_columns);
	note(xlsx, worksheet_repeat_rows(current(xlsx), 0, 0));
}

static void
set_colour(lxw_chart_series *series, unsigned int colour)
{
	lxw_chart_fill fill = { .color = colour };

	chart_series_set_fill(series, &fill);
}

static void
add_series(struct xlsx *xlsx, lxw_chart *chart, const struct xlsx_chart *given,
    int column)
{
	const char *name = xlsx->names[xlsx->sheet];
	lxw_row_t end = (lxw_row_t)given->last_row;
	lxw_col_t values = (lxw_col_t)column, names = (lxw_col_t)given->names;
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);

	chart_series_set_categories(series, name, 1, names, end, names);
	chart_series_set_values(series, name, 1, values, end, values);
	chart_series_set_name_range(series, name, 0, values);
	if (given->kind == XLSX_LINES)
		chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
	else if (given->colours != NULL)
		set_colour(series, given->colours[column - given->first]);
}

/* A chart beside the table: LibreOffice prints no more than the columns that it begins in,
 * and cuts the rest off. */
static void
print_beside(struct xlsx *xlsx, const struct xlsx_chart *given, double y_scale)
{
	int rows = given->row + (int)(CHART_HEIGHT * y_scale / ROW_HEIGHT) + 1;

	note(xlsx, worksheet_print_area(current(xlsx), 0, 0,
	    (lxw_row_t)(given->beside > rows ? given->beside : rows),
	    (lxw_col_t)(given->column + CHART_COLUMNS)));
}

void
xlsx_chart(struct xlsx *xlsx, const struct xlsx_chart *given)
{
	static const unsigned char kinds[] = { [XLSX_LINES] = LXW_CHART_LINE,
	    [XLSX_BARS] = LXW_CHART_BAR, [XLSX_STACK] = LXW_CHART_BAR_STACKED };
	lxw_chart *chart = workbook_add_chart(xlsx->workbook, kinds[given->kind]);
	lxw_chart_options options = { .x_scale = 1.6, .y_scale = 1.4 };

	if (chart == NULL) {
		note(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	for (int column = given->first; column <= given->last; column++)
		add_series(xlsx, chart, given, column);
	if (given->kind == XLSX_LINES) {
		chart_axis_set_min(chart->y_axis, 0);
	} else {	/* bars are drawn from below, and their axes are exchanged */
		chart_axis_set_reverse(chart->y_axis);
		options.y_scale = 0.5 + given->last_row * 0.11;
	}
	chart_show_hidden_data(chart);
	chart_title_set_name(chart, given->title);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	note(xlsx, worksheet_insert_chart_opt(current(xlsx),
	    (lxw_row_t)given->row, (lxw_col_t)given->column, chart, &options));
	if (given->beside > 0)
		print_beside(xlsx, given, options.y_scale);
}

void
xlsx_protect(struct xlsx *xlsx)
{
	lxw_protection allowed = {
		.format_columns = LXW_TRUE, .format_rows = LXW_TRUE,
		.autofilter = LXW_TRUE
	};

	worksheet_protect(current(xlsx), NULL, &allowed);
}

/* In a head '&' begins a code, and two of them are the letter. */
static void
add_head(const char *place, const char *text, struct buf *out)
{
	buf_adds(out, place);
	for (; *text != '\0'; text++) {
		if (*text == '&')
			buf_addc(out, '&');
		buf_addc(out, *text);
	}
}

void
xlsx_running(struct xlsx *xlsx, const char *left, const char *right)
{
	struct buf head = BUF_INIT;

	add_head("&L", left, &head);
	add_head("&C&B", xlsx->title, &head);
	add_head("&R", right, &head);
	free(xlsx->head);
	xlsx->head = buf_detach(&head);
}

void
xlsx_page(struct xlsx *xlsx, unsigned int page)
{
	enum { PAPER_A4 = 9 };

	worksheet_set_paper(current(xlsx), PAPER_A4);
	if (page & XLSX_LANDSCAPE)
		worksheet_set_landscape(current(xlsx));
	worksheet_fit_to_pages(current(xlsx), 1, page & XLSX_ONE_PAGE ? 1 : 0);
	worksheet_center_horizontally(current(xlsx));
	if (page & XLSX_ONE_PAGE)
		worksheet_set_margins(current(xlsx), 0.9, 0.9, 0.9, 0.9);
	else
		note(xlsx, worksheet_set_footer(current(xlsx), "&L&A&C&P / &N"));
	if (!(page & XLSX_ONE_PAGE) && xlsx->head != NULL)
		note(xlsx, worksheet_set_header(current(xlsx), xlsx->head));
}

static void
xlsx_free(struct xlsx *xlsx)
{
	int i;

	for (i = 0; i < xlsx->sheet_count; i++)
		free(xlsx->names[i]);
	free(xlsx->temporary_directory);
	free(xlsx->path);
	free(xlsx->title);
	free(xlsx->head);
	free(xlsx);
}

int
xlsx_close(struct xlsx *xlsx, struct buf *err)
{
	struct buf reason = BUF_INIT;
	lxw_error failed;
	int result = 0;

	if (xlsx == NULL)
		return 0;
	note(xlsx, LXW_NO_ERROR);
	errno = 0;
	failed = workbook_close(xlsx->workbook);
	note(xlsx, LXW_NO_ERROR);
	if (failed == LXW_NO_ERROR)
		failed = xlsx->failed;
	if (failed != LXW_NO_ERROR) {
		if (errno != 0)
			fault_own_system(err, "cannot write workbook '%s'", xlsx->path);
		else
			fault_own(err, "cannot write workbook '%s': %s", xlsx->path,
			    lxw_strerror(failed));
		result = -1;
	} else if (xlsxcheck(xlsx->path, xlsx->given, (size_t)xlsx->sheet_count,
	    &reason) != 0) {
		fault_own(err, "workbook '%s' is not what was written: %s", xlsx->path,
		    reason.data);
		result = -1;
	}
	buf_release(&reason);
	xlsx_free(xlsx);
	return result;
}
