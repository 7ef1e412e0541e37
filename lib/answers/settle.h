#ifndef TC_SETTLE_H
#define TC_SETTLE_H
/*
 * settle: the operator's decision about an open claim, remark or doubt.
 */
struct finding;
struct saying;

/* Add to saying the journal's answers for it.  Returns a clause why it is refused, or
 * NULL. */
const char *settle_say(struct saying *saying, const struct finding *finding);

#endif
