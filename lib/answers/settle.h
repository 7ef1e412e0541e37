#ifndef TC_SETTLE_H
#define TC_SETTLE_H
/*
 * settle: what the operator says of what is open.
 */
struct finding;
struct saying;

/* Returns a clause why it cannot be said, or NULL. */
const char *settle_say(struct saying *saying, const struct finding *finding);

#endif
