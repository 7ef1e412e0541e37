#include "lib/net/net.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/net/graph.h"
#include "lib/net/operators.h"

enum {
	SCRATCH_MAX = 1 << 24,		/* values, of all slabs */
	WORK_MAX = 1 << 30		/* products of one run */
};

/* Memory that tensors use one after the other. */
struct slab {
	size_t size;		/* values */
	float *values;
	int used;
};

struct net {
	char id[HASH_TEXT];
	struct graph graph;
	struct slab *slabs;	/* at most a tensor each */
	int slab_count;
	float *scratch;
	float *out[GRAPH_OUTPUTS];
};

static void
make_call(const struct net *net, int index, struct call *call)
{
	const struct layer *layer = net->graph.layers + index;
	int i;

	memset(call, 0, sizeof *call);
	call->layer = layer;
	for (i = 0; i < layer->inputs; i++)
		if (layer->in[i] >= 0)
			call->in[i] = net->graph.tensors + layer->in[i];
	call->out = net->graph.tensors + layer->out;
	call->scratch = net->scratch;
}

/* ---- memory ---- */

/* The last layer that takes a tensor; one behind all for those that are read at the end. */
static int
last_use(const struct graph *graph, int tensor)
{
	int i, k;

	for (i = 0; i < graph->out_count; i++)
		if (graph->out[i] == tensor)
			return graph->layer_count;
	for (i = graph->layer_count; i-- > 0;)
		for (k = 0; k < graph->layers[i].inputs; k++)
			if (graph->layers[i].in[k] == tensor)
				return i;
	return -1;
}

/* The smallest free slab that holds a tensor, or a new one. */
static int
take_slab(struct net *net, size_t count)
{
	struct slab *slab;
	int best = -1, i;

	for (i = 0; i < net->slab_count; i++)
		if (!net->slabs[i].used && net->slabs[i].size >= count &&
		    (best < 0 || net->slabs[i].size < net->slabs[best].size))
			best = i;
	if (best < 0) {
		best = net->slab_count++;
		slab = net->slabs + best;
		slab->size = count;
		slab->values = xcalloc(count, sizeof *slab->values);
	}
	net->slabs[best].used = 1;
	return best;
}

/* Give what a layer makes a place: place, by tensor, is its slab, -1 for none. */
static void
place_layer(struct net *net, int index, int *place, const int *last)
{
	const struct layer *layer = net->graph.layers + index;
	struct tensor *out = net->graph.tensors + layer->out;
	int first = layer->in[0], i;

	if (layer->operator->in_place && place[first] >= 0 && last[first] == index &&
	    net->graph.tensors[first].count == out->count)
		place[layer->out] = place[first];
	else
		place[layer->out] = take_slab(net, out->count);
	out->values = net->slabs[place[layer->out]].values;
	for (i = 0; i < layer->inputs; i++)
		if (layer->in[i] >= 0 && place[layer->in[i]] >= 0 &&
		    last[layer->in[i]] == index &&
		    place[layer->in[i]] != place[layer->out])
			net->slabs[place[layer->in[i]]].used = 0;
	if (last[layer->out] < 0)
		net->slabs[place[layer->out]].used = 0;
}

/* Values that tensors need if none shares its memory, an upper bound. */
static int
fits_memory(const struct net *net)
{
	const struct graph *graph = &net->graph;
	size_t sum = graph->tensors[graph->in].count;
	int i;

	for (i = 0; i < graph->layer_count; i++) {
		sum += graph->tensors[graph->layers[i].out].count;
		if (sum > SCRATCH_MAX)
			return 0;
	}
	return 1;
}

static void
place_tensors(struct net *net)
{
	struct graph *graph = &net->graph;
	size_t count = (size_t)graph->tensor_count;
	int *place = xcalloc(count, sizeof *place), *last = xcalloc(count, sizeof *last);
	int i;

	net->slabs = xcalloc(count, sizeof *net->slabs);
	for (i = 0; i < graph->tensor_count; i++) {
		place[i] = -1;
		last[i] = last_use(graph, i);
	}
	place[graph->in] = take_slab(net, graph->tensors[graph->in].count);
	graph->tensors[graph->in].values = net->slabs[place[graph->in]].values;
	for (i = 0; i < graph->layer_count; i++)
		place_layer(net, i, place, last);
	for (i = 0; i < graph->out_count; i++)
		net->out[i] = xcalloc(graph->tensors[graph->out[i]].count, sizeof(float));
	free(place);
	free(last);
}

/* ---- open ---- */

/* How many products a layer computes, about: what keeps a hostile file from running
 * for hours. */
