#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/archive/zipin.h"
#include "lib/archive/zipout.h"
#include "lib/base/buf.h"
#include "lib/base/io.h"

static const char date[] = "2025-04-01";
static const struct zipin_limits limits = { 100000, 4096 };

/* A file in a directory of this test's own; each test has both. */
struct place {
	char directory[64], path[96];
};

static int
make_place(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	snprintf(place->directory, sizeof place->directory,
	    "/tmp/t_zipout.XXXXXX");
	if (mkdtemp(place->directory) == NULL)
		return -1;
	snprintf(place->path, sizeof place->path, "%s/a.zip", place->directory);
	*state = place;
	return 0;
}

static int
remove_place(void **state)
{
	struct place *place = *state;

	unlink(place->path);
	rmdir(place->directory);
	free(place);
	return 0;
}

static void
write_two(const char *path, struct buf *err)
{
	struct zipout *zip = zipout_new(path, date, err);
	struct buf text = BUF_INIT;
	int i;

	for (i = 0; i < 5000; i++)
		buf_addf(&text, "%d,", i);
	assert_non_null(zip);
	assert_int_equal(zipout_add(zip, "机械/张三.jpg", ZIPOUT_STORE, "\xff\xd8",
	    2, err), 0);
	assert_int_equal(zipout_add(zip, "table.csv", ZIPOUT_DEFLATE, text.data,
	    text.len, err), 0);
	assert_int_equal(zipout_close(zip, err), 0);
	buf_release(&text);
}

static void
entries_come_back_as_they_were(void **state)
{
	const struct place *place = *state;
	struct buf err = BUF_INIT, bytes = BUF_INIT;
	struct zipin *zip;

	write_two(place->path, &err);
	zip = zipin_open(place->path, &limits, &err);
	assert_non_null(zip);
	assert_int_equal(zipin_count(zip), 2);
	assert_string_equal(zipin_at(zip, 0)->name, "机械/张三.jpg");
	assert_int_equal(zipin_read(zip, 0, 100, &bytes, &err), 0);
	assert_int_equal(bytes.len, 2);
	assert_memory_equal(bytes.data, "\xff\xd8", 2);
	assert_int_equal(zipin_at(zip, 0)->packed, 2);
	assert_true(zipin_at(zip, 1)->packed < zipin_at(zip, 1)->bytes);
	zipin_close(zip);
	buf_release(&bytes);
	buf_release(&err);
}

static void
the_same_entries_give_the_same_bytes(void **state)
{
	const struct place *place = *state;
	struct buf err = BUF_INIT, first = BUF_INIT, second = BUF_INIT;

	write_two(place->path, &err);
	assert_int_equal(io_read_file(place->path, 1 << 20, &first, &err), 0);
	write_two(place->path, &err);
	assert_int_equal(io_read_file(place->path, 1 << 20, &second, &err), 0);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.data, second.data, first.len);
	buf_release(&first);
	buf_release(&second);
	buf_release(&err);
}

static void
a_file_goes_in_from_its_beginning(void **state)
{
	const struct place *place = *state;
	struct buf err = BUF_INIT, bytes = BUF_INIT;
	FILE *file = tmpfile();
	struct zipout *zip = zipout_new(place->path, date, &err);
	struct zipin *in;

	assert_non_null(file);
	fputs("what the file holds", file);
	fflush(file);
	assert_int_equal(zipout_add_file(zip, "f", ZIPOUT_DEFLATE, fileno(file),
	    &err), 0);
	assert_int_equal(zipout_close(zip, &err), 0);
	in = zipin_open(place->path, &limits, &err);
	assert_int_equal(zipin_read(in, 0, 100, &bytes, &err), 0);
	assert_string_equal(bytes.data, "what the file holds");
	zipin_close(in);
	fclose(file);
	buf_release(&bytes);
	buf_release(&err);
}

static void
more_entries_than_a_plain_zip_counts(void **state)
{
	enum { MANY = 70000 };
	const struct place *place = *state;
	struct buf err = BUF_INIT;
	struct zipout *zip = zipout_new(place->path, date, &err);
	struct zipin *in;
	char name[16];
	int i;

	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof name, "%d", i);
		assert_int_equal(zipout_add(zip, name, ZIPOUT_STORE, name, 1,
		    &err), 0);
	}
	assert_int_equal(zipout_close(zip, &err), 0);
	in = zipin_open(place->path, &limits, &err);
	assert_non_null(in);
	assert_int_equal(zipin_count(in), MANY);
	zipin_close(in);
	buf_release(&err);
}

static void
what_cannot_be_written_is_said(void **state)
{
	struct buf err = BUF_INIT;
	struct zipout *zip;
	char *bytes = calloc(1, 1 << 20);
	int result;

	(void)state;
	assert_null(zipout_new("/nonexistent/a.zip", date, &err));
	assert_non_null(strstr(err.data, "'/nonexistent/a.zip'"));
	buf_clear(&err);
	assert_null(zipout_new("/tmp/never", "yesterday", &err));
	assert_non_null(strstr(err.data, "'yesterday'"));
	buf_clear(&err);
	zip = zipout_new("/dev/full", date, &err);
	assert_non_null(zip);
	result = zipout_add(zip, "a", ZIPOUT_STORE, bytes, 1 << 20, &err);
	result |= zipout_close(zip, &err);
	assert_int_equal(result, -1);
	assert_true(err.len > 0);
	free(bytes);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_come_back_as_they_were),
		cmocka_unit_test(the_same_entries_give_the_same_bytes),
		cmocka_unit_test(a_file_goes_in_from_its_beginning),
		cmocka_unit_test(more_entries_than_a_plain_zip_counts),
		cmocka_unit_test(what_cannot_be_written_is_said),
	};
	struct CMUnitTest each[sizeof tests / sizeof *tests];
	size_t i;

	memcpy(each, tests, sizeof tests);
	for (i = 0; i < sizeof each / sizeof *each; i++) {
		each[i].setup_func = make_place;
		each[i].teardown_func = remove_place;
	}
	return cmocka_run_group_tests(each, NULL, NULL);
}
