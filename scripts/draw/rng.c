#include "scripts/draw/rng.h"

static uint64_t
mix64(uint64_t word)
{
	word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
	word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
	return word ^ (word >> 31);
}

void
rng_init(struct rng *rng, uint64_t seed, uint64_t stream)
{
	rng->state = mix64(seed + 0x9e3779b97f4a7c15u) ^ mix64(~stream);
}

uint64_t
rng_next(struct rng *rng)
{
	rng->state += 0x9e3779b97f4a7c15u;
	return mix64(rng->state);
}

unsigned
rng_below(struct rng *rng, unsigned below)
{
	return (unsigned)((rng_next(rng) >> 32) * below >> 32);
}

double
rng_real(struct rng *rng, double low, double high)
{
	return low + (high - low) * (double)(rng_next(rng) >> 11) * 0x1p-53;
}

double
rng_normal(struct rng *rng)
{
	double sum = 0;
	int i;

	for (i = 0; i < 4; i++)
		sum += rng_real(rng, -1, 1);
	return sum * 0.8660254037844386;	/* sqrt(3/4) */
}
