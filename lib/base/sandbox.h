#ifndef TC_SANDBOX_H
#define TC_SANDBOX_H
/*
 * sandbox: what a process may do that decodes hostile bytes.
 *
 * From sandbox_enter on the process reads the files it was promised and those of the
 * system's libraries, writes to standard error and to the descriptors it was given,
 * uses memory and threads, and ends.  Nothing else: no other file is opened, none is
 * made, changed or removed, no program is run, nothing is sent anywhere, no other
 * process is touched.  What is tried all the same fails as not permitted.
 *
 * Two locks of the kernel see to it: Landlock for which files (Linux 5.13), seccomp
 * for which calls.  A kernel may lack one; sandbox_lacks says so.
 */
#include <stddef.h>	/* size_t */

struct buf;

struct sandbox {
	const char *const *reads;	/* files, and directories with all below */
	size_t read_count;
	const int *writes;		/* descriptors; all others that could be written
					 * to are closed, but 0, 1 and 2 */
	size_t write_count;
};

/* Shut the calling process in, for good.  A lock that the kernel lacks is left out.
 * 0, or -1 with the reason: the process must then not go on. */
int sandbox_enter(const struct sandbox *sandbox, struct buf *err);

/* Say what this system's kernel locks with: "Landlock 4, seccomp".  Nothing that
 * lacks is left unsaid: "no Landlock, seccomp". */
void sandbox_describe(struct buf *out);
/* Whether a lock is missing. */
int sandbox_lacks(void);

#endif
