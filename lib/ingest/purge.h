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
 * Files to delete are first written to the batch's list of destruction (PURGE_DESTROYED),
 * which names them by their hashes and names no person, and is made durable; then they are
 * removed.  A run that is killed is simply repeated.  A batch with such a list takes in
 * nothing more.
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

/* Print a line for each kind on standard output, separated by tabs: the kind, the day from
 * which it is due ("-": not handed over), its state ("due", "later", "never", "deleted"),
 * files, bytes.  manifest is the batch's last one, complete.  0, or -1 with the reason. */
int purge_batch(const struct purge *purge, const char *manifest, struct buf *err);

/* End the tool when purge has deleted anything from the batch. */
void purge_refuse(const struct batch *batch);

#endif
