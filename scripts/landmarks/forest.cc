#include "forest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <algorithm>
#include <functional>
#include <random>
#include <thread>

enum {
	LOOKS = 8,	/* random projections of the residual */
	BINS = 64,	/* of a difference of two pixels, -256 ... 255 */
	LEAST = 10	/* samples in a leaf */
};

struct sample {
	const patch *from;
	float shape[COORDS];
	float left[COORDS];	/* what is left to go, in the mean's frame */
	float looks[LOOKS];
	float a, b;		/* turn from the mean's frame to the shape's */
};

struct pool_pixel {
	int anchor;
	float dx, dy;
};

struct choice {
	int a, b, limit;
	double gain;
};

struct trainer {
	const forest_options *o;
	std::mt19937 random;
	float mean[COORDS];
	std::vector<sample> samples;
	std::vector<pool_pixel> pool;
	std::vector<choice> splits;	/* of the tree that grows */
	std::vector<std::vector<unsigned char>> value;	/* pool x samples */
	std::vector<unsigned char> bytes;
};

static void
put_le(std::vector<unsigned char> *bytes, uint64_t value, int count)
{
	for (int i = 0; i < count; i++)
		bytes->push_back((unsigned char)(value >> (8 * i)));
}

static void
put_float(std::vector<unsigned char> *bytes, float value)
{
	uint32_t bits;

	memcpy(&bits, &value, sizeof(bits));
	put_le(bytes, bits, 4);
}

static double
uniform(trainer *t)
{
	return t->random() / 4294967296.0;
}

static double
gaussian(trainer *t)
{
	double u = uniform(t) + 1e-12;

	return sqrt(-2 * log(u)) * cos(2 * M_PI * uniform(t));
}

/* Call work(first, last) for parts of [0, count), one a thread. */
static void
share(const trainer *t, int count, const std::function<void(int, int)> &work)
{
	std::vector<std::thread> threads;
	int n = t->o->threads;

	for (int i = 1; i < n; i++)
		threads.emplace_back(work, (int)((int64_t)count * i / n),
			(int)((int64_t)count * (i + 1) / n));
	work(0, count / n);
	for (std::thread &thread : threads)
		thread.join();
}

static void
make_samples(trainer *t, const std::vector<patch> &patches)
{
	for (int i = 0; i < COORDS; i++) {
		double sum = 0;
		for (const patch &p : patches)
			sum += p.truth[i];
		t->mean[i] = (float)(sum / patches.size());
	}
	for (const patch &p : patches)
		for (int k = 0; k < t->o->starts; k++) {
			sample s;
			const patch &other = patches[t->random() % patches.size()];
			double jitter = k > 0 ? 1 : 0.3;
			double mix = k > 0 ? uniform(t) * t->o->mix : 0;
			double dx = gaussian(t) * p.shift * jitter;
			double dy = gaussian(t) * p.shift * jitter;
			double scale = exp(gaussian(t) * p.scale * jitter);
			s.from = &p;
			for (int i = 0; i < COORDS; i++)
				s.shape[i] = (float)(scale * ((1 - mix) *
					t->mean[i] + mix * other.truth[i]) +
					(i % 2 == 0 ? dx : dy));
			t->samples.push_back(s);
		}
}

static void
make_pool(trainer *t, int level)
{
	double part = t->o->levels > 1 ? (double)level / (t->o->levels - 1) : 1;
	double reach = t->o->far * pow(t->o->near / t->o->far, part);

	t->pool.clear();
	for (int i = 0; i < t->o->pool; i++) {
		int anchor = i % FACE_TRAINED;
		double angle = 2 * M_PI * uniform(t);
		double r = reach * sqrt(uniform(t));
		pool_pixel p;
		p.anchor = anchor;
		p.dx = (float)(lrint(r * cos(angle) * 16384) / 16384.0);
		p.dy = (float)(lrint(r * sin(angle) * 16384) / 16384.0);
		t->pool.push_back(p);
		put_le(&t->bytes, anchor, 2);
		put_le(&t->bytes, (uint16_t)lrint(p.dx * 16384), 2);
		put_le(&t->bytes, (uint16_t)lrint(p.dy * 16384), 2);
	}
}

static int
patch_index(float v)
{
	v = (float)(v * (FACE_PATCH / FACE_PATCH_REACH)) + FACE_PATCH / 2;
	if (!(v > 0))
		return 0;
	return v >= FACE_PATCH - 1 ? FACE_PATCH - 1 : (int)v;
}

/* As turn_between in lib/check/face_dlib.cc. */
static void
find_turn(const float *mean, sample *s)
{
	float fx = 0, fy = 0, tx = 0, ty = 0, dot = 0, cross = 0, norm = 0;

	for (int i = 0; i < COORDS; i += 2) {
		fx += mean[i] / FACE_TRAINED;
		fy += mean[i + 1] / FACE_TRAINED;
		tx += s->shape[i] / FACE_TRAINED;
		ty += s->shape[i + 1] / FACE_TRAINED;
	}
	for (int i = 0; i < COORDS; i += 2) {
		float x = mean[i] - fx, y = mean[i + 1] - fy;
		float u = s->shape[i] - tx, v = s->shape[i + 1] - ty;
		dot += x * u + y * v;
		cross += x * v - y * u;
		norm += x * x + y * y;
	}
	s->a = dot / norm;
	s->b = cross / norm;
}

