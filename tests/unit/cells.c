/*
 * cells FILE...: what tablein reads of each file, a line a file: its name, kind,
 * number of sheets, rows and cells, and a sum of all cells with their places and
 * flags; or the reason why it is not read.  With -v the cells themselves.
 */
#include <stdio.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/table/table.h"
#include "lib/table/tablein.h"

enum { SUM_SHOWN = 12 };

struct counts {
	size_t rows, cells;
};

static void
add_row(const struct table *table, size_t sheet, size_t row, struct buf *out,
    struct counts *counts)
{
	const char *text;
	int flags;

	counts->rows++;
	for (size_t i = 0; i < table_width(table, sheet, row); i++) {
		text = table_text(table, sheet, row, i, &flags);
		if (*text == '\0')
			continue;
		counts->cells++;
		buf_addf(out, "%zu\t%ld\t", sheet + 1,
		    table_row_number(table, sheet, row));
		table_column_name(i, out);
		buf_addf(out, "\t%d\t%s\n", flags, text);
	}
}

static void
print_table(const char *path, const struct table *table, int verbose)
{
	struct counts counts = { 0, 0 };
	struct buf out = BUF_INIT;
	char sum[HASH_TEXT];

	for (size_t i = 0; i < table_sheets(table); i++)
		for (size_t k = 0; k < table_rows(table, i); k++)
			add_row(table, i, k, &out, &counts);
	hash_bytes(out.data, out.len, sum);
	printf("%s\t%s, %zu sheets, %zu rows, %zu cells, %.*s\n", path,
	    table_kind(table), table_sheets(table), counts.rows, counts.cells,
	    SUM_SHOWN, sum);
	if (verbose)
		printf("%s", out.data != NULL ? out.data : "");
	buf_release(&out);
}

int
main(int argc, char **argv)
{
	int verbose = argc > 1 && strcmp(argv[1], "-v") == 0;

	for (int i = 1 + verbose; i < argc; i++) {
		struct buf err = BUF_INIT;
		struct table *table = tablein_read(argv[i], &err);

		if (table != NULL)
			print_table(argv[i], table, verbose);
		else
			printf("%s\t%s\n", argv[i], err.data);
		table_free(table);
		buf_release(&err);
	}
	return 0;
}
