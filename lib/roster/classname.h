#ifndef TC_CLASSNAME_H
#define TC_CLASSNAME_H
/*
 * classname: the class or year of graduation in the name of a sheet, a folder or a file.
 *
 * "计科2201班", "软件1班名单.xlsx"; not "Sheet1", "毕业生名单", "2026届".
 */
struct buf;

/* Append the class that a name states; returns 1 when there is one, else 0. */
int classname_take(const char *name, struct buf *out);
/* The year of graduation that a name or title states ("2026届", "2026年…毕业"); 0 when
 * there is none. */
int classname_year(const char *name);

enum classname_when { CLASSNAME_UNSAID, CLASSNAME_PRESENT, CLASSNAME_EARLIER };
/* Which class of graduation a name means without a year: 应届, 往届. */
enum classname_when classname_when(const char *name);

#endif
