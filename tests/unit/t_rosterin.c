/*
 * rosterin, upload and source: what comes back from the processes that read
 * tables and unpack archives inside is what was there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/archive/upload.h"
#include "lib/archive/zipout.h"
#include "lib/base/buf.h"
#include "lib/profile/profile.h"
#include "lib/base/pool.h"
#include "lib/roster/roster.h"
#include "lib/roster/rosterfile.h"
#include "lib/roster/rosterin.h"

static const char table[] =
    "学号,姓名,身份证号,学院\n1,王甲,11010519491231002X,\n2,王乙,,文学院\n"
    "2,王乙,,文学院\n,王丙,,\n3,王丁,110105194912310021,\n";
static const char picture[] = "\xFF\xD8\xFF\xE0\0\x10JFIF";

static char directory[] = "/tmp/t_rosterin.XXXXXX";

static const char *
path_of(const char *name)
{
	static char path[100];

	snprintf(path, sizeof path, "%s/%s", directory, name);
	return path;
}

static void
put(struct zipout *zip, const char *name, const void *bytes, size_t len)
{
	struct buf err = BUF_INIT;

	assert_int_equal(zipout_add(zip, name, ZIPOUT_DEFLATE, bytes, len,
	    &err), 0);
	buf_release(&err);
}

static void
write_zip(const char *name, const struct buf *inner)
{
	struct buf err = BUF_INIT;
	struct zipout *zip = zipout_new(path_of(name), "2026-01-01", &err);

	assert_non_null(zip);
	put(zip, "名单.csv", table, strlen(table));
	put(zip, "picture.xls", picture, sizeof picture);
	put(zip, "text.txt", "nothing", 7);
	if (inner != NULL)
		put(zip, "inner.zip", inner->data, inner->len);
	assert_int_equal(zipout_close(zip, &err), 0);
	buf_release(&err);
}

static int
prepare(void **state)
{
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(directory));
	file = fopen(path_of("roster"), "w");
	fputs(table, file);
	fclose(file);
	return 0;
}

static int
clean(void **state)
{
	(void)state;
	unlink(path_of("roster"));
	unlink(path_of("inner.zip"));
	unlink(path_of("outer.zip"));
	return rmdir(directory);
}

static void
same_text(const char *a, const char *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a != NULL)
		assert_string_equal(a, b);
}

static void
same_gaps(const struct roster *a, const struct roster *b)
{
	assert_int_equal(a->gap_count, b->gap_count);
	for (size_t i = 0; i < a->gap_count; i++) {
		assert_int_equal(a->gaps[i].kind, b->gaps[i].kind);
		assert_int_equal(a->gaps[i].list, b->gaps[i].list);
		assert_int_equal(a->gaps[i].row, b->gaps[i].row);
		assert_int_equal(a->gaps[i].last, b->gaps[i].last);
		assert_int_equal(a->gaps[i].error, b->gaps[i].error);
		assert_string_equal(a->gaps[i].text, b->gaps[i].text);
		assert_string_equal(a->gaps[i].reason, b->gaps[i].reason);
	}
}

static void
same_students(const struct roster *a, const struct roster *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		assert_int_equal(a->students[i].row, b->students[i].row);
		assert_int_equal(a->students[i].list, b->students[i].list);
		assert_string_equal(
		    pool_text(a->pool, a->students[i].notes),
		    pool_text(b->pool, b->students[i].notes));
		for (int k = 0; k < STUDENT_FIELD_COUNT; k++)
			same_text(roster_field(a, i, (enum student_field)k),
			    roster_field(b, i, (enum student_field)k));
	}
}

static void
same_roster(const struct roster *a, const struct roster *b)
{
	same_students(a, b);
	same_gaps(a, b);
	assert_int_equal(a->note_count, b->note_count);
	for (size_t i = 0; i < a->note_count; i++)
		assert_string_equal(a->notes[i], b->notes[i]);
	assert_string_equal(a->files[0].kind, b->files[0].kind);
	assert_int_equal(a->list_count, b->list_count);
	for (size_t i = 0; i < a->list_count; i++) {
		assert_string_equal(a->lists[i].sheet, b->lists[i].sheet);
		assert_int_equal(a->lists[i].header_row,
		    b->lists[i].header_row);
		assert_int_equal(a->lists[i].last_row, b->lists[i].last_row);
		assert_int_equal(a->lists[i].fields, b->lists[i].fields);
		assert_int_equal(a->lists[i].count, b->lists[i].count);
	}
}

static void
begin(struct roster *roster)
{
	roster_init(roster);
	roster_add_file(roster, "it", "", 0, 0);
}

static void
a_roster_comes_back_as_it_was_read(void **state)
{
	const struct roster_options options = { NULL, 0, NULL, 0 };
	struct buf err = BUF_INIT;
	struct profile *profile = profile_load("chsi-2017", &err);
	struct roster here, there;

	(void)state;
	begin(&here);
	begin(&there);
	assert_int_equal(rosterfile_read(path_of("roster"), &options, &here,
	    &err), 0);
	assert_int_equal(here.count, 4);
	assert_int_equal(rosterin_read(path_of("roster"), "'it'", &options,
	    profile, &there, &err), 0);
	same_roster(&here, &there);
	roster_release(&there);
	begin(&there);
	assert_int_equal(rosterin_read(path_of("none"), "'名*'", &options,
	    profile, &there, &err), -1);
	assert_string_equal(err.data, "cannot read '名*': No such file or "
	    "directory");
	roster_release(&here);
	roster_release(&there);
	profile_free(profile);
	buf_release(&err);
}

static struct upload *
open_upload(const char *name, struct buf *err)
{
	static const struct upload_options options = {
		.entries = 100, .entry_bytes = 1 << 20, .total_bytes = 1 << 22,
		.ratio = 1000, .name_bytes = 100, .archives = 3, .seconds = 10,
		.directory = "/tmp"
	};

	return upload_open(path_of(name), &options, err);
}

static void
judge(struct rosterin *from, size_t index, enum rosterin_found expected,
    const char *reason)
{
	struct buf err = BUF_INIT;
	char sum[HASH_TEXT] = "";
	struct roster roster;

	begin(&roster);
	assert_int_equal(rosterin_read_entry(from, index, "'it'", &roster, sum,
	    &err), expected);
	assert_int_equal(strlen(sum), expected == ROSTERIN_PICTURE ? 0 : 64);
	assert_int_equal(roster.count, expected == ROSTERIN_ROSTER ? 4 : 0);
	if (reason != NULL)
		assert_non_null(strstr(err.data, reason));
	roster_release(&roster);
	buf_release(&err);
}

static void
entries_of_an_archive_inside_are_judged(void **state)
{
	const struct roster_options options = { NULL, 0, NULL, 0 };
	struct buf err = BUF_INIT, inner = BUF_INIT;
	struct profile *profile = profile_load("chsi-2017", &err);
	struct rosterin *from;
	struct upload *upload;
	struct stat status;

	(void)state;
	write_zip("inner.zip", NULL);
	upload = open_upload("inner.zip", &err);
	assert_non_null(upload);
	upload_close(upload);
	assert_int_equal(stat(path_of("inner.zip"), &status), 0);
	FILE *file = fopen(path_of("inner.zip"), "rb");
	assert_int_equal(fread(buf_reserve(&inner, (size_t)status.st_size), 1,
	    (size_t)status.st_size, file), status.st_size);
	inner.len = (size_t)status.st_size;
	fclose(file);
	write_zip("outer.zip", &inner);
	upload = open_upload("outer.zip", &err);
	assert_non_null(upload);
	assert_int_equal(upload_count(upload), 7);
	assert_true(upload_at(upload, 3).archive);
	assert_string_equal(upload_at(upload, 4).name, "inner.zip/名单.csv");
	from = rosterin_open(upload, &options, profile);
	for (size_t i = 0; i < 7; i += 4) {
		judge(from, i, ROSTERIN_ROSTER, NULL);
		judge(from, i + 1, ROSTERIN_PICTURE, NULL);
		judge(from, i + 2, ROSTERIN_NONE, "it is neither a picture "
		    "nor a roster: no row of headings");
	}
	rosterin_close(from);
	profile_free(profile);
	upload_close(upload);
	buf_release(&inner);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_roster_comes_back_as_it_was_read),
		cmocka_unit_test(entries_of_an_archive_inside_are_judged),
	};

	return cmocka_run_group_tests(tests, prepare, clean);
}
