#ifndef TC_EXEMPTION_H
#define TC_EXEMPTION_H
/*
 * exemption: the checks from which nobody can be exempted, [decisions] never_waived.
 */
struct profile;

/* Whether check is an item of the profile's list or of the family that an item
 * names: "file" stands for "file.readable". */
int exemption_never(const struct profile *profile, const char *check);

#endif
