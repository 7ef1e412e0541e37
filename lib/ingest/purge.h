#ifndef TC_PURGE_H
#define TC_PURGE_H
/*
 * purge: delete from a batch what was handed over and is past its date.
 *
 * A picture is handed over when a bundle held it, it still passes and the register did
 * not refuse it; so are the earlier pictures of that student.  The days of the profile's
 * section [retention] are counted from the last such delivery of the batch, for each kind
 * of file by itself; while photos wait for a review or for a bundle nothing is due.
 *
 * What is to go is first written to the batch's list of destruction (DESTROYED), which
 * names files by their hashes and nobody, and made durable; then it is removed.  A run
 * that is killed is simply repeated.  Into a batch that has such a list nothing is read
 * any more.
 */
struct batch;
struct buf;
struct journal;
struct profile;

#define PURGE_DESTROYED "destroyed.csv"

struct purge {
	const struct batch *batch;	/* locked BATCH_EXCLUSIVE */
	const struct profile *profile;
	const struct journal *journal;
	const char *who;
	int removes;			/* or only reports what it would remove */
};

/* Print a line for each kind on standard output: the kind, the day from which it is due
 * ("-": not handed over), what is so ("due", "later", "never", "deleted"), files, bytes,
 * parted by tabs.  manifest is the batch's last one, whole.  0, or -1 with the reason. */
int purge_batch(const struct purge *purge, const char *manifest, struct buf *err);

/* End the tool when something was deleted from the batch by its age. */
void purge_refuse(const struct batch *batch);

#endif
