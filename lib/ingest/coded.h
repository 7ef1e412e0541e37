#ifndef TC_CODED_H
#define TC_CODED_H
/*
 * coded: what is different where students are known by their capture codes.
 */
struct profile;
struct roster;

/* Ends the tool when --codes is given and the profile has another identity. */
void coded_option(const char *codes, const struct profile *profile);

/* Collectors get no lists of names: where a roster has them all the same, the operator
 * is warned and they are not kept. */
void coded_roster(struct roster *roster, const struct profile *profile);

#endif
