#ifndef TC_SANDBOX_H
#define TC_SANDBOX_H
/*
 * sandbox: what a process may do that decodes hostile bytes.
 *
 * From sandbox_enter on the process may read the files that are listed and those of the
 * system's libraries, write to standard error and to the descriptors that are listed,
 * use memory and threads, and end.  Nothing else: it cannot open any other file, make,
 * change or remove one, run a program, use the network, or touch another process.  An
 * attempt fails with "operation not permitted".
 *
 * Two mechanisms of the kernel enforce this: Landlock for files (Linux 5.13), seccomp
 * for system calls.  A kernel may lack one; sandbox_lacks says so.
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

/* Confine the calling process, for good.  A mechanism that the kernel lacks is left out.
 * 0, or -1 with the reason: the process must then not go on. */
int sandbox_enter(const struct sandbox *sandbox, struct buf *err);

/* Append which mechanisms this kernel has: "Landlock 4, seccomp", or "no Landlock,
 * seccomp". */
void sandbox_describe(struct buf *out);
/* Whether one is missing. */
int sandbox_lacks(void);

#endif
