#ifndef DRAW_RNG_H
#define DRAW_RNG_H
/*
 * rng: pseudo-random numbers that are the same on every machine.
 *
 * splitmix64: one 64-bit word of state, integer arithmetic only; the reals
 * are made from its upper 53 bits.
 */
#include <stdint.h>	/* uint64_t */

struct rng {
	uint64_t state;
};

/* Start a sequence; nearby seeds give unrelated sequences.  stream tells
 * sequences of one seed apart (student number, purpose). */
void rng_init(struct rng *rng, uint64_t seed, uint64_t stream);

uint64_t rng_next(struct rng *rng);

/* A whole number in [0, below), below > 0. */
unsigned rng_below(struct rng *rng, unsigned below);

/* A real in [low, high). */
double rng_real(struct rng *rng, double low, double high);

/* About normal around 0 with deviation 1, within -3.5 and 3.5. */
double rng_normal(struct rng *rng);

#endif
