#include "lib/decision/account.h"

#include <stdio.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/base/text.h"
#include "lib/batch/journal.h"
#include "lib/decision/grounds.h"
#include "lib/decision/status.h"
#include "lib/profile/profile.h"
#include "lib/profile/workdays.h"

static const char failed[] = "failed", cooling[] = "cooling", locked[] = "locked";

enum { DAY = sizeof "YYYY-MM-DD" - 1 };

/* ---- what the journal says ---- */

/* Whether an answer lets the student begin anew. */
static int
opens(const struct journal_answer *answer, const struct account *account)
{
	const char *picture = account->by != NULL ? account->by->picture : NULL;

	switch (answer->kind) {
	case JOURNAL_UNLOCK:
	case JOURNAL_EXEMPTION:
		return 1;
	case JOURNAL_REVIEW:
		return text_same(answer->after, "pass") && (picture == NULL ||
		    text_same(answer->picture, picture));
	case JOURNAL_UNLINK:
		return text_same(answer->picture, picture);
	default:
		return 0;
	}
}

static void
take_attempt(const struct journal_answer *answer, struct account *account)
{
	account->failures++;
	account->by = answer;
	account->state = text_same(answer->after, locked) ? ACCOUNT_LOCKED :
	    text_same(answer->after, cooling) ? ACCOUNT_COOLING : ACCOUNT_OPEN;
	account->until = account->state == ACCOUNT_COOLING ? answer->field : NULL;
}

void
account_derive(const struct journal *journal, const char *record,
    struct account *account)
{
	const struct journal_answer *answer = NULL;

	*account = (struct account){ .state = ACCOUNT_UNUSED };
	while (record != NULL &&
	    (answer = journal_next(journal, record, answer)) != NULL) {
		if (answer->kind == JOURNAL_ATTEMPT) {
			/* What fails after a cool-down is counted anew. */
			if (account->state == ACCOUNT_COOLING)
				account->failures = 0;
			take_attempt(answer, account);
		} else if (account->state != ACCOUNT_UNUSED &&
		    opens(answer, account)) {
			*account = (struct account){ .state = ACCOUNT_OPEN };
		}
	}
}

int
account_is_closed(const struct account *account, const char *day)
{
	if (account->state == ACCOUNT_LOCKED)
		return 1;
	return account->state == ACCOUNT_COOLING && account->until != NULL &&
	    strncmp(day, account->until, DAY) < 0;
}

/* ---- the record ---- */

/* Failures that close nothing are not reported, but that the account was opened is. */
static int
is_told(const struct account *account)
{
	return account->state > ACCOUNT_OPEN ||
	    (account->state == ACCOUNT_OPEN && account->by == NULL);
}

void
account_set(const struct account *account, struct node *photo)
{
	struct node *member;
	struct buf since = BUF_INIT;

	node_remove(photo, "account");
	if (!is_told(account))
		return;
	member = node_set(photo, "account", node_object());
	node_set_text(member, "state", account->state == ACCOUNT_LOCKED ? locked :
	    account->state == ACCOUNT_COOLING ? cooling : "open");
	node_set_integer(member, "failures", account->failures);
	node_set_text(member, "until", account->until);
	if (account->by != NULL) {
		node_set_text(member, "reason", account->by->reason);
		buf_add(&since, account->by->when, strnlen(account->by->when, DAY));
		node_set_text(member, "since", since.data);
	}
	buf_release(&since);
}

/* A check of a list, or one below it. */
static int
names_check(const struct profile *profile, const char *id)
{
	struct buf item = BUF_INIT;
	int found = 0;

	for (size_t i = 0; !found && profile_item(profile, "retake",
	    "unlock_checks", i, &item); i++) {
		found = strncmp(id, item.data, item.len) == 0 &&
		    (id[item.len] == '\0' || id[item.len] == '.');
		buf_clear(&item);
	}
	buf_release(&item);
	return found;
}

