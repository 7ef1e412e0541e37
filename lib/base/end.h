#ifndef TC_END_H
#define TC_END_H
/*
 * end: ending a process that cannot go on.  The lowest module: it uses no other.
 */

enum exit_status {
	EXIT_DONE = 0,		/* every record was processed */
	EXIT_SOME_FAILED = 1,	/* some records could not be processed */
	EXIT_NO_WORK = 2	/* usage, input/output, memory, a broken stream */
};

/* Set the name that starts each message; the string is borrowed for good. */
void end_set_tool(const char *tool);
const char *end_tool(void);

/* Function that is called before the process exits; set once by io. */
void end_set_cleanup(void (*cleanup)(void));

/* Clean up and exit with EXIT_NO_WORK. */
void end_now(void) __attribute__((noreturn));

/* The same after printing an English sentence, by system calls only: for a process without
 * memory, and for signal handlers. */
void end_bare(const char *sentence) __attribute__((noreturn));

#endif
