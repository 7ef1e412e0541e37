#include "lib/decision/judged.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/base/pool.h"
#include "lib/batch/batch.h"
#include "lib/batch/journal.h"
#include "lib/decision/account.h"
#include "lib/decision/status.h"

#define JUDGED_FILE "judged.ndjson"
#define INGEST "tc-ingest"	/* its errors are the uploads' */

enum { NUMBER_MAX = 1 << 26, JUDGED_FILE_MAX = 1 << 28 };

/* An attempt whose texts are kept. */
struct attempt {
	char *record, *picture, *reason;
	const char *after;	/* static */
	struct account_room room;
	int cooling;
};

/* What is remembered of a record: numbers in the pool, 0: nothing. */
struct memory {
	uint32_t rejected, failed;
};

static const char who[] = "tc";	/* tools that follow one another say the same */

struct judged {
	struct buf text;	/* lines, while they are made */
	struct attempt *attempts;
	size_t attempt_count;
	struct pool *pool;	/* "PICTURE TEXT", when read */
	struct memory *of;	/* by the record's number */
	size_t room;
};

struct judged *
judged_new(void)
{
	struct judged *judged = xcalloc(1, sizeof *judged);

	buf_init(&judged->text);
	judged->pool = pool_new();
	return judged;
}

void
judged_free(struct judged *judged)
{
	if (judged == NULL)
		return;
	for (size_t i = 0; i < judged->attempt_count; i++) {
		free(judged->attempts[i].record);
		free(judged->attempts[i].picture);
		free(judged->attempts[i].reason);
	}
	free(judged->attempts);
	buf_release(&judged->text);
	pool_free(judged->pool);
	free(judged->of);
	free(judged);
}

/* ---- writing ---- */

static void
add_failed(const struct node *photo, struct buf *out)
{
	const struct node *checks = node_get(photo, "checks"), *check;
	const char *verdict, *level;

	for (size_t i = 0; i < node_count(checks); i++) {
		check = node_at(checks, i);
		verdict = node_text(check, "verdict");
		level = node_text(check, "level");
		if (verdict == NULL || strcmp(verdict, "fail") != 0 ||
		    level == NULL || strcmp(level, "reject") != 0 ||
		    node_text(check, "id") == NULL)
			continue;
		buf_addf(out, "%s%s", out->len > 0 ? " " : "",
		    node_text(check, "id"));
	}
}

static void
add_rejected(struct judged *judged, const struct node *photo,
    const struct profile *profile)
{
	const char *picture = node_text(node_get(photo, "source"), "sha256");
	struct buf failed = BUF_INIT;
	struct node *line;

	if (picture == NULL || node_get(photo, "student") == NULL ||
	    status_by_checks(photo, profile) != STATUS_REJECT)
		return;
	line = node_object();
	add_failed(photo, &failed);
	node_set_text(line, "record", node_text(photo, "id"));
	node_set_text(line, "picture", picture);
	node_set_text(line, "checks", failed.data);
	node_print(line, &judged->text);
	buf_addc(&judged->text, '\n');
	node_free(line);
	buf_release(&failed);
}

static void
add_failure(struct judged *judged, const struct node *photo)
{
	const char *picture = node_text(node_get(photo, "source"), "sha256");
	const char *reason = status_failure_by_other(photo, INGEST);
	struct node *line;

	if (picture == NULL || reason == NULL)
		return;
	line = node_object();
	node_set_text(line, "record", node_text(photo, "id"));
	node_set_text(line, "picture", picture);
	node_set_text(line, "failure", reason);
	node_print(line, &judged->text);
	buf_addc(&judged->text, '\n');
	node_free(line);
}

static int
add_attempt(struct judged *judged, const struct journal *journal,
    struct node *photo, const struct profile *profile)
{
	int had = node_get(photo, "account") != NULL;
	struct journal_answer answer;
	struct account_room room;
	struct attempt *attempt;
	struct account account;

	if (!account_judge(journal, photo, profile, &answer, &room)) {
		account_derive(journal, node_text(photo, "id"), &account);
		if (account.state != ACCOUNT_UNUSED)
			account_set(&account, photo);
		return had;
	}
	if ((judged->attempt_count & (judged->attempt_count + 1)) == 0)
		judged->attempts = xrealloc_array(judged->attempts,
		    2 * judged->attempt_count + 2, sizeof *judged->attempts);
	attempt = &judged->attempts[judged->attempt_count++];
	*attempt = (struct attempt){ .after = answer.after, .room = room,
	    .cooling = answer.field != NULL };
	attempt->record = xstrdup(answer.record);
	attempt->picture = xstrdup(answer.picture);
	attempt->reason = answer.reason != NULL ? xstrdup(answer.reason) : NULL;
	return 1;
}

