#ifndef TC_SINK_H
#define TC_SINK_H
/*
 * sink: where unpacked bytes go, a part at a time.
 */
#include <stddef.h>	/* size_t */

struct sink {
	void *state;
	/* -1 stops the unpacking; the state keeps the reason. */
	int (*put)(void *state, const void *bytes, size_t len);
};

#endif
