/* journal and decide: appended once, never lost, applied as tc-journal(5) says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/node.h"
#include "lib/batch/acknowledged.h"
#include "lib/batch/batch.h"
#include "lib/decision/decide.h"
#include "lib/batch/journal.h"
#include "lib/profile/profile.h"
#include "lib/decision/status.h"

#define SUM "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER "ffff456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static char directory[] = "/tmp/tc-journal.XXXXXX";
static char path[sizeof directory + 32];

struct fixture {
	struct batch batch;
	struct profile *profile;
};

static int
setup(void **state)
{
	static struct fixture fixture;
	struct buf err = BUF_INIT;

	if (mkdtemp(directory) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/decisions.ndjson", directory);
	fixture.batch.directory = directory;
	fixture.batch.id = (char *)(uintptr_t)"k3vqzn7w";
	fixture.profile = profile_load("share/profiles/jiangsu.conf", &err);
	*state = &fixture;
	return fixture.profile != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;

	unlink(path);
	rmdir(directory);
	profile_free(fixture->profile);
	return 0;
}

static int
forget(void **state)
{
	(void)state;
	unlink(path);
	return 0;
}

static size_t
say(void **state, struct journal_answer answer)
{
	const struct fixture *fixture = *state;
	struct buf err = BUF_INIT;
	size_t added = 99;

	if (answer.record == NULL)
		answer.record = "k3vqzn7w-7";
	if (answer.who == NULL)
		answer.who = "甲";
	if (journal_append(&fixture->batch, &answer, 1, &added, &err) != 0)
		fail_msg("%s", err.data);
	buf_release(&err);
	return added;
}

/* The record after the answers: one rejected check of the given id. */
static struct node *
applied(void **state, const char *picture, const char *check)
{
	const struct fixture *fixture = *state;
	struct buf err = BUF_INIT, text = BUF_INIT;
	struct journal *journal = journal_load(&fixture->batch, &err);
	struct node *photo;

	assert_non_null(journal);
	buf_addf(&text, "{\"type\":\"photo\",\"id\":\"k3vqzn7w-7\",\"student\":"
	    "{\"name\":\"张三\",\"student_no\":\"2022\"},\"match\":{\"state\":"
	    "\"matched\"},\"source\":{\"sha256\":\"%s\"},\"checks\":[", picture);
	for (int i = 0; profile_required_check(fixture->profile, (size_t)i) !=
	    NULL; i++)
		buf_addf(&text, "{\"id\":\"%s\",\"by\":\"tc-check\",\"level\":"
		    "\"reject\",\"verdict\":\"pass\"},",
		    profile_required_check(fixture->profile, (size_t)i));
	buf_addf(&text, "{\"id\":\"%s\",\"by\":\"tc-check\",\"level\":"
	    "\"reject\",\"verdict\":\"%s\"}]}", check != NULL ? check :
	    "pose.roll", check != NULL ? "fail" : "pass");
	photo = node_parse(text.data, text.len, &err);
	assert_non_null(photo);
	decide_apply(journal, photo);
	status_derive(photo, fixture->profile);
	journal_free(journal);
	buf_release(&text);
	buf_release(&err);
	return photo;
}

static void
is_status(void **state, const char *picture, const char *check,
    enum status wanted)
{
	struct node *photo = applied(state, picture, check);

	assert_string_equal(node_text(photo, "status"), status_name(wanted));
	node_free(photo);
}

static struct journal_answer
review(const char *who, const char *after)
{
	return (struct journal_answer){ .kind = JOURNAL_REVIEW,
	    .picture = SUM, .who = who, .after = after, .file = "f1" };
}

static void
the_same_answer_is_kept_once(void **state)
{
	struct journal_answer lock = { .kind = JOURNAL_LOCK, .picture = SUM };
	struct journal_answer unlock = { .kind = JOURNAL_UNLOCK };

	assert_int_equal(say(state, review("甲", "pass")), 1);
	assert_int_equal(say(state, review("甲", "pass")), 0);
	assert_int_equal(say(state, review("乙", "pass")), 1);
	assert_int_equal(say(state, lock), 1);
	assert_int_equal(say(state, lock), 0);
	assert_int_equal(say(state, unlock), 1);
	assert_int_equal(say(state, lock), 1);
}

static void
an_old_file_read_again_does_not_undo_newer_answers(void **state)
{
	struct journal_answer newer = review("甲", "pass");

	newer.file = "f2";
	say(state, review("甲", "reject"));
	say(state, newer);
	assert_int_equal(say(state, review("甲", "reject")), 0);
	is_status(state, SUM, NULL, STATUS_PASS);
}

