#include "lib/net/graph.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/net/flat.h"
#include "lib/net/operators.h"

/* Fields of the tables, by their number in TensorFlow Lite's schema. */
enum { MODEL_CODES = 1, MODEL_SUBGRAPHS = 2, MODEL_BUFFERS = 4 };
enum { CODE_SHORT = 0, CODE_NAME = 1, CODE_LONG = 3 };
enum { SUBGRAPH_TENSORS, SUBGRAPH_INPUTS, SUBGRAPH_OUTPUTS, SUBGRAPH_LAYERS };
enum { TENSOR_SHAPE, TENSOR_TYPE, TENSOR_BUFFER };
enum { LAYER_CODE, LAYER_IN, LAYER_OUT, LAYER_OPTIONS = 4, LAYER_CUSTOM = 5 };
enum { BUFFER_BYTES = 0 };

struct reader {
	struct flat flat;
	size_t model, subgraph;
	struct graph *graph;
	struct buf *err;
};

static int
refuse(struct reader *reader, const char *reason)
{
	buf_adds(reader->err, reader->flat.bad ? "the file is not whole" : reason);
	return -1;
}

/* ---- tensors ---- */

static int
read_shape(struct flat *flat, size_t table, struct tensor *tensor)
{
	size_t rank, first = flat_vector(flat, table, TENSOR_SHAPE, 4, &rank), i;

	for (i = 0; i < 4; i++)
		tensor->size[i] = 1;
	tensor->count = 1;
	if (rank > 4)
		return -1;
	tensor->rank = (int)rank;
	for (i = 0; i < rank; i++) {
		uint32_t size = flat_number(flat, first + 4 * i, 4);

		if (size < 1 || size > TENSOR_SIDE_MAX ||
		    tensor->count * size > TENSOR_COUNT_MAX)
			return -1;
		tensor->size[4 - rank + i] = (int)size;
		tensor->count *= size;
	}
	return 0;
}

static float
half_to_float(uint32_t half)
{
	uint32_t sign = (half & 0x8000) << 16, power = half >> 10 & 31;
	uint32_t fraction = half & 1023;
	uint32_t bits = sign | (power == 31 ? 255 : power + 112) << 23 | fraction << 13;
	float value;

	if (power == 0)
		return (float)fraction / (1 << 24) * (sign != 0 ? -1.0f : 1.0f);
	memcpy(&value, &bits, sizeof value);
	return value;
}

static void
read_floats(struct flat *flat, size_t at, struct tensor *tensor)
{
	size_t i;

	tensor->constant = xcalloc(tensor->count, sizeof *tensor->constant);
	tensor->values = tensor->constant;
	for (i = 0; i < tensor->count; i++)
		if (tensor->type == TENSOR_HALF) {
			tensor->constant[i] =
			    half_to_float(flat_number(flat, at + 2 * i, 2));
		} else {
			uint32_t bits = flat_number(flat, at + 4 * i, 4);

			memcpy(tensor->constant + i, &bits, sizeof bits);
		}
}

static void
read_integers(struct flat *flat, size_t at, struct tensor *tensor)
{
	size_t i;

	tensor->integers = xcalloc(tensor->count, sizeof *tensor->integers);
	for (i = 0; i < tensor->count; i++)
		tensor->integers[i] = (int32_t)flat_number(flat, at + 4 * i, 4);
}

static int
read_constant(struct flat *flat, size_t buffer, struct tensor *tensor)
{
	size_t bytes, at = flat_vector(flat, buffer, BUFFER_BYTES, 1, &bytes);

	if (bytes == 0)
		return 0;
	if (bytes != tensor->count * (tensor->type == TENSOR_HALF ? 2 : 4))
		return -1;
	if (tensor->type == TENSOR_INTEGER)
		read_integers(flat, at, tensor);
	else
		read_floats(flat, at, tensor);
	return 0;
}

static int
read_tensor(struct reader *reader, size_t table, struct tensor *tensor)
{
	struct flat *flat = &reader->flat;
	size_t count, buffers = flat_vector(flat, reader->model, MODEL_BUFFERS, 4, &count);
	size_t buffer = (uint32_t)flat_integer(flat, table, TENSOR_BUFFER, 0);

	tensor->type = flat_byte(flat, table, TENSOR_TYPE);
	if (read_shape(flat, table, tensor) != 0 || buffer >= count ||
	    tensor->type > TENSOR_INTEGER)
		return -1;
	return read_constant(flat, flat_element(flat, buffers, buffer), tensor);
}

