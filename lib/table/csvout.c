#include "lib/table/csvout.h"

#include <string.h>

#include "lib/base/buf.h"

void
csvout_begin(struct csvout *csv)
{
	buf_adds(csv->out, "\xef\xbb\xbf");
}

static void
separate(struct csvout *csv)
{
	if (csv->column++ > 0)
		buf_addc(csv->out, ',');
}

static void
add_quoted(struct buf *out, const char *text)
{
	buf_addc(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_addc(out, '"');
		buf_addc(out, *text);
	}
	buf_addc(out, '"');
}

void
csvout_text(struct csvout *csv, const char *text)
{
	struct buf safe = BUF_INIT;

	separate(csv);
	if (text == NULL || *text == '\0')
		return;
	if (strchr("=+-@\t\r", *text) != NULL)
		buf_addc(&safe, '\'');
	buf_adds(&safe, text);
	if (strpbrk(text, ",\"\r\n") != NULL || *text == ' ')
		add_quoted(csv->out, safe.data);
	else
		buf_add(csv->out, safe.data, safe.len);
	buf_release(&safe);
}

void
csvout_number(struct csvout *csv, double value, int decimals)
{
	separate(csv);
	buf_addf(csv->out, "%.*f", decimals, value);
}

void
csvout_row(struct csvout *csv)
{
	buf_adds(csv->out, "\r\n");
	csv->column = 0;
}
