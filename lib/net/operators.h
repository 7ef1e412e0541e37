#ifndef TC_OPERATORS_H
#define TC_OPERATORS_H
/*
 * operators: what the layers of a network compute; for lib/net/ only.
 */
#include <stddef.h>	/* size_t */

struct layer;
struct tensor;

/* TensorFlow Lite's numbers. */
enum operator_code {
	OPERATOR_ADD = 0, OPERATOR_AVERAGE = 1, OPERATOR_CONCATENATE = 2,
	OPERATOR_CONVOLVE = 3, OPERATOR_DEPTHWISE = 4, OPERATOR_DEQUANTIZE = 6,
	OPERATOR_LOGISTIC = 14, OPERATOR_MAXIMUM = 17, OPERATOR_MULTIPLY = 18,
	OPERATOR_POSITIVE = 19, OPERATOR_SIX = 21, OPERATOR_RESHAPE = 22,
	OPERATOR_RESIZE = 23, OPERATOR_CUSTOM = 32, OPERATOR_PAD = 34, OPERATOR_SLICE = 45,
	OPERATOR_SLOPE = 54, OPERATOR_HARD_SWISH = 117
};

/* What a layer works on. */
struct call {
	const struct layer *layer;
	const struct tensor *in[4];	/* NULL for none */
	const struct tensor *out;
	float *scratch;			/* as many values as were asked for */
};

struct operator {
	int code;			/* enum operator_code */
	const char *name;		/* of a custom one, else NULL */
	int in_place;			/* out may lie where in[0] lies */
	/* Whether run stays inside of its tensors, and knows these options. */
	int (*fits)(const struct call *call);
	void (*run)(const struct call *call);
	/* NULL where not wanted: weights in run's own order, to be freed, and how many
	 * values of scratch memory a run needs. */
	float *(*pack)(const struct call *call);
	size_t (*scratch)(const struct call *call);
};

/* NULL when it is not known here. */
const struct operator *operator_find(int code, const char *name);

#endif
