#ifndef TC_EXCHANGE_H
#define TC_EXCHANGE_H
/*
 * exchange: the answer 照片不是本人.  The pictures of students who name one another, in
 * this file or before, are swapped; else the picture is nobody's.
 */
struct finding;
struct saying;

/* Add to saying the journal's answers for this finding. */
void exchange_say(struct saying *saying, const struct finding *finding);

#endif
