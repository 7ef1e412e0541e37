#ifndef TC_ROSTERSET_H
#define TC_ROSTERSET_H
/*
 * rosterset: the rosters of a run.
 *
 * Those of the command line are one roster; without one, those inside the uploads are.
 */
struct profile;
struct roster;
struct roster_batch;
struct roster_options;

/* Add the roster at path, as a file of that group; ends the tool when it cannot be
 * read. */
void rosterset_read(const char *path, int group,
    const struct roster_options *options, const struct profile *profile,
    struct roster *given);

/* Settle given, if any was read, else found, what the uploads hold; where both have
 * files found is not used, and given has a gap for each of its files. */
void rosterset_settle(struct roster *given, struct roster *found,
    const struct roster_batch *batch, const struct profile *profile);

#endif
