#ifndef TC_RECOGNIZE_H
#define TC_RECOGNIZE_H
/*
 * recognize: which option of tc-ingest takes a file, by the file's content.
 *
 * For scripts that sort what arrives in a folder.  A name never decides; tables are
 * recognized by their headings.
 *
 *	upload			a folder, an archive, a picture: UPLOAD
 *	roster			students: -r
 *	corrections		勘误, a review page's answers: --corrections
 *	exemptions		特殊情况备案表: --exemptions
 *	links			待关联名单: --link
 *	unlocks			解锁名单: --unlock
 *	register-result		the register's list with answers: --register-result
 *	layout-table		排版冲印数据: tc-layout --table
 *	tracking		寄送清单 with the carriers' numbers: --tracking
 *	schools			学校信息表: --schools
 *	manifest		what these tools write
 *	form			PDF: a scan of the stamped form
 *	unknown			nothing of these
 */
#include <stddef.h>	/* size_t */

struct inbox_file;
struct profile;

/* The word for the file at path, a static text.  It is read in a process of its
 * own, with the profile's limits. */
const char *recognize(const char *path, const struct profile *profile);

/* Report what a file that could not be read really is and which option takes it; nothing
 * where it is not recognized, or is of the kind wanted, a word as above. */
void recognize_advise(const char *path, const char *wanted,
    const struct profile *profile);

/* The same of a file of answers. */
void recognize_answers(const struct inbox_file *file,
    const struct profile *profile);

/* Print "KIND <tab> PATH" for each path on standard output.  Returns the exit
 * status: EXIT_SOME_FAILED when one is unknown. */
int recognize_print(char **paths, size_t count, const char *profile);

#endif
