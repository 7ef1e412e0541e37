#include "lib/base/node.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/base/node_parts.h"

enum { INDEX_FROM = 16 };	/* members: fewer are compared in turn */

static struct node *
writable(const struct node *node)
{
	return (struct node *)(uintptr_t)node;
}

/* ---- freeing ---- */

void
node_free_blocks(struct block *blocks)
{
	struct block *next;

	for (; blocks != NULL; blocks = next) {
		next = blocks->next;
		free(blocks->texts);
		free(blocks);
	}
}

static void
drop(struct node *node)
{
	struct block *blocks = node->blocks;
	struct node *child, *next;

	for (child = node->first; child != NULL; child = next) {
		next = child->next;
		drop(child);
	}
	free(node->index);
	if (node->own_name)
		free(writable((const struct node *)node->name));
	if (!node->in_block)
		free(node);
	if (blocks != NULL)
		node_free_blocks(blocks);
}

void
node_free(struct node *root)
{
	if (root != NULL)
		drop(root);
}

/* ---- members ---- */

static size_t
hash_of(const char *name)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *name != '\0'; name++)
		hash = (hash ^ (unsigned char)*name) * 0x100000001b3u;
	return (size_t)(hash ^ hash >> 32);
}

/* Where the member of that name is in the index, or would be. */
static struct node **
place_of(const struct node *object, const char *name)
{
	size_t place = hash_of(name);

	for (;; place++) {
		place &= object->index_size - 1;
		if (object->index[place] == NULL ||
		    strcmp(object->index[place]->name, name) == 0)
			return &object->index[place];
	}
}

static void
make_index(struct node *object)
{
	struct node *child;

	free(object->index);
	for (object->index_size = 4 * INDEX_FROM;
	    object->index_size < 4 * object->count; object->index_size *= 2)
		;
	object->index = xcalloc(object->index_size, sizeof(struct node *));
	for (child = object->first; child != NULL; child = child->next)
		*place_of(object, child->name) = child;
}

static void
forget_index(struct node *parent)
{
	free(parent->index);
	parent->index = NULL;
}

struct node *
node_find(const struct node *object, const char *name)
{
	struct node *child;

	if (object->count >= INDEX_FROM) {
		if (object->index == NULL || 2 * object->count > object->index_size)
			make_index(writable(object));
		return *place_of(object, name);
	}
	for (child = object->first; child != NULL; child = child->next)
		if (*child->name == *name && strcmp(child->name, name) == 0)
			return child;
	return NULL;
}

void
node_attach(struct node *parent, struct node *child)
{
	child->next = NULL;
	if (parent->last != NULL)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	parent->count++;
	if (parent->index != NULL)
		*place_of(parent, child->name) = child;
}

void
node_replace(struct node *parent, struct node *before, struct node *child,
    struct node *value)
{
	struct node *next = child->next, *now = value != NULL ? value : next;

	if (value != NULL)
		value->next = next;
	else
		parent->count--;
	if (before != NULL)
		before->next = now;
	else
		parent->first = now;
	if (next == NULL)
		parent->last = value != NULL ? value : before;
	if (value != NULL && parent->index != NULL)
		*place_of(parent, value->name) = value;
	else
		forget_index(parent);
	parent->at_node = NULL;
	drop(child);
}
