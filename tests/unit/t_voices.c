/* voices: where very many people answer about one record nobody's word is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "lib/decision/machine.h"
#include "lib/decision/standing.h"
#include "lib/decision/voices.h"
#include "lib/batch/journal.h"

#define RECORD "k3vqzn7w-1"
#define PICTURE "aa00000000000000000000000000000000000000000000000000000000000000"

static const struct standing_of of = { .record = RECORD, .picture = PICTURE };
static const struct journal_answer
    pass = { .kind = JOURNAL_REVIEW, .record = RECORD, .role = "reviewer",
	.field = "photo", .picture = PICTURE, .after = "pass" },
    reject = { .kind = JOURNAL_REVIEW, .record = RECORD, .role = "reviewer",
	.field = "photo", .picture = PICTURE, .after = "reject", .reason = "闭眼" },
    confirm = { .kind = JOURNAL_LOCK, .record = RECORD, .role = "school",
	.field = "photo", .picture = PICTURE },
    claim = { .kind = JOURNAL_CORRECTION, .record = RECORD, .role = "school",
	.field = "name", .before = "张三", .after = "张参" };

static char names[VOICES_MAX + 1][8];
static struct journal_answer said[VOICES_MAX + 1];

static const char *
say(struct standing *standing, const struct journal_answer *answer)
{
	int changed;

	return standing_say(standing, answer, &changed);
}

/* As many people as are heard say it, and one more. */
static void
crowd(struct standing *standing, const struct journal_answer *answer)
{
	standing_begin(&of, standing);
	for (int i = 0; i <= VOICES_MAX; i++) {
		snprintf(names[i], sizeof names[i], "%d", i);
		said[i] = *answer;
		said[i].who = names[i];
		if (i < VOICES_MAX)
			assert_null(say(standing, &said[i]));
	}
	assert_non_null(say(standing, &said[VOICES_MAX]));
}

static void
a_dispute_among_many_stays_one(void **state)
{
	struct journal_answer other = reject;
	struct standing standing;

	(void)state;
	crowd(&standing, &pass);
	other.who = names[VOICES_MAX - 1];
	assert_null(say(&standing, &other));
	assert_int_equal(standing.of[MATTER_PICTURE], STATE_DISPUTED);
	assert_non_null(say(&standing, &said[VOICES_MAX]));
	assert_int_equal(standing.of[MATTER_PICTURE], STATE_DISPUTED);
	said[VOICES_MAX].before = "conflict";
	assert_null(say(&standing, &said[VOICES_MAX]));
	assert_int_equal(standing.of[MATTER_PICTURE], STATE_PASSED);
}

static void
a_reviewer_is_heard_after_a_whole_school(void **state)
{
	struct journal_answer other = reject;
	struct standing standing;

	(void)state;
	crowd(&standing, &confirm);
	other.who = "评";
	assert_null(say(&standing, &other));
	assert_int_equal(standing.of[MATTER_PICTURE], STATE_REJECTED);
}

static void
a_name_that_many_claim_can_be_settled(void **state)
{
	struct journal_answer accept = { .kind = JOURNAL_IDENTITY, .record = RECORD,
	    .role = "operator", .field = "name", .who = "经", .before = "张三",
	    .after = "张参" };
	struct standing standing;

	(void)state;
	crowd(&standing, &claim);
	assert_null(say(&standing, &accept));
	assert_null(say(&standing, &said[VOICES_MAX]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dispute_among_many_stays_one),
		cmocka_unit_test(a_reviewer_is_heard_after_a_whole_school),
		cmocka_unit_test(a_name_that_many_claim_can_be_settled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
