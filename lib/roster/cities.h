#ifndef TC_CITIES_H
#define TC_CITIES_H
/*
 * cities: whether a school's days and hours lie in its city's window, the profile's
 * [window].
 */
struct buf;
struct node;
struct profile;

/* Append the days of a city's window, of that year where the profile names none.  1, 0
 * where the profile has no window of the city, or -1 with the reason. */
int cities_window(const struct profile *profile, const char *city, int year,
    struct buf *days, struct buf *err);

/* Append a sentence to the array for each of days and hours, window.h, that is not
 * within; NULL is not given.  0, or -1 with the reason. */
int cities_compare(const struct profile *profile, const char *city, int year,
    const char *days, const char *hours, struct node *outside, struct buf *err);

#endif
