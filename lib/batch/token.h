#ifndef TC_TOKEN_H
#define TC_TOKEN_H
/*
 * token: what stands for a record in a table that people edit.
 *
 * The record's id and two letters that depend on it, "k3vqzn7w-17-be": text to
 * every spreadsheet, so that it comes back whole when the numbers beside it do
 * not; and a mistyped one is refused instead of meaning another student.
 */
struct buf;

/* Append the token of a record's id. */
void token_add(const char *record, struct buf *out);
/* Append the id that a token stands for, whatever its case, width and blanks.  0,
 * or -1 when it is none of that batch. */
int token_parse(const char *text, const char *batch, struct buf *record);

#endif