static void
a_torn_line_is_cut_off_and_nothing_else_is_lost(void **state)
{
	const struct fixture *fixture = *state;
	struct buf err = BUF_INIT;
	struct journal *journal;
	FILE *file;

	say(state, review("甲", "reject"));
	file = fopen(path, "a");
	fputs("{\"kind\":\"review\",\"rec", file);
	fclose(file);
	is_status(state, SUM, NULL, STATUS_REJECT);
	assert_int_equal(say(state, review("乙", "reject")), 1);
	journal = journal_load(&fixture->batch, &err);
	assert_int_equal(journal_count(journal), 2);
	journal_free(journal);
	file = fopen(path, "a");
	fputs("rubbish\n", file);
	fclose(file);
	assert_null(journal_load(&fixture->batch, &err));
	assert_non_null(strstr(err.data, "line 3"));
	buf_release(&err);
}

static void
an_answer_must_be_whole_and_of_this_batch(void **state)
{
	const struct fixture *fixture = *state;
	struct journal_answer answers[] = {
		{ .kind = JOURNAL_REVIEW, .who = "甲", .after = "pass",
		    .record = "k3vqzn7w-7" },
		{ .kind = JOURNAL_REVIEW, .who = "甲", .after = "maybe",
		    .record = "k3vqzn7w-7", .picture = SUM },
		{ .kind = JOURNAL_LOCK, .who = "甲", .record = "otherone-7",
		    .picture = SUM },
		{ .kind = JOURNAL_LOCK, .record = "k3vqzn7w-7",
		    .picture = SUM },
	};

	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		struct buf err = BUF_INIT;

		assert_int_equal(journal_append(&fixture->batch, &answers[i], 1,
		    NULL, &err), -1);
		assert_true(err.len > 0);
		buf_release(&err);
	}
}

static void
a_decision_stays_with_its_picture(void **state)
{
	say(state, review("甲", "pass"));
	is_status(state, SUM, "pose.roll", STATUS_PASS);
	is_status(state, OTHER, "pose.roll", STATUS_REJECT);
}

static void
what_is_never_waived_stays_rejected(void **state)
{
	struct journal_answer exemption = { .kind = JOURNAL_EXEMPTION,
	    .field = "face.count", .reason = "A" };

	say(state, review("甲", "pass"));
	say(state, exemption);
	is_status(state, SUM, "face.count", STATUS_REJECT);
	is_status(state, SUM, "identity.face", STATUS_REJECT);
	is_status(state, SUM, "file.readable", STATUS_UNREADABLE);
}

static void
an_exemption_makes_a_reject_a_review_for_any_picture(void **state)
{
	struct journal_answer exemption = { .kind = JOURNAL_EXEMPTION,
	    .field = "pose.roll", .reason = "A" };

	say(state, exemption);
	is_status(state, SUM, "pose.roll", STATUS_REVIEW);
	is_status(state, OTHER, "pose.roll", STATUS_REVIEW);
	is_status(state, OTHER, "eyes.open", STATUS_REJECT);
	say(state, review("甲", "pass"));
	is_status(state, SUM, "pose.roll", STATUS_PASS);
}

static void
people_who_disagree_are_both_named(void **state)
{
	struct journal_answer settled = review("丙", "reject");
	struct node *photo, *said;

	say(state, review("甲", "pass"));
	say(state, review("乙", "reject"));
	photo = applied(state, SUM, NULL);
	assert_string_equal(node_text(photo, "status"), "review");
	said = node_get(node_get(photo, "decision"), "said");
	assert_string_equal(node_text(node_at(said, 0), "who"), "甲");
	assert_string_equal(node_text(node_at(said, 1), "who"), "乙");
	node_free(photo);
	settled.before = "conflict";
	say(state, settled);
	is_status(state, SUM, NULL, STATUS_REJECT);
}

static void
a_decision_whose_before_is_gone_becomes_review(void **state)
{
	struct journal_answer answer = review("甲", "pass");

	answer.before = "review";
	say(state, answer);
	is_status(state, SUM, "pose.roll", STATUS_REVIEW);
	is_status(state, SUM, NULL, STATUS_PASS);
}

