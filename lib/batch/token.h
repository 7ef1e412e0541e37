#ifndef TC_TOKEN_H
#define TC_TOKEN_H
/*
 * token: the reference to a record in a table that people edit.
 *
 * The record's id and two check letters, "k3vqzn7w-17-be".  Every spreadsheet program
 * takes it for text, so it comes back whole where long numbers lose digits; and a
 * mistyped one is refused instead of naming another student.
 */
struct buf;

/* Append the token of a record's id. */
void token_add(const char *record, struct buf *out);
/* Append the id that a token stands for, ignoring case, width and blanks.  0, or -1 when
 * it is no token of that batch. */
int token_parse(const char *text, const char *batch, struct buf *record);

#endif
