#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/archive/archivein.h"
#include "lib/base/buf.h"
#include "lib/base/io.h"

static const struct archivein_limits usual = {
	.entries = 10, .name_bytes = 40, .entry_bytes = 1000,
	.archive_bytes = 5000, .total_bytes = 20000, .ratio = 10, .seconds = 10
};

/* A member of a tar as POSIX describes it: header, data, padding. */
static void
add_member(struct buf *tar, const char *name, char type, size_t len)
{
	char header[512] = "";
	unsigned sum = 0;

	snprintf(header, 100, "%s", name);
	snprintf(header + 100, 8, "0000644");
	snprintf(header + 124, 12, "%011o", (unsigned)len);
	snprintf(header + 136, 12, "%011o", 0);
	header[156] = type;
	memcpy(header + 257, "ustar\00000", 8);
	memset(header + 148, ' ', 8);
	for (size_t i = 0; i < sizeof header; i++)
		sum += (unsigned char)header[i];
	snprintf(header + 148, 8, "%06o", sum);
	buf_add(tar, header, sizeof header);
	for (size_t i = 0; i < (len + 511) / 512 * 512; i++)
		buf_addc(tar, i < len ? 'a' + (int)(i % 26) : 0);
}

static int
unpack(const struct buf *tar, const struct archivein_limits *limits,
    struct archivein_list *list, struct buf *spooled, struct buf *err)
{
	char path[] = "/tmp/t_archivein.XXXXXX", spool[] = "/tmp/t_spool.XXXXXX";
	int fd = mkstemp(path), out = mkstemp(spool), result;

	assert_int_equal(io_write_all(fd, tar->data, tar->len), 0);
	result = archivein_unpack(path, limits, out, list, err);
	assert_int_equal(io_read_file(spool, 1 << 20, spooled, err), 0);
	close(fd);
	close(out);
	unlink(path);
	unlink(spool);
	return result;
}

static void
kinds_are_known(void **state)
{
	struct buf tar = BUF_INIT;

	(void)state;
	add_member(&tar, "a", '0', 0);
	assert_string_equal(archivein_kind(tar.data, tar.len), "a tar archive");
	assert_null(archivein_kind(tar.data, 200));
	assert_string_equal(archivein_kind("\x1f\x8b", 2), "a gzip archive");
	assert_null(archivein_kind("PK\3\4", 4));
	assert_null(archivein_kind("", 0));
	buf_release(&tar);
}

static void
each_entry_has_its_fate(void **state)
{
	static const enum archivein_fate fates[] = {
		ARCHIVEIN_WHOLE, ARCHIVEIN_LINK, ARCHIVEIN_LARGE,
		ARCHIVEIN_NAME, ARCHIVEIN_WHOLE, ARCHIVEIN_WHOLE
	};
	struct buf tar = BUF_INIT, spooled = BUF_INIT, err = BUF_INIT;
	struct archivein_list list;

	(void)state;
	add_member(&tar, "folder/", '5', 0);
	add_member(&tar, "one.jpg", '0', 30);
	add_member(&tar, "link", '2', 0);
	add_member(&tar, "large.jpg", '0', 1001);
	add_member(&tar, "a name that is longer than forty bytes.jpg", '0', 5);
	add_member(&tar, "inner.zip", '0', 4000);	/* an archive may be larger */
	add_member(&tar, "\xD5\xC5.jpg", '0', 1000);
	assert_int_equal(unpack(&tar, &usual, &list, &spooled, &err), 0);
	assert_null(list.damage);
	assert_int_equal(list.count, 6);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(list.entries[i].fate, fates[i]);
	assert_string_equal(list.entries[5].name, "张.jpg");
	assert_int_equal(list.entries[5].offset, 30 + 4000);
	assert_int_equal(list.entries[5].bytes, 1000);
	assert_memory_equal(spooled.data + 4030, "abcdef", 6);
	archivein_release(&list);
	buf_release(&tar);
	buf_release(&spooled);
	buf_release(&err);
}

static void
limits_hold_while_reading(void **state)
{
	struct archivein_limits limits = usual;
	struct buf tar = BUF_INIT, spooled = BUF_INIT, err = BUF_INIT;
	struct archivein_list list;

	(void)state;
	for (int i = 0; i < 5; i++)
		add_member(&tar, "a.jpg", '0', 900);
	limits.entries = 3;
	assert_int_equal(unpack(&tar, &limits, &list, &spooled, &err), 0);
	assert_int_equal(list.count, 3);
	assert_non_null(strstr(list.damage, "more than 3 entries"));
	archivein_release(&list);
	limits = usual;
	limits.total_bytes = 2000;
	assert_int_equal(unpack(&tar, &limits, &list, &spooled, &err), 0);
	assert_int_equal(list.count, 3);
	assert_int_equal(list.entries[2].fate, ARCHIVEIN_DAMAGED);
	assert_non_null(strstr(list.damage, "all entries together"));
	archivein_release(&list);
	buf_release(&tar);
	buf_release(&spooled);
	buf_release(&err);
}

static void
what_is_cut_gives_what_was_before(void **state)
{
	struct buf tar = BUF_INIT, spooled = BUF_INIT, err = BUF_INIT;
	struct archivein_list list;

	(void)state;
	add_member(&tar, "one.jpg", '0', 600);
	add_member(&tar, "two.jpg", '0', 600);
	tar.len -= 700;
	assert_int_equal(unpack(&tar, &usual, &list, &spooled, &err), 0);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.entries[0].fate, ARCHIVEIN_WHOLE);
	assert_int_equal(list.entries[1].fate, ARCHIVEIN_DAMAGED);
	assert_non_null(list.damage);
	archivein_release(&list);
	tar.len = 20;
	assert_int_equal(unpack(&tar, &usual, &list, &spooled, &err), -1);
	assert_non_null(strstr(err.data, "it is damaged"));
	buf_release(&tar);
	buf_release(&spooled);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_are_known),
		cmocka_unit_test(each_entry_has_its_fate),
		cmocka_unit_test(limits_hold_while_reading),
		cmocka_unit_test(what_is_cut_gives_what_was_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
