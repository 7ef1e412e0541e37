#ifndef TC_EXCHANGE_H
#define TC_EXCHANGE_H
/*
 * exchange: 照片不是本人.  The pictures of students who name one another, in this file or
 * before, change places; else the picture is nobody's.
 */
struct finding;
struct saying;

void exchange_say(struct saying *saying, const struct finding *finding);

#endif
