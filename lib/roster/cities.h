#ifndef TC_CITIES_H
#define TC_CITIES_H
/*
 * cities: whether a school's days and hours lie in its city's window, the profile's
 * [window].
 */
struct buf;
struct node;
struct profile;


/* Append a sentence to the array for each of days and hours, window.h, that is not
 * within; NULL is not given.  0, or -1 with the reason. */
int cities_compare(const struct profile *profile, const char *city, int year,
    const char *days, const char *hours, struct node *outside, struct buf *err);

#endif
