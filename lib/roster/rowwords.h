#ifndef TC_ROWWORDS_H
#define TC_ROWWORDS_H
/*
 * rowwords: the first words of a row that is no student's, for a message.
 *
 * They show an operator which line it is (合计, 辅导员).  What may be a name among them,
 * or behind words that stand under lists, is masked.
 */
struct buf;
struct columns;

void rowwords_add(const char *cell, const struct columns *columns, struct buf *out);

#endif
