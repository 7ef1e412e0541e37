#ifndef TC_COLUMNS_H
#define TC_COLUMNS_H
/*
 * columns: which heading names which field, from share/columns.conf.
 *
 *	# comment
 *	field = heading, heading, ...
 *
 * field is a student's field, or `ignored` (known, and not kept), `filler` (what
 * may stand in brackets behind a heading: 必填), `total` (the first words of totals
 * and notes: 合计), `example` (words of a sheet that only shows how: 示例).  Of
 * headings of one field an earlier one counts more.
 */
struct buf;
struct columns;

enum { COLUMN_NONE = -1, COLUMN_IGNORED = -2 };

/* Load share/columns.conf and, before it, the file extra (may be NULL).  NULL with
 * the reason: file, line. */
struct columns *columns_load(const char *extra, struct buf *err);
/* The same of a table that is no roster: headings in share/FILE alone, whose fields
 * are names (NULL at the end); what is found is the index of one. */
struct columns *columns_load_other(const char *file, const char *const *names,
    struct buf *err);
void columns_free(struct columns *columns);	/* NULL is fine */

/* The student_field that a heading names, COLUMN_IGNORED or COLUMN_NONE.  Blanks,
 * case, width, signs that adorn (*, :, ★) and a number before it do not matter.
 * *rank is lower for a heading that counts more; may be NULL. */
int columns_find(const struct columns *columns, const char *heading, int *rank);
/* The same for a heading that may have been cut at its end: the field of all headings that
 * begin with it, if that is one field. */
int columns_find_cut(const struct columns *columns, const char *heading, int *rank);

/* Whether a text begins as totals and footers do; whether it is such a word. */
int columns_is_total(const struct columns *columns, const char *text);
int columns_is_word(const struct columns *columns, const char *text);
/* Whether a text is what may stand behind a heading. */
int columns_is_filler(const struct columns *columns, const char *text);
/* Whether an example's word stands in a text. */
int columns_is_example(const struct columns *columns, const char *text);

#endif
