#ifndef TC_NET_H
#define TC_NET_H
/*
 * net: run a small pretrained neural network.
 *
 * A network is a TensorFlow Lite file with one picture as its input and one or more
 * lists of numbers as its outputs, of operators that lib/net/operators.c knows, in
 * 32-bit or 16-bit floats.  Everything is plain C in one order of additions and
 * without the system's exp(3), so that the same picture gives the same numbers on
 * every processor; outputs are rounded to NET_STEPS in addition, so that no decision
 * depends on a last bit.
 *
 * Files are not trusted: every reference inside, every size and every shape is
 * checked when the network is opened, and running it cannot fail after that.
 *
 * Open before fork(2): children use their copy of the weights.  A network has its
 * scratch memory inside: never two threads in one.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct net;

enum {
	NET_FILE_MAX = 16 << 20,	/* bytes */
	NET_STEPS = 256			/* of an output from 0 to 1 */
};

/* Read a network.  NULL, with the reason in err, when the file cannot be read, is not
 * complete, or needs an operator that is not implemented.  Free with net_free. */
struct net *net_open(const char *path, struct buf *err);
void net_free(struct net *net);

/* The SHA-256 of the file, for cache keys; borrowed. */
const char *net_id(const struct net *net);

/* The picture that it takes. */
int net_width(const struct net *net);
int net_height(const struct net *net);

/* Run it on net_width * net_height pixels of three bytes, rows without padding; the
 * network sees each as 0..1. */
void net_run(struct net *net, const unsigned char *rgb);

/* The outputs of the last run, by their place in the file: how many values one has
 * (0 where there is none), and these, in multiples of 1/NET_STEPS.  Borrowed until
 * the next run; what is no number reads as 0. */
size_t net_output_size(const struct net *net, int output);
const float *net_output(const struct net *net, int output);

#endif
