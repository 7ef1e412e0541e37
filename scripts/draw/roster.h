#ifndef DRAW_ROSTER_H
#define DRAW_ROSTER_H
/*
 * roster: the list of students as the national register exports it.
 *
 * 28 columns under their pinyin names, dates as YYYYMMDD, every cell text;
 * CSV has CRLF line ends, XLSX one sheet with inline strings.
 */
struct buf;
struct student;

enum roster_encoding { ROSTER_UTF8, ROSTER_UTF8_BOM, ROSTER_GB18030 };

/* Append the CSV of count students. */
void roster_csv(const struct student *students, int count,
	enum roster_encoding encoding, struct buf *out);

/* Write the same as XLSX; a failure ends the program. */
void roster_xlsx(const struct student *students, int count, const char *path);

#endif