static double
work_of(const struct call *call)
{
	const struct layer_options *options = &call->layer->options;
	double weights = call->layer->inputs > 2 && call->in[1] != NULL ?
	    (double)call->in[1]->count : 0;

	return (double)call->out->count * (1 + options->filter[0] * options->filter[1] +
	    weights / call->out->size[3]);
}

/* Hold a layer against its operator and prepare what it needs. */
static int
prepare_layer(struct net *net, int index, size_t *scratch, double *work)
{
	struct layer *layer = net->graph.layers + index;
	const struct operator *operator = layer->operator;
	struct call call;
	size_t wanted;

	make_call(net, index, &call);
	if (call.in[0]->values == NULL || !operator->fits(&call))
		return -1;
	*work += work_of(&call);
	if (operator->pack != NULL)
		layer->packed = operator->pack(&call);
	wanted = operator->scratch != NULL ? operator->scratch(&call) : 0;
	*scratch = wanted > *scratch ? wanted : *scratch;
	return 0;
}

static int
prepare_layers(struct net *net, struct buf *err)
{
	size_t scratch = 1;
	double work = 0;
	int i;

	for (i = 0; i < net->graph.layer_count; i++)
		if (prepare_layer(net, i, &scratch, &work) != 0) {
			buf_addf(err, "its layer %d is of a shape that is not known here",
			    i + 1);
			return -1;
		}
	if (work > WORK_MAX) {
		buf_adds(err, "it is too large");
		return -1;
	}
	net->scratch = xcalloc(scratch, sizeof *net->scratch);
	return 0;
}

static int
prepare(struct net *net, struct buf *err)
{
	const int *size;

	if (!fits_memory(net)) {
		buf_adds(err, "it needs too much memory");
		return -1;
	}
	place_tensors(net);
	size = net->graph.tensors[net->graph.in].size;
	if (size[0] != 1 || size[3] != 3) {
		buf_adds(err, "it does not take a picture");
		return -1;
	}
	return prepare_layers(net, err);
}

struct net *
net_open(const char *path, struct buf *err)
{
	struct buf file = BUF_INIT, reason = BUF_INIT;
	struct net *net = NULL;

	if (io_read_file(path, NET_FILE_MAX, &file, err) != 0)
		goto out;
	net = xcalloc(1, sizeof *net);
	hash_bytes(file.data, file.len, net->id);
	if (graph_read(&net->graph, (const unsigned char *)file.data, file.len,
	    &reason) != 0 || prepare(net, &reason) != 0) {
		buf_addf(err, "the network '%s' cannot be used: %s", path, reason.data);
		net_free(net);
		net = NULL;
	}
out:
	buf_release(&reason);
	buf_release(&file);
	return net;
}

void
net_free(struct net *net)
{
	int i;

	if (net == NULL)
		return;
	for (i = 0; i < net->slab_count; i++)
		free(net->slabs[i].values);
	for (i = 0; i < GRAPH_OUTPUTS; i++)
		free(net->out[i]);
	free(net->slabs);
	free(net->scratch);
	graph_release(&net->graph);
	free(net);
}

/* ---- use ---- */

const char *
net_id(const struct net *net)
{
	return net->id;
}

int
net_width(const struct net *net)
{
	return net->graph.tensors[net->graph.in].size[2];
}

int
net_height(const struct net *net)
{
	return net->graph.tensors[net->graph.in].size[1];
}

/* To the nearest step; what is no number, or too large for one, is 0. */
static float
in_steps(float value)
{
	float steps = value * NET_STEPS;

	if (!(steps > -1e9f && steps < 1e9f))
		return 0;
	return (float)(int)(steps + (steps < 0 ? -0.5f : 0.5f)) / NET_STEPS;
}

void
net_run(struct net *net, const unsigned char *rgb)
{
	struct graph *graph = &net->graph;
	const struct tensor *in = graph->tensors + graph->in;
	struct call call;
	size_t at;
	int i;

	for (at = 0; at < in->count; at++)
		in->values[at] = (float)rgb[at] / 255;
	for (i = 0; i < graph->layer_count; i++) {
		make_call(net, i, &call);
		call.layer->operator->run(&call);
	}
	for (i = 0; i < graph->out_count; i++) {
		const struct tensor *out = graph->tensors + graph->out[i];

		for (at = 0; at < out->count; at++)
			net->out[i][at] = in_steps(out->values[at]);
	}
}

size_t
net_output_size(const struct net *net, int output)
{
	return output >= 0 && output < net->graph.out_count ?
	    net->graph.tensors[net->graph.out[output]].count : 0;
}

const float *
net_output(const struct net *net, int output)
{
	return net_output_size(net, output) > 0 ? net->out[output] : NULL;
}