static int
read_tensors(struct reader *reader)
{
	struct graph *graph = reader->graph;
	size_t count, constants = 0, i;
	size_t first = flat_vector(&reader->flat, reader->subgraph, SUBGRAPH_TENSORS, 4,
	    &count);

	if (count < 1 || count > TENSORS_MAX)
		return refuse(reader, "it has no tensors, or too many");
	graph->tensors = xcalloc(count, sizeof *graph->tensors);
	for (i = 0; i < count; i++) {
		struct tensor *tensor = graph->tensors + graph->tensor_count++;

		if (read_tensor(reader, flat_element(&reader->flat, first, i), tensor) != 0)
			return refuse(reader, "a tensor is of a size or type that is not "
			    "known");
		if (tensor->constant != NULL || tensor->integers != NULL)
			constants += tensor->count;
		if (constants > CONSTANTS_MAX)
			return refuse(reader, "it is too large");
	}
	return 0;
}

/* ---- layers ---- */

static void
read_options(struct flat *flat, int code, size_t table, struct layer_options *options)
{
	int activation = 0;

	switch (code) {
	case OPERATOR_CONVOLVE:
	case OPERATOR_DEPTHWISE:
		activation = code == OPERATOR_CONVOLVE ? 3 : 4;
		options->dilation[1] = flat_integer(flat, table, activation + 1, 1);
		options->dilation[0] = flat_integer(flat, table, activation + 2, 1);
		break;
	case OPERATOR_AVERAGE:
	case OPERATOR_MAXIMUM:
		activation = 5;
		options->filter[1] = flat_integer(flat, table, 3, 0);
		options->filter[0] = flat_integer(flat, table, 4, 0);
		break;
	case OPERATOR_CONCATENATE:
		activation = 1;
		options->axis = flat_integer(flat, table, 0, 0);
		break;
	case OPERATOR_RESIZE:
		options->align_corners = flat_byte(flat, table, 2);
		options->half_pixels = flat_byte(flat, table, 3);
		return;
	case OPERATOR_ADD:
	case OPERATOR_MULTIPLY:
		break;
	default:
		return;
	}
	options->activation = flat_byte(flat, table, activation);
	options->valid = flat_byte(flat, table, 0);
	options->stride[1] = flat_integer(flat, table, 1, 0);
	options->stride[0] = flat_integer(flat, table, 2, 0);
}

static void
read_custom(struct flat *flat, size_t table, struct layer *layer)
{
	size_t at = flat_vector(flat, table, LAYER_CUSTOM, 1, &layer->custom_len);

	layer->custom = xmalloc(layer->custom_len + 1);
	memcpy(layer->custom, flat->bytes + at, layer->custom_len);
}

static const struct operator *
read_operator(struct reader *reader, size_t table)
{
	struct flat *flat = &reader->flat;
	size_t count, len, first = flat_vector(flat, reader->model, MODEL_CODES, 4, &count);
	size_t index = (uint32_t)flat_integer(flat, table, LAYER_CODE, 0), at;
	struct buf name = BUF_INIT;
	const struct operator *operator;
	int code;

	if (index >= count)
		return NULL;
	table = flat_element(flat, first, index);
	code = flat_integer(flat, table, CODE_LONG, 0);
	if (code == 0)
		code = flat_byte(flat, table, CODE_SHORT);
	at = flat_vector(flat, table, CODE_NAME, 1, &len);
	buf_add(&name, flat->bytes + at, len);
	operator = operator_find(code, name.data);
	if (operator == NULL && !flat->bad)
		buf_addf(reader->err, "it needs an operator that is not known here: %d%s%s",
		    code, name.len > 0 ? " " : "", name.data);
	buf_release(&name);
	return operator;
}

/* The tensors of a vector, at most max: their number, -1 when they are more or not there. */
static int
read_places(struct reader *reader, size_t table, int which, int *places, int max)
{
	size_t count, first = flat_vector(&reader->flat, table, which, 4, &count), i;

	if (count > (size_t)max)
		return -1;
	for (i = 0; i < count; i++) {
		places[i] = (int32_t)flat_number(&reader->flat, first + 4 * i, 4);
		if (places[i] < -1 || places[i] >= reader->graph->tensor_count)
			return -1;
	}
	return (int)count;
}

/* Whether everything that a layer takes is there when it runs; made says of each tensor
 * whether an earlier layer makes it. */
static int
has_inputs(const struct graph *graph, const struct layer *layer, const char *made)
{
	int i;

	for (i = 0; i < layer->inputs; i++) {
		const struct tensor *tensor = graph->tensors + layer->in[i];

		if (layer->in[i] >= 0 && tensor->constant == NULL &&
		    tensor->integers == NULL && !made[layer->in[i]])
			return 0;
	}
	return layer->inputs > 0 && layer->in[0] >= 0;
}

/* Weights are kept as 16 bits in the file; a layer that only widens a constant is done
 * with here. */
