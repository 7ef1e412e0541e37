#ifndef TC_NODE_PARTS_H
#define TC_NODE_PARTS_H
/*
 * node_parts: what a node is; only for node.c, node_tree.c,
 * node_read.c and node_print.c.
 *
 * A parsed text makes many nodes: they and their texts lie in blocks that the root
 * owns.  Other nodes are in memory of their own, their text behind them.  A number is
 * kept as it was written, so that what nobody changed comes out as it went in.
 */
#include <stddef.h>	/* size_t */


enum node_kind {
	NODE_NULL, NODE_FALSE, NODE_TRUE, NODE_INTEGER, NODE_REAL, NODE_STRING,
	NODE_ARRAY, NODE_OBJECT
};

struct node {
	unsigned char kind;	/* enum node_kind */
	unsigned char in_block;
	unsigned char own_name;
	const char *name;	/* of a member, or NULL */
	struct node *next;	/* of the same array or object */
	const char *text;	/* of a string or number */
	struct node *first, *last;
	size_t count;
	size_t at;		/* the item asked for last, and its number */
	struct node *at_node;
	struct node **index;	/* members by hash, of a large object; or NULL */
	size_t index_size;	/* a power of two */
	struct block *blocks;	/* of a root that was parsed */
};

/* Where the nodes of a parsed text lie. */
struct block {
	struct block *next;
	size_t used, room;
	char *texts;		/* of the first: all texts of the root */
	struct node nodes[];
};

/* Append child, which has its name, to an array or object. */
void node_attach(struct node *parent, struct node *child);
/* The member, or NULL. */
struct node *node_find(const struct node *object, const char *name);
/* Take child, which follows before (NULL: the first), out of parent and put value (or
 * NULL) there. */
void node_replace(struct node *parent, struct node *before, struct node *child,
    struct node *value);

/* A real rounded to that many decimals, with a point and no more digits than it needs, as
 * %.15g prints it. */
enum { NODE_NUMBER_MAX = 48 };
void node_print_real(double value, int decimals, char text[static NODE_NUMBER_MAX]);

/* Free all blocks. */
void node_free_blocks(struct block *blocks);

#endif