int
judged_take(struct judged *judged, const struct journal *journal, struct node *photo,
    const struct profile *profile)
{
	add_rejected(judged, photo, profile);
	add_failure(judged, photo);
	return add_attempt(judged, journal, photo, profile);
}

static int
append_attempts(const struct judged *judged, const struct batch *batch,
    struct buf *err)
{
	struct journal_answer *answers;
	int result;

	if (judged->attempt_count == 0)
		return 0;
	answers = xcalloc(judged->attempt_count, sizeof *answers);
	for (size_t i = 0; i < judged->attempt_count; i++) {
		const struct attempt *attempt = &judged->attempts[i];

		answers[i] = (struct journal_answer){ .kind = JOURNAL_ATTEMPT,
		    .record = attempt->record, .picture = attempt->picture,
		    .reason = attempt->reason, .after = attempt->after,
		    .field = attempt->cooling ? attempt->room.until : NULL,
		    .role = "tool", .who = who, .when = attempt->room.when };
	}
	result = journal_append(batch, answers, judged->attempt_count, NULL, err);
	free(answers);
	return result;
}

int
judged_save(const struct judged *judged, const struct batch *batch,
    struct buf *err)
{
	struct buf path = BUF_INIT;
	int result = 0;

	batch_path(batch, JUDGED_FILE, &path);
	if (judged->text.len > 0 || access(path.data, F_OK) == 0)
		result = batch_store_sealed(batch, JUDGED_FILE, judged->text.data,
		    judged->text.len, err);
	buf_release(&path);
	return result == 0 ? append_attempts(judged, batch, err) : -1;
}

/* ---- reading ---- */

static size_t
number_of(const char *record)
{
	const char *dash = record != NULL ? strrchr(record, '-') : NULL;
	unsigned long number = dash != NULL ? strtoul(dash + 1, NULL, 10) : 0;

	return number < NUMBER_MAX ? number : 0;
}

static struct memory *
memory_of(struct judged *judged, size_t number)
{
	size_t room = 2 * number + 64;

	if (number >= judged->room) {
		judged->of = xrealloc_array(judged->of, room, sizeof *judged->of);
		memset(judged->of + judged->room, 0,
		    (room - judged->room) * sizeof *judged->of);
		judged->room = room;
	}
	return &judged->of[number];
}

static void
take_line(struct judged *judged, const struct node *line)
{
	const char *picture = node_text(line, "picture");
	const char *checks = node_text(line, "checks");
	const char *failure = node_text(line, "failure");
	size_t number = number_of(node_text(line, "record"));
	uint32_t at;
	struct buf text = BUF_INIT;

	if (number == 0 || picture == NULL || (checks == NULL && failure == NULL))
		return;
	buf_addf(&text, "%s %s", picture, checks != NULL ? checks : failure);
	at = pool_add(judged->pool, text.data, text.len);
	if (checks != NULL)
		memory_of(judged, number)->rejected = at;
	else
		memory_of(judged, number)->failed = at;
	buf_release(&text);
}

struct judged *
judged_load(const struct batch *batch)
{
	struct judged *judged = judged_new();
	struct buf text = BUF_INIT, ignored = BUF_INIT;
	struct node *node;
	char *line, *end;

	if (batch_load_sealed(batch, JUDGED_FILE, JUDGED_FILE_MAX, &text, &ignored) == 1)
		for (line = text.data; (end = strchr(line, '\n')) != NULL; line = end + 1) {
			node = node_parse(line, (size_t)(end - line), &ignored);
			if (node != NULL)
				take_line(judged, node);
			node_free(node);
		}
	buf_release(&text);
	buf_release(&ignored);
	return judged;
}

/* What stands there when it is about that picture, or NULL. */
static const char *
text_at(const struct judged *judged, uint32_t at, const char *picture)
{
	const char *text = pool_text(judged->pool, at);
	size_t len = picture != NULL ? strlen(picture) : 0;

	return len > 0 && strncmp(text, picture, len) == 0 && text[len] == ' ' ?
	    text + len + 1 : NULL;
}

const char *
judged_of(const struct judged *judged, const char *record, const char *picture)
{
	size_t number = number_of(record);

	return number < judged->room ? text_at(judged,
	    judged->of[number].rejected, picture) : NULL;
}

const char *
judged_failure(const struct judged *judged, const char *record,
    const char *picture)
{
	size_t number = number_of(record);

	return number < judged->room ? text_at(judged,
	    judged->of[number].failed, picture) : NULL;
}