static int
is_widening(struct graph *graph, const struct layer *layer)
{
	struct tensor *out = graph->tensors + layer->out;
	struct tensor *in = graph->tensors + layer->in[0];

	if (layer->operator->code != OPERATOR_DEQUANTIZE || in->constant == NULL ||
	    in->count != out->count || out->constant != NULL)
		return 0;
	out->constant = out->values = in->constant;
	in->constant = in->values = NULL;
	return 1;
}

static int
read_layer(struct reader *reader, size_t table, char *made)
{
	struct graph *graph = reader->graph;
	struct layer *layer = graph->layers + graph->layer_count;

	memset(layer, 0, sizeof *layer);
	layer->operator = read_operator(reader, table);
	if (layer->operator == NULL)
		return reader->err->len > 0 ? -1 : refuse(reader, "an operator is missing");
	layer->inputs = read_places(reader, table, LAYER_IN, layer->in, LAYER_INPUTS);
	if (layer->inputs < 0 ||
	    read_places(reader, table, LAYER_OUT, &layer->out, 1) != 1 || layer->out < 0)
		return refuse(reader, "a layer takes or makes more than is known here");
	if (!has_inputs(graph, layer, made) || made[layer->out] ||
	    graph->tensors[layer->out].values != NULL ||
	    graph->tensors[layer->out].integers != NULL)
		return refuse(reader, "its layers are not in order");
	read_options(&reader->flat, layer->operator->code,
	    flat_table(&reader->flat, table, LAYER_OPTIONS), &layer->options);
	if (is_widening(graph, layer))
		return 0;
	read_custom(&reader->flat, table, layer);
	made[layer->out] = 1;
	graph->layer_count++;
	return 0;
}

static int
read_layers(struct reader *reader, char *made)
{
	struct flat *flat = &reader->flat;
	struct graph *graph = reader->graph;
	size_t count, first = flat_vector(flat, reader->subgraph, SUBGRAPH_LAYERS, 4, &count);
	size_t i;

	if (count < 1 || count > LAYERS_MAX)
		return refuse(reader, "it has no layers, or too many");
	graph->layers = xcalloc(count, sizeof *graph->layers);
	for (i = 0; i < count; i++)
		if (read_layer(reader, flat_element(flat, first, i), made) != 0)
			return -1;
	return 0;
}

/* ---- the whole ---- */

static int
read_ends(struct reader *reader, char *made)
{
	struct graph *graph = reader->graph;
	size_t subgraph = reader->subgraph;
	int i;

	graph->out_count = read_places(reader, subgraph, SUBGRAPH_OUTPUTS, graph->out,
	    GRAPH_OUTPUTS);
	if (read_places(reader, subgraph, SUBGRAPH_INPUTS, &graph->in, 1) != 1 ||
	    graph->in < 0 || graph->tensors[graph->in].values != NULL ||
	    graph->out_count < 1)
		return refuse(reader, "it has not one input and a few outputs");
	made[graph->in] = 1;
	if (read_layers(reader, made) != 0)
		return -1;
	for (i = 0; i < graph->out_count; i++)
		if (graph->out[i] < 0 || !made[graph->out[i]])
			return refuse(reader, "an output is made by no layer");
	return reader->flat.bad ? refuse(reader, "") : 0;
}

int
graph_read(struct graph *graph, const unsigned char *bytes, size_t len, struct buf *err)
{
	struct reader reader = { .flat = { bytes, len, 0 }, .graph = graph, .err = err };
	struct flat *flat = &reader.flat;
	size_t count, first;
	char *made;
	int result;

	memset(graph, 0, sizeof *graph);
	if (len < 8 || memcmp(bytes + 4, "TFL3", 4) != 0) {
		buf_adds(err, "it is no TensorFlow Lite file");
		return -1;
	}
	reader.model = flat_root(flat);
	first = flat_vector(flat, reader.model, MODEL_SUBGRAPHS, 4, &count);
	if (count != 1)
		return refuse(&reader, "it has not exactly one graph");
	reader.subgraph = flat_element(flat, first, 0);
	if (read_tensors(&reader) != 0)
		return -1;
	made = xcalloc((size_t)graph->tensor_count, 1);
	result = read_ends(&reader, made);
	free(made);
	return result;
}

void
graph_release(struct graph *graph)
{
	int i;

	for (i = 0; i < graph->tensor_count; i++) {
		free(graph->tensors[i].integers);
		free(graph->tensors[i].constant);
	}
	for (i = 0; i < graph->layer_count; i++) {
		free(graph->layers[i].custom);
		free(graph->layers[i].packed);
	}
	free(graph->tensors);
	free(graph->layers);
	memset(graph, 0, sizeof *graph);
}
