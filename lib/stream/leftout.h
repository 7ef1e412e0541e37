#ifndef TC_LEFTOUT_H
#define TC_LEFTOUT_H
/*
 * leftout: who is not in a product and why, for a dry run.
 *
 * A product reports every record that it leaves out; in a dry run that is a line for the
 * operator, masked, and is counted.
 */
struct leftout;
struct node;
struct profile;

/* NULL when this is no dry run: then nothing is reported. */
struct leftout *leftout_new(void);
void leftout_free(struct leftout *leftout);

/* Report a photo that is not in it; why is an English word or sentence, or NULL: its status,
 * with the reasons of the checks. */
void leftout_tell(struct leftout *leftout, const struct node *photo,
    const struct profile *profile, const char *why);
/* The last line: how many, for each reason. */
void leftout_end(const struct leftout *leftout);

#endif
