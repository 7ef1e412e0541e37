#ifndef TC_REGISTER_H
#define TC_REGISTER_H
/*
 * register: the national register's field names (XH, XM, SFZH ...).
 *
 * What a deliverable's table takes from a record, by the name that its reader
 * knows.  Two names are ours: IMAGE, the image's file name, and NUMBER, the
 * record's number in its batch.
 */
struct batch;
struct buf;
struct node;

/* The heading in Chinese ("学号"), or NULL when there is no such field. */
const char *register_heading(const char *field);

/* The width of a field in bytes of GB18030, the widest of what notices say
 * (standard.md 5.2); 0 when there is no such field. */
int register_width(const char *field);

/* Append the value of field for a photo record, nothing where it has none.
 * School and class of graduation are the batch's when the student has none.
 * image is what IMAGE stands for. */
void register_value(const char *field, const struct node *photo,
    const struct batch *batch, const char *image, struct buf *out);

/* Append the record's number in its batch: what follows the '-' of its id. */
void register_number(const struct node *photo, struct buf *out);

#endif
