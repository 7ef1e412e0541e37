#ifndef TC_TOOL_H
#define TC_TOOL_H
/*
 * tool: what the command lines of all tools share.
 */
#include "lib/base/options.h"

/* First call in main: io_init, and messages in the language of the environment. */
void tool_init(const char *tool);

/* Options that several tools have: tables whose state is a struct stream_options. */
extern const struct option_spec
	tool_every[],		/* every tool */
	tool_filter[],		/* what reads a manifest */
	tool_jobs[],		/* what has workers */
	tool_dry[];		/* what decides or replaces something: -n */

/* The manifest among the operands, or NULL for standard input; more than one ends the
 * tool. */
const char *tool_manifest(char **operands);

#endif
