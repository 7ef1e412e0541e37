#ifndef TC_GRAPH_H
#define TC_GRAPH_H
/*
 * graph: a network as its file describes it; for lib/net/ only.
 *
 * Tensors have four sizes (TensorFlow's order): 1, rows, columns, channels; those with
 * fewer in the file have ones in front.  Layers stand in the order in which they run.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct operator;

enum {
	TENSORS_MAX = 4096,
	TENSOR_SIDE_MAX = 1 << 16,
	TENSOR_COUNT_MAX = 1 << 22,	/* values of one */
	CONSTANTS_MAX = 1 << 23,	/* values of all constants */
	LAYERS_MAX = 4096,
	LAYER_INPUTS = 4,
	GRAPH_OUTPUTS = 16
};

enum tensor_type { TENSOR_FLOAT = 0, TENSOR_HALF = 1, TENSOR_INTEGER = 2 };

struct tensor {
	int size[4];		/* 1, rows, columns, channels; constants any first */
	int rank;		/* how many of them the file has, 0 .. 4 */
	size_t count;		/* values, 1 .. TENSOR_COUNT_MAX */
	int type;		/* enum tensor_type, as in the file */
	int *integers;		/* a constant's values, owned, or NULL */
	float *constant;	/* the same of floats */
	float *values;		/* where they are: constant or scratch memory */
};

/* What options say, 0 where an operator has none of these. */
struct layer_options {
	int valid;		/* padding: the filter stays inside */
	int activation;
	int stride[2], dilation[2], filter[2];	/* down, across */
	int axis;
	int align_corners, half_pixels;
};

struct layer {
	const struct operator *operator;
	int in[LAYER_INPUTS];	/* tensors, -1 for none */
	int inputs;
	int out;
	struct layer_options options;
	unsigned char *custom;	/* a custom operator's options, as they are; owned */
	size_t custom_len;
	float *packed;		/* weights in the operator's own order; owned */
};

struct graph {
	struct tensor *tensors;
	int tensor_count;
	struct layer *layers;
	int layer_count;
	int in;			/* tensors */
	int out[GRAPH_OUTPUTS];
	int out_count;
};

/* Read the bytes of a file.  0, or -1 with the reason; what was read is then not
 * whole.  References are inside, layers use only what earlier ones made, and constants
 * have their values; shapes are not held against operators.  Release in any case. */
int graph_read(struct graph *graph, const unsigned char *bytes, size_t len,
    struct buf *err);
void graph_release(struct graph *graph);

#endif