static void
begin_level(trainer *t)
{
	t->value.assign(t->pool.size(),
		std::vector<unsigned char>(t->samples.size()));
	share(t, (int)t->samples.size(), [&](int first, int last) {
		for (int k = first; k < last; k++) {
			sample *s = &t->samples[k];
			find_turn(t->mean, s);
			float n = s->a * s->a + s->b * s->b;
			for (int i = 0; i < COORDS; i += 2) {
				float x = s->from->truth[i] - s->shape[i];
				float y = s->from->truth[i + 1] - s->shape[i + 1];
				s->left[i] = (s->a * x + s->b * y) / n;
				s->left[i + 1] = (s->a * y - s->b * x) / n;
			}
			for (size_t i = 0; i < t->pool.size(); i++) {
				const pool_pixel &p = t->pool[i];
				const float *at = s->shape + 2 * p.anchor;
				float x = at[0] + s->a * p.dx - s->b * p.dy;
				float y = at[1] + s->b * p.dx + s->a * p.dy;
				t->value[i][k] = s->from->pixels[patch_index(y) *
					FACE_PATCH + patch_index(x)];
			}
		}
	});
}

static void
end_level(trainer *t)
{
	share(t, (int)t->samples.size(), [&](int first, int last) {
		for (int k = first; k < last; k++) {
			sample *s = &t->samples[k];
			const float *left = s->left;
			for (int i = 0; i < COORDS; i += 2) {
				s->shape[i] = s->from->truth[i] -
					(s->a * left[i] - s->b * left[i + 1]);
				s->shape[i + 1] = s->from->truth[i + 1] -
					(s->b * left[i] + s->a * left[i + 1]);
			}
		}
	});
}

static void
look(trainer *t)
{
	std::vector<float> weight(COORDS * LOOKS);

	for (float &w : weight)
		w = (float)gaussian(t);
	share(t, (int)t->samples.size(), [&](int first, int last) {
		for (int k = first; k < last; k++) {
			sample *s = &t->samples[k];
			float sum[LOOKS] = { 0 };
			for (int i = 0; i < COORDS; i++) {
				for (int j = 0; j < LOOKS; j++)
					sum[j] += s->left[i] * weight[i * LOOKS + j];
			}
			memcpy(s->looks, sum, sizeof(sum));
		}
	});
}

struct bin {
	float count;
	float sum[LOOKS];
};

/* The best limit for the difference of two pool pixels. */
static void
try_pair(const trainer *t, const std::vector<int> &in, choice *c)
{
	const unsigned char *a = t->value[c->a].data();
	const unsigned char *b = t->value[c->b].data();
	bin bins[BINS], low, all;

	memset(bins, 0, sizeof(bins));
	for (int k : in) {
		bin *at = &bins[(a[k] - b[k] + 256) * BINS / 512];
		const float *looks = t->samples[k].looks;
		at->count++;
		for (int j = 0; j < LOOKS; j++)
			at->sum[j] += looks[j];
	}
	memset(&low, 0, sizeof(low));
	memset(&all, 0, sizeof(all));
	for (const bin &one : bins) {
		all.count += one.count;
		for (int j = 0; j < LOOKS; j++)
			all.sum[j] += one.sum[j];
	}
	c->gain = -1;
	for (int i = 0; i < BINS - 1; i++) {
		float low_square = 0, high_square = 0;
		low.count += bins[i].count;
		for (int j = 0; j < LOOKS; j++) {
			low.sum[j] += bins[i].sum[j];
			low_square += low.sum[j] * low.sum[j];
			high_square += (all.sum[j] - low.sum[j]) *
				(all.sum[j] - low.sum[j]);
		}
		float high = all.count - low.count;
		if (low.count < LEAST || high < LEAST)
			continue;
		double gain = low_square / low.count + high_square / high;
		if (gain > c->gain) {
			c->gain = gain;
			c->limit = (i + 1) * (512 / BINS) - 257;
		}
	}
}

static choice
best_split(trainer *t, const std::vector<int> &in)
{
	std::vector<choice> tried(t->o->candidates);

	for (choice &c : tried)
		for (int i = 0; i < 1000; i++) {
			c.a = t->random() % t->pool.size();
			c.b = t->random() % t->pool.size();
			const pool_pixel &p = t->pool[c.a], &q = t->pool[c.b];
			const float *m = t->mean;
			double x = m[2 * p.anchor] + p.dx - m[2 * q.anchor] - q.dx;
			double y = m[2 * p.anchor + 1] + p.dy -
				m[2 * q.anchor + 1] - q.dy;
			if (c.a != c.b && uniform(t) <
				exp(-hypot(x, y) / t->o->lambda))
				break;
		}
	share(t, (int)tried.size(), [&](int first, int last) {
		for (int i = first; i < last; i++)
			try_pair(t, in, &tried[i]);
	});
	choice best = tried[0];
	for (const choice &c : tried)
		if (c.gain > best.gain)
			best = c;
	if (best.gain < 0)
		best.limit = 256;
	return best;
}

