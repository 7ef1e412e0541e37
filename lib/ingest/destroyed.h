#ifndef TC_DESTROYED_H
#define TC_DESTROYED_H
/*
 * destroyed: files of a batch that are to be deleted, and the list that proves it.
 *
 * The list (销毁清单) is a CSV file in the batch that is only appended to: kind, SHA-256,
 * bytes, day, who, why.  It holds no name of a person and none of a file.  A line is
 * durable before its file is removed; what was listed by a run that was killed is not
 * listed again.
 */
#include <stddef.h>	/* size_t */

struct batch;
struct buf;
struct destroyed;

struct destroyed_reason {
	const char *kind;	/* as the profile's section [retention] calls it */
	const char *who;
};

struct destroyed *destroyed_new(void);
void destroyed_free(struct destroyed *list);	/* NULL is fine */

/* Add a file by its name in the batch; of the same name once, and it need not exist. */
void destroyed_add(struct destroyed *list, const char *name);
/* Add every file below a folder of the batch. */
void destroyed_add_folder(struct destroyed *list, const struct batch *batch,
    const char *folder);

/* Remove from the list what is in others too. */
void destroyed_spare(struct destroyed *list, struct destroyed *others);

/* Find out which files exist; after that how many there are, and their size. */
void destroyed_count(struct destroyed *list, const struct batch *batch);
size_t destroyed_files(const struct destroyed *list);
unsigned long long destroyed_bytes(const struct destroyed *list);

/* Append these to the list of destruction and remove them.  0, or -1 with the reason; some
 * may then be left, and the same call continues with them. */
int destroyed_remove(const struct destroyed *list, const struct batch *batch,
    const struct destroyed_reason *reason, struct buf *err);

#endif
