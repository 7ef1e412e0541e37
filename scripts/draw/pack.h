#ifndef DRAW_PACK_H
#define DRAW_PACK_H
/*
 * pack: writing zip archives whose bytes depend on their contents only.
 *
 * Every entry has the same fixed date.  A failure to write ends the program.
 */
#include <stddef.h>	/* size_t */

struct pack;

enum pack_names { PACK_GBK, PACK_UTF8 };

/* Create the archive; finish and free it with pack_close. */
struct pack *pack_open(const char *path, enum pack_names names);
void pack_close(struct pack *pack);

/* Add an entry; name is UTF-8.  With PACK_GBK it is stored in GBK without the
 * UTF-8 flag, as Windows does; a name that GBK cannot hold is stored in UTF-8
 * with the flag, as archivers on Windows do.  squeeze deflates. */
void pack_add(struct pack *pack, const char *name, const void *bytes,
	size_t len, int squeeze);

#endif