static void
put_splits(trainer *t)
{
	for (const choice &c : t->splits) {
		put_le(&t->bytes, c.a, 2);
		put_le(&t->bytes, c.b, 2);
		put_le(&t->bytes, (uint16_t)c.limit, 2);
	}
}

/* The samples that come to a node: those that count and those that follow. */
struct node {
	std::vector<int> in, out;
};

static std::vector<std::vector<float>>
leaf_moves(const trainer *t, const std::vector<node> &leaves)
{
	std::vector<std::vector<float>> moves(leaves.size(),
		std::vector<float>(COORDS));

	share(t, (int)leaves.size(), [&](int first, int last) {
		for (int l = first; l < last; l++) {
			std::vector<float> &move = moves[l];
			for (int k : leaves[l].in)
				for (int i = 0; i < COORDS; i++)
					move[i] += t->samples[k].left[i];
			for (float &v : move)
				v *= (float)(t->o->rate /
					(leaves[l].in.size() + 1));
		}
	});
	return moves;
}

/* Write the leaves, take their moves off what is left. */
static void
put_leaves(trainer *t, const std::vector<node> &leaves)
{
	std::vector<std::vector<float>> moves = leaf_moves(t, leaves);
	float most = 1e-9f;

	for (const std::vector<float> &move : moves)
		for (float v : move)
			most = std::max(most, fabsf(v));
	float scale = most / 127;
	put_float(&t->bytes, scale);
	put_splits(t);
	for (std::vector<float> &move : moves)
		for (float &v : move) {
			int8_t q = (int8_t)lrintf(v / scale);
			t->bytes.push_back((unsigned char)q);
			v = q * scale;
		}
	share(t, (int)leaves.size(), [&](int first, int last) {
		for (int l = first; l < last; l++)
			for (const std::vector<int> *list :
				{ &leaves[l].in, &leaves[l].out })
				for (int k : *list)
					for (int i = 0; i < COORDS; i++)
						t->samples[k].left[i] -=
							moves[l][i];
	});
}

static void
divide(const trainer *t, const std::vector<int> &all, const choice &c,
	std::vector<int> *yes, std::vector<int> *no)
{
	for (int k : all)
		(t->value[c.a][k] - t->value[c.b][k] > c.limit ?
			yes : no)->push_back(k);
}

static void
grow_tree(trainer *t)
{
	std::vector<node> nodes(1);

	look(t);
	for (size_t k = 0; k < t->samples.size(); k++)
		(uniform(t) < t->o->part ? nodes[0].in : nodes[0].out)
			.push_back((int)k);
	t->splits.clear();
	for (int d = 0; d < t->o->depth; d++) {
		std::vector<node> next(2 * nodes.size());
		for (size_t i = 0; i < nodes.size(); i++) {
			choice c = best_split(t, nodes[i].in);
			node *yes = &next[2 * i], *no = &next[2 * i + 1];
			divide(t, nodes[i].in, c, &yes->in, &no->in);
			divide(t, nodes[i].out, c, &yes->out, &no->out);
			t->splits.push_back(c);
		}
		nodes.swap(next);
	}
	put_leaves(t, nodes);
}

static void
put_header(trainer *t)
{
	const int fields[] = { 1, FACE_TRAINED, t->o->levels, t->o->trees,
		t->o->depth, t->o->pool };

	t->bytes.insert(t->bytes.end(), { 't', 'c', 'l', 'm' });
	for (int v : fields)
		put_le(&t->bytes, v, 2);
	for (float v : t->mean)
		put_float(&t->bytes, v);
}

static double
mean_left(const trainer *t)
{
	double sum = 0;

	for (const sample &s : t->samples)
		for (int i = 0; i < COORDS; i += 2)
			sum += hypot(s.from->truth[i] - s.shape[i],
				s.from->truth[i + 1] - s.shape[i + 1]);
	return sum / t->samples.size() / FACE_TRAINED;
}

std::vector<unsigned char>
train_forest(const std::vector<patch> &patches, const forest_options &options)
{
	uint64_t hash = 0xcbf29ce484222325u;
	trainer t;

	t.o = &options;
	t.random.seed(options.seed);
	make_samples(&t, patches);
	put_header(&t);
	for (int level = 0; level < options.levels; level++) {
		make_pool(&t, level);
		begin_level(&t);
		for (int i = 0; i < options.trees; i++)
			grow_tree(&t);
		end_level(&t);
		fprintf(stderr, "level %d: %.4f box widths\n", level + 1,
			mean_left(&t));
	}
	for (unsigned char byte : t.bytes)
		hash = (hash ^ byte) * 0x100000001b3u;
	put_le(&t.bytes, hash, 8);
	return t.bytes;
}
