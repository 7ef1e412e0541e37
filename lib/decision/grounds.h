#ifndef TC_GROUNDS_H
#define TC_GROUNDS_H
/*
 * grounds: the reasons that people and the register gave, as sentences for products.
 *
 * They are quoted as somebody chose or typed them; a reason that is the id of a check, or
 * of a family of checks, becomes its name with the id behind it, so that it can be
 * searched for.  They come from the members that decide.h made; the sentences of checks
 * are in reasons.h.
 */
#include "lib/decision/reasons.h"	/* enum language */

struct buf;
struct node;

/* Append why the picture does not count: what a school, a reviewer or the register
 * rejected it for, or that it is not this student's.  Joined by separator; returns
 * how many there are. */
int grounds_rejected(const struct node *photo, enum language language,
    const char *separator, struct buf *out);
/* The same for what else is open: claims, remarks, doubts, disputes. */
int grounds_open(const struct node *photo, enum language language,
    const char *separator, struct buf *out);
/* What the student has to do about the reasons of grounds_rejected, one sentence each. */
int grounds_advice(const struct node *photo, enum language language,
    const char *separator, struct buf *out);
/* Whether the reasons name a check, or use one of the words. */
int grounds_name(const struct node *photo, const char *check);
int grounds_say(const struct node *photo, const char *word);

/* Append one item of "held" or "register", or "decision", as a sentence. */
void grounds_item(const struct node *item, enum language language,
    struct buf *out);
/* Append one reason as a sentence. */
void grounds_reason(const char *reason, enum language language, struct buf *out);

#endif
