#ifndef TC_RULES_H
#define TC_RULES_H
/*
 * rules: from measured numbers to verdicts, tc-check(1).
 *
 * The checks of one number each are the rows of numbers.h; rules.c judges them, and
 * those that need more than a number.
 */
struct node;
struct profile;
struct subject;

/* The numbers of a picture as an object "name": number, for the record of results
 * (null where not measured). */
struct node *rules_measures(const struct subject *subject);

/* Append the checks of tool to a photo that has "image" and, when a face was
 * found, "face".  measures is NULL when the picture was not decoded. */
void rules_judge(struct node *photo, const char *tool,
    const struct node *measures, const struct profile *profile);

#endif
