#ifndef TC_NODE_H
#define TC_NODE_H
/*
 * node: one JSON value.
 *
 * Records are read and written again by every tool, so a node is made for that: a text
 * is parsed into one piece of memory, and numbers that nobody changed are printed as
 * they were written.
 *
 * A node that was parsed, made or copied is a root and is freed by its owner
 * with node_free; a node that was set into or appended to another belongs to
 * that one, and what the getters return is borrowed from it.  Members keep
 * their order.  All getters accept NULL and values of another type and then
 * return what stands for "absent", so that paths can be followed without
 * checks: node_real(node_get(photo, "face"), "roll", 0).
 */
#include <stddef.h>	/* size_t */

struct buf;
struct node;

/* Parse UTF-8 text that holds one JSON value; repeated member names and
 * depth above NODE_DEPTH_MAX are errors.  NULL with the reason in err. */
enum { NODE_DEPTH_MAX = 64 };
struct node *node_parse(const char *text, size_t len, struct buf *err);
struct node *node_object(void);
struct node *node_array(void);

struct node *node_number(double value, int decimals);
struct node *node_copy(const struct node *node);	/* deep; NULL of NULL */
void node_free(struct node *root);			/* NULL is fine */

/* Append the value as compact JSON in UTF-8, without a line feed. */
void node_print(const struct node *node, struct buf *out);

/* Members of an object.  node_text returns NULL, node_integer and node_real
 * return fallback, node_true returns 0 where the member is absent or of another
 * type. */
struct node *node_get(const struct node *object, const char *name);
const char *node_text(const struct node *object, const char *name);
/* Whether the member is that text. */
int node_text_is(const struct node *object, const char *name, const char *text);
long long node_integer(const struct node *object, const char *name,
    long long fallback);
double node_real(const struct node *object, const char *name, double fallback);
int node_true(const struct node *object, const char *name);

/* Whether the value is an object. */
int node_is_object(const struct node *node);

/* Whether two values are printed alike; NULL is like NULL only. */
int node_same(const struct node *one, const struct node *other);
/* The names of the members that differ between two objects, those of now first: an array,
 * which the caller frees. */
struct node *node_differing(const struct node *now, const struct node *earlier);

/* Call visit for each member in order. */
void node_each(const struct node *object,
    void (*visit)(void *state, const char *name, struct node *value),
    void *state);

/* Set a member, replacing one of that name.  The first takes value over (NULL
 * becomes null) and returns it.  A real is rounded to that many decimals, so
 * that it prints the same on every machine.  A NULL text removes the member. */
struct node *node_set(struct node *object, const char *name, struct node *value);
void node_set_text(struct node *object, const char *name, const char *text);
void node_set_integer(struct node *object, const char *name, long long value);
void node_set_real(struct node *object, const char *name, double value,
    int decimals);
void node_set_flag(struct node *object, const char *name, int value);
void node_remove(struct node *object, const char *name);

/* Arrays: number of items (0 when not an array), the item (NULL when out of
 * range), the item as a number, append (takes item over), remove. */
size_t node_count(const struct node *array);
struct node *node_at(const struct node *array, size_t index);
double node_real_at(const struct node *array, size_t index, double fallback);
const char *node_text_at(const struct node *array, size_t index);
struct node *node_append(struct node *array, struct node *item);
void node_append_real(struct node *array, double value, int decimals);
void node_append_text(struct node *array, const char *text);
void node_remove_at(struct node *array, size_t index);

#endif
