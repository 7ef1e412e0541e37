#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/workers.h"

/* What the parent got, one character a job. */
struct seen {
	struct buf letters;
	struct buf reasons;
};

static void *volatile memory;	/* so that no compiler leaves the asking out */

/* The job is a letter: upper case comes back in lower case, 'X' crashes, 'L'
 * loops for ever, 'M' asks for memory until there is none. */
static void
work(void *state, const char *job, size_t len, struct buf *result)
{
	(void)state;
	assert_int_equal(len, 1);
	if (*job == 'X')
		raise(SIGKILL);
	while (*job == 'L')
		usleep(1000);
	while (*job == 'M')
		if ((memory = malloc(1 << 20)) == NULL)
			abort();
	if (*job == 'S')
		usleep(20000);
	buf_addc(result, *job + 'a' - 'A');
}

static void
done(void *state, const char *job, size_t job_len, const char *result, size_t len,
    const char *reason)
{
	struct seen *seen = state;

	(void)len;
	assert_int_equal(job_len, 1);
	buf_addc(&seen->letters, result != NULL ? *result : '!');
	if (result == NULL)
		buf_addf(&seen->reasons, "%c: %s\n", *job, reason);
}

static void
run(const char *jobs, int count, double seconds, struct seen *seen)
{
	struct workers_setup setup = { .count = count, .seconds = seconds,
	    .memory = 2ULL << 30, .state = seen, .work = work, .done = done };
	struct workers *workers = workers_start(&setup);
	const char *job;

	buf_init(&seen->letters);
	buf_init(&seen->reasons);
	for (job = jobs; *job != '\0'; job++)
		if (*job == '.')
			workers_pass(workers, job, 1);
		else
			workers_submit(workers, job, 1);
	workers_end(workers);
}

static void
release(struct seen *seen)
{
	buf_release(&seen->letters);
	buf_release(&seen->reasons);
}

static void
test_results_keep_their_order(void **state)
{
	static const char jobs[] = "SABC.SDEFGHIJKSNOPQ.RTUVW";
	struct seen seen;
	int count;

	(void)state;
	for (count = 1; count <= 4; count++) {
		run(jobs, count, 0, &seen);
		assert_string_equal(seen.letters.data, "sabc.sdefghijksnopq.rtuvw");
		release(&seen);
	}
}

static void
test_a_crash_costs_its_job_only(void **state)
{
	struct seen seen;

	(void)state;
	run("ABXCDXXE", 2, 0, &seen);
	assert_string_equal(seen.letters.data, "ab!cd!!e");
	assert_non_null(strstr(seen.reasons.data, "signal 9"));
	release(&seen);
}

static void
test_a_hang_is_stopped(void **state)
{
	struct seen seen;

	(void)state;
	run("ALB", 2, 0.3, &seen);
	assert_string_equal(seen.letters.data, "a!b");
	assert_string_equal(seen.reasons.data, "L: it took longer than 0.3 s\n");
	release(&seen);
}

static void
test_memory_is_limited(void **state)
{
	struct seen seen;

	(void)state;
	run("AMB", 1, 0, &seen);
	assert_string_equal(seen.letters.data, "a!b");
	release(&seen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_results_keep_their_order),
		cmocka_unit_test(test_a_crash_costs_its_job_only),
		cmocka_unit_test(test_a_hang_is_stopped),
		cmocka_unit_test(test_memory_is_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
