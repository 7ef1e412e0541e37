#ifndef TC_GUARD_H
#define TC_GUARD_H
/*
 * guard: unfinished files, which go when the process ends before they are published.
 */

/* From now on a signal, a crash inside a library or msg_die removes what is guarded; in
 * this process, not in those that it forks. */
void guard_start(void);

/* Remove path, a file, or a directory of files and empty directories, when the process
 * ends, until guard_drop.  -1 when there are too many. */
int guard_add(const char *path);
void guard_drop(const char *path);

/* Remove a guarded directory now, of files and empty directories. */
void guard_remove(const char *path);
/* Remove it all now; only system calls, for a signal handler. */
void guard_remove_all(void);

#endif
