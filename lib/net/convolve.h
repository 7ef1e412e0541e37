#ifndef TC_CONVOLVE_H
#define TC_CONVOLVE_H
/*
 * convolve: the operators that slide a filter over a picture, which is where a network's
 * time goes; for lib/net/ only.
 *
 * Each sum is taken in one order: bias, then the filter's rows, columns, channels.  Sums
 * of several channels are taken side by side, which changes none.
 */
#include <stddef.h>	/* size_t */

struct call;

/* Compiled twice where the processor may have wider registers, which is asked when the
 * program starts.  No product and sum are fused, so that both give the same bytes.  clang 14
 * cannot link what it compiled twice. */
#if defined(__x86_64__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

enum { ACTIVATE_NONE = 0, ACTIVATE_POSITIVE = 1, ACTIVATE_SIX = 3 };

int activation_known(int activation);

static inline float
activate(float value, int activation)
{
	if (activation != ACTIVATE_NONE && !(value > 0))
		return 0;
	return activation == ACTIVATE_SIX && value > 6 ? 6 : value;
}

/* How a filter goes over a picture, and where it lies to make one pixel of out. */
struct sweep {
	const struct call *call;
	int filter[2], stride[2], before[2];	/* down, across */
};
struct window {
	int y, x;				/* its corner, may be outside */
	int top, bottom, left, right;		/* of what is inside of the picture */
	int count;				/* pixels inside */
};

/* Whether out's rows and columns are what a filter of this size gives. */
int sweep_fits(const struct call *call, const int filter[static 2]);
void sweep_init(struct sweep *sweep, const struct call *call, const int filter[static 2]);
void sweep_window(const struct sweep *sweep, int row, int col, struct window *window);
/* The channels of in's pixel. */
const float *sweep_pixel(const struct sweep *sweep, int row, int col);

/* A filter for each channel of out over all of in's. */
int convolve_fits(const struct call *call);
float *convolve_pack(const struct call *call);
size_t convolve_scratch(const struct call *call);
void convolve_run(const struct call *call);

/* A filter for each channel over itself. */
int depthwise_fits(const struct call *call);
void depthwise_run(const struct call *call);

/* The reverse of a filter that steps by its own size: a square of pixels from each. */
int enlarge_fits(const struct call *call);
void enlarge_run(const struct call *call);

#endif
