#ifndef TC_CODED_H
#define TC_CODED_H
/*
 * coded: rules for batches in which students are known by their capture codes alone.
 */
struct profile;
struct roster;

/* Ends the tool when --codes is given and the profile has another identity. */
void coded_option(const char *codes, const struct profile *profile);

/* Collectors must not get lists of names: where a roster has them, warn the operator and
 * drop them. */
void coded_roster(struct roster *roster, const struct profile *profile);

#endif