/* Whether a reason that a person gave is one of those, or says one of the words. */
static int
is_said(const struct node *photo, const struct profile *profile)
{
	struct buf item = BUF_INIT;
	int found = 0;

	for (size_t i = 0; !found && profile_item(profile, "retake",
	    "unlock_checks", i, &item); i++) {
		found = grounds_name(photo, item.data);
		buf_clear(&item);
	}
	buf_clear(&item);
	for (size_t i = 0; !found && profile_item(profile, "retake",
	    "unlock_words", i, &item); i++) {
		found = grounds_say(photo, item.data);
		buf_clear(&item);
	}
	buf_release(&item);
	return found;
}

int
account_locks(const struct node *photo, const struct profile *profile)
{
	const struct node *checks = node_get(photo, "checks"), *check;
	const char *id;

	for (size_t i = 0; i < node_count(checks); i++) {
		check = node_at(checks, i);
		id = node_text(check, "id");
		if (id != NULL && text_same(node_text(check, "verdict"), "fail") &&
		    text_same(node_text(check, "level"), "reject") &&
		    names_check(profile, id))
			return 1;
	}
	return is_said(photo, profile);
}

/* ---- a picture is judged ---- */

/* Rejected by the checks or by people; the register's refusal is no attempt. */
static int
is_attempt(const struct node *photo, const struct profile *profile)
{
	return status_of(photo) == STATUS_REJECT &&
	    (status_by_checks(photo, profile) == STATUS_REJECT ||
	    text_same(node_text(node_get(photo, "decision"), "verdict"), "reject"));
}

static int
is_known(const struct journal *journal, const char *record, const char *picture)
{
	const struct journal_answer *answer = NULL;

	while ((answer = journal_next(journal, record, answer)) != NULL)
		if (answer->kind == JOURNAL_ATTEMPT && text_same(answer->picture, picture))
			return 1;
	return 0;
}

/* The first check that rejects it, or what a person said. */
static const char *
reason_of(const struct node *photo)
{
	const struct node *checks = node_get(photo, "checks"), *check;

	for (size_t i = 0; i < node_count(checks); i++) {
		check = node_at(checks, i);
		if (text_same(node_text(check, "verdict"), "fail") &&
		    text_same(node_text(check, "level"), "reject"))
			return node_text(check, "id");
	}
	return node_text(node_get(photo, "decision"), "reason");
}

/* What the attempt does to the account. */
static void
judge(const struct account *account, const struct node *photo,
    const struct profile *profile, const char *day,
    struct journal_answer *attempt, struct account_room *room)
{
	long most = profile_integer(profile, "attempts", "failures_max");
	int before = account->state == ACCOUNT_COOLING ? 0 : account->failures;

	attempt->after = failed;
	if (profile_flag(profile, "attempts", "lock") &&
	    account_locks(photo, profile)) {
		attempt->after = locked;
	} else if (most > 0 && before + 1 >= most &&
	    workdays_calendar_after(day, profile_integer(profile, "attempts",
	    "cool_down_days"), room->until) == 0) {
		attempt->after = cooling;
		attempt->field = room->until;
	}
}

int
account_judge(const struct journal *journal, struct node *photo,
    const struct profile *profile, struct journal_answer *attempt,
    struct account_room *room)
{
	const char *record = node_text(photo, "id");
	const struct node *source = node_get(photo, "source");
	const char *picture = node_text(source, "sha256");
	const char *day = node_text(source, "received");
	struct account account;

	if ((profile_integer(profile, "attempts", "failures_max") == 0 &&
	    !profile_flag(profile, "attempts", "lock")) ||
	    record == NULL || picture == NULL || day == NULL ||
	    node_get(photo, "student") == NULL || !is_attempt(photo, profile) ||
	    is_known(journal, record, picture))
		return 0;
	account_derive(journal, record, &account);
	snprintf(room->when, sizeof room->when, "%.10sT00:00:00Z", day);
	*attempt = (struct journal_answer){ .kind = JOURNAL_ATTEMPT,
	    .record = record, .picture = picture, .reason = reason_of(photo),
	    .role = "tool", .when = room->when };
	judge(&account, photo, profile, day, attempt, room);
	if (account.state == ACCOUNT_COOLING)
		account.failures = 0;
	take_attempt(attempt, &account);
	account_set(&account, photo);
	return 1;
}
