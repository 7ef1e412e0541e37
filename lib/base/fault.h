#ifndef TC_FAULT_H
#define TC_FAULT_H
/*
 * fault: whose fault a failure is.
 *
 * No space, no descriptors, no memory, a disk that cannot be read: that is the
 * machine's fault and never an upload's, and so is a file of the batch that is not
 * as it was written.  The first such failure is kept here.  Code that is about to blame
 * a record for a failure, or to publish a product, calls fault_end first, which ends the
 * tool with EXIT_NO_WORK.  A failure stays noted until the process ends.  In messages a
 * file without a name, which libraries open as /proc/self/fd/N, is the folder that it
 * takes room in.
 */
struct buf;


/* Append the sentence, ": " and the system's words for errno, which keeps its value.
 * Noted when it is the machine's. */
void fault_system(struct buf *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The same, and noted whatever errno is: the file is the tool's own. */
void fault_own_system(struct buf *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* That a temporary file that is open as fd cannot be written, by errno, and the folder in which
 * it takes room. */
void fault_own_temporary(int fd, struct buf *err);
/* Append the sentence and note it. */
void fault_own(struct buf *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The first that was noted, NULL when none was; borrowed. */
const char *fault_noted(void);
/* End the tool with what was noted, if anything was. */
void fault_end(void);

#endif
