#include "lib/base/pool.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "lib/base/mem.h"
#include "lib/base/msg.h"

/*
 * A number is a chunk's index and an offset in it.  A string that does not fit a
 * chunk gets one of its own.
 */
enum {
	OFFSET_BITS = 16,
	CHUNK_BYTES = 1 << OFFSET_BITS,
	CHUNKS_MAX = 1 << (32 - OFFSET_BITS),
	SLOTS_FIRST = 1024
};

struct pool {
	char **chunks;
	size_t count, room;	/* of chunks */
	size_t current, used;	/* the chunk that is filled, and how far */
	size_t bytes;
	uint32_t *slots;	/* open addressing; 0 is a free slot */
	size_t slot_count, filled;
	uint64_t seed;		/* nobody can make strings that collide */
};

struct pool *
pool_new(void)
{
	struct pool *pool = xcalloc(1, sizeof *pool);

	pool->slot_count = SLOTS_FIRST;
	pool->slots = xcalloc(pool->slot_count, sizeof *pool->slots);
	/* chunk 0 starts with the empty string */
	pool->room = 16;
	pool->chunks = xcalloc(pool->room, sizeof *pool->chunks);
	pool->chunks[0] = xcalloc(1, CHUNK_BYTES);
	pool->count = 1;
	pool->used = 1;
	if (getrandom(&pool->seed, sizeof pool->seed, GRND_NONBLOCK) == -1)
		pool->seed = (uintptr_t)pool;
	return pool;
}

void
pool_free(struct pool *pool)
{
	if (pool == NULL)
		return;
	for (size_t i = 0; i < pool->count; i++)
		free(pool->chunks[i]);
	free(pool->chunks);
	free(pool->slots);
	free(pool);
}

const char *
pool_text(const struct pool *pool, uint32_t number)
{
	return pool->chunks[number >> OFFSET_BITS] +
	    (number & (CHUNK_BYTES - 1));
}

size_t
pool_bytes(const struct pool *pool)
{
	return pool->bytes;
}

static uint64_t
hash_of(const struct pool *pool, const char *text, size_t len)
{
	uint64_t hash = pool->seed ^ len, word;

	for (; len > 0; text += sizeof word) {
		size_t n = len < sizeof word ? len : sizeof word;

		word = 0;
		memcpy(&word, text, n);
		hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
		hash ^= hash >> 32;
		len -= n;
	}
	return hash ^ hash >> 29;
}

static size_t
new_chunk(struct pool *pool, size_t bytes)
{
	if (pool->count == CHUNKS_MAX)
		msg_die("out of memory");
	if (pool->count == pool->room) {
		pool->room *= 2;
		pool->chunks = xrealloc_array(pool->chunks, pool->room,
		    sizeof *pool->chunks);
	}
	pool->chunks[pool->count] = xmalloc(bytes);
	return pool->count++;
}

static uint32_t
store(struct pool *pool, const char *text, size_t len)
{
	size_t chunk, offset = 0;

	if (len >= CHUNK_BYTES) {
		chunk = new_chunk(pool, len + 1);
	} else {
		if (pool->used + len + 1 > CHUNK_BYTES) {
			pool->current = new_chunk(pool, CHUNK_BYTES);
			pool->used = 0;
		}
		chunk = pool->current;
		offset = pool->used;
		pool->used += len + 1;
	}
	memcpy(pool->chunks[chunk] + offset, text, len);
	pool->chunks[chunk][offset + len] = '\0';
	pool->bytes += len + 1;
	return (uint32_t)(chunk << OFFSET_BITS | offset);
}

static void
grow(struct pool *pool)
{
	size_t old_count = pool->slot_count, i, at;
	uint32_t *old = pool->slots;
	const char *text;

	pool->slot_count *= 2;
	pool->slots = xcalloc(pool->slot_count, sizeof *pool->slots);
	for (i = 0; i < old_count; i++) {
		if (old[i] == 0)
			continue;
		text = pool_text(pool, old[i]);
		at = hash_of(pool, text, strlen(text));
		while (pool->slots[at &= pool->slot_count - 1] != 0)
			at++;
		pool->slots[at] = old[i];
	}
	free(old);
}

uint32_t
pool_add(struct pool *pool, const char *text, size_t len)
{
	const char *other;
	size_t at;

	if (len == 0)
		return 0;
	if (pool->filled >= pool->slot_count / 2)
		grow(pool);
	at = hash_of(pool, text, len) & (pool->slot_count - 1);
	while (pool->slots[at] != 0) {
		other = pool_text(pool, pool->slots[at]);
		if (strncmp(other, text, len) == 0 && other[len] == '\0')
			return pool->slots[at];
		at = (at + 1) & (pool->slot_count - 1);
	}
	pool->filled++;
	return pool->slots[at] = store(pool, text, len);
}