static void
a_claim_holds_until_the_roster_agrees_or_the_operator_says(void **state)
{
	struct journal_answer claim = { .kind = JOURNAL_CORRECTION,
	    .field = "name", .before = "张三", .after = "张参", .file = "f" };
	struct journal_answer right = { .kind = JOURNAL_IDENTITY,
	    .field = "name", .before = "张三", .after = "张参" };
	struct journal_answer same = claim;
	struct node *photo;

	same.after = "张 三";		/* what the roster says, folded */
	same.field = "student_no";
	same.before = same.after = "2022";
	say(state, same);
	is_status(state, SUM, NULL, STATUS_PASS);
	say(state, claim);
	is_status(state, SUM, NULL, STATUS_REVIEW);
	is_status(state, SUM, "pose.roll", STATUS_REJECT);
	say(state, right);
	photo = applied(state, SUM, NULL);
	assert_string_equal(node_text(photo, "status"), "pass");
	assert_string_equal(node_text(node_get(photo, "student"), "name"),
	    "张参");
	node_free(photo);
}

static void
delivery_locks_until_a_retake_is_asked_for(void **state)
{
	const struct fixture *fixture = *state;
	struct journal_answer delivery = { .kind = JOURNAL_DELIVERY,
	    .picture = SUM, .file = "b", .file_name = "bundle.zip" };
	struct buf err = BUF_INIT;
	struct journal *journal;

	say(state, delivery);
	journal = journal_load(&fixture->batch, &err);
	assert_string_equal(decide_lock(journal, "k3vqzn7w-7")->picture, SUM);
	assert_null(decide_lock(journal, "k3vqzn7w-8"));
	journal_free(journal);
	say(state, review("学校", "reject"));
	journal = journal_load(&fixture->batch, &err);
	assert_null(decide_lock(journal, "k3vqzn7w-7"));
	journal_free(journal);
}

static void
the_register_has_the_last_word(void **state)
{
	struct journal_answer answer = { .kind = JOURNAL_REGISTER,
	    .picture = SUM, .after = "rejected", .file = "r1" };

	say(state, review("甲", "pass"));
	say(state, answer);
	is_status(state, SUM, NULL, STATUS_REJECT);
	is_status(state, OTHER, NULL, STATUS_PASS);
	answer.after = "uncertain";
	answer.file = "r2";
	say(state, answer);
	is_status(state, SUM, NULL, STATUS_REVIEW);
}

/* Who has seen one trouble of a picture has not seen another one. */
static void
a_failure_is_known_by_its_reason(void **state)
{
	const struct fixture *fixture = *state;
	struct journal_answer answer = { .kind = JOURNAL_ACKNOWLEDGE,
	    .after = "known", .who = "甲", .picture = SUM,
	    .reason = "cannot be decoded", .file_name = "a.zip" };
	struct buf err = BUF_INIT;
	struct acknowledged *acknowledged;
	struct journal *journal;
	char mark[HASH_TEXT];

	acknowledged_mark_failure(SUM, "cannot be decoded", mark);
	answer.field = mark;
	assert_int_equal(journal_append(&fixture->batch, &answer, 1, NULL, &err), 0);
	journal = journal_load(&fixture->batch, &err);
	assert_non_null(journal);
	acknowledged = acknowledged_new(journal);
	assert_true(acknowledged_failure(acknowledged, SUM, "cannot be decoded"));
	assert_false(acknowledged_failure(acknowledged, SUM, "it took too long"));
	assert_false(acknowledged_failure(acknowledged, OTHER, "cannot be decoded"));
	assert_false(acknowledged_failure(acknowledged, NULL, "cannot be decoded"));
	acknowledged_free(acknowledged);
	journal_free(journal);
	buf_release(&err);
}

#define TEST(name) cmocka_unit_test_teardown(name, forget)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_failure_is_known_by_its_reason),
		TEST(the_same_answer_is_kept_once),
		TEST(an_old_file_read_again_does_not_undo_newer_answers),
		TEST(a_torn_line_is_cut_off_and_nothing_else_is_lost),
		TEST(an_answer_must_be_whole_and_of_this_batch),
		TEST(a_decision_stays_with_its_picture),
		TEST(what_is_never_waived_stays_rejected),
		TEST(an_exemption_makes_a_reject_a_review_for_any_picture),
		TEST(people_who_disagree_are_both_named),
		TEST(a_decision_whose_before_is_gone_becomes_review),
		TEST(a_claim_holds_until_the_roster_agrees_or_the_operator_says),
		TEST(delivery_locks_until_a_retake_is_asked_for),
		TEST(the_register_has_the_last_word),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
