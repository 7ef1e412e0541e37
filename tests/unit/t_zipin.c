#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>
#include "lib/archive/entryname.h"
#include "lib/archive/zipin.h"
#include "lib/base/buf.h"

enum { ENCRYPTED = 1, UTF8 = 1 << 11, DEFLATE = 8 };

/* A zip that is written by hand, so that everything in it can be wrong. */
struct writer {
	struct buf bytes, directory;
	int count;
};

struct spec {
	const char *name, *extra;
	size_t extra_len;
	const char *data;
	int flags, method;
	uint32_t bytes;		/* 0: as long as data */
};

static void
put(struct buf *out, unsigned long value, int size)
{
	for (int i = 0; i < size; i++)
		buf_addc(out, i < 8 ? (int)(value >> 8 * i & 0xff) : 0);
}

static void
common(struct buf *out, const struct spec *spec)
{
	size_t len = strlen(spec->data);

	put(out, 20, 2);
	put(out, (unsigned long)spec->flags, 2);
	put(out, (unsigned long)spec->method, 2);
	put(out, 0, 4);
	put(out, crc32(0, (const Bytef *)spec->data, (uInt)len), 4);
	put(out, len, 4);
	put(out, spec->bytes > 0 ? spec->bytes : len, 4);
	put(out, strlen(spec->name), 2);
}

static void
add(struct writer *zip, const struct spec *spec)
{
	size_t at = zip->bytes.len;

	buf_adds(&zip->bytes, "PK\3\4");
	common(&zip->bytes, spec);
	put(&zip->bytes, 0, 2);
	buf_adds(&zip->bytes, spec->name);
	buf_adds(&zip->bytes, spec->data);
	buf_adds(&zip->directory, "PK\1\2");
	put(&zip->directory, 20, 2);
	common(&zip->directory, spec);
	put(&zip->directory, spec->extra_len, 2);
	put(&zip->directory, 0, 12 - 2);
	put(&zip->directory, at, 4);
	buf_adds(&zip->directory, spec->name);
	buf_add(&zip->directory, spec->extra, spec->extra_len);
	zip->count++;
}

static void
end(struct writer *zip)
{
	size_t at = zip->bytes.len;

	buf_add(&zip->bytes, zip->directory.data, zip->directory.len);
	buf_adds(&zip->bytes, "PK\5\6");
	put(&zip->bytes, 0, 4);
	put(&zip->bytes, (unsigned long)zip->count, 2);
	put(&zip->bytes, (unsigned long)zip->count, 2);
	put(&zip->bytes, zip->directory.len, 4);
	put(&zip->bytes, at, 4);
	put(&zip->bytes, 0, 2);
}

static const struct zipin_limits usual = { 100, 1024 };

/* Open bytes as a file; NULL and the reason when it is none. */
static struct zipin *
open_bytes(const char *bytes, size_t len, const struct zipin_limits *limits,
    struct buf *err)
{
	char path[] = "/tmp/t_zipin.XXXXXX";
	int fd = mkstemp(path);
	struct zipin *zip;

	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
	zip = zipin_open(path, limits, err);
	unlink(path);
	return zip;
}

static struct zipin *
open_writer(struct writer *writer, struct buf *err)
{
	return open_bytes(writer->bytes.data, writer->bytes.len, &usual, err);
}

static void
done(struct writer *writer, struct zipin *zip, struct buf *err)
{
	zipin_close(zip);
	buf_release(&writer->bytes);
	buf_release(&writer->directory);
	buf_release(err);
}

#define WRITER_INIT { BUF_INIT, BUF_INIT, 0 }

static void
reads(struct zipin *zip, size_t index, const char *expected)
{
	struct buf out = BUF_INIT, err = BUF_INIT;

	buf_adds(&out, "before ");
	assert_int_equal(zipin_read(zip, index, 1000, &out, &err), 0);
	assert_string_equal(out.data + 7, expected);
	buf_release(&out);
	buf_release(&err);
}

static void
refuses(struct zipin *zip, size_t index, size_t limit, const char *why)
{
	struct buf out = BUF_INIT, err = BUF_INIT;

	buf_adds(&out, "before");
	assert_int_equal(zipin_read(zip, index, limit, &out, &err), -1);
	assert_string_equal(out.data, "before");
	if (strstr(err.data, why) == NULL)
		fail_msg("'%s' does not say '%s'", err.data, why);
	buf_release(&out);
	buf_release(&err);
}

static void
names_become_utf8(void **state)
{
	struct writer writer = WRITER_INIT;
	struct buf err = BUF_INIT, extra = BUF_INIT;
	struct zipin *zip;

	(void)state;
	put(&extra, 0x7075, 2);
	put(&extra, 5 + 7, 2);
	put(&extra, 1, 1);
	put(&extra, crc32(0, (const Bytef *)"raw", 3), 4);
	buf_adds(&extra, "真.jpg");
	add(&writer, &(struct spec){ .name = "\xd5\xc5/\x95\x5c.jpg",
	    .data = "a" });
	add(&writer, &(struct spec){ .name = "张.jpg", .data = "b" });
	add(&writer, &(struct spec){ .name = "\xc3\xa9.jpg", .data = "c",
	    .flags = UTF8 });
	add(&writer, &(struct spec){ .name = "raw", .extra = extra.data,
	    .extra_len = extra.len, .data = "d" });
	add(&writer, &(struct spec){ .name = "folder/", .data = "" });
	add(&writer, &(struct spec){ .name = "bell\a", .data = "e" });
	end(&writer);
	zip = open_writer(&writer, &err);
	assert_non_null(zip);
	assert_int_equal(zipin_count(zip), 5);
	assert_string_equal(zipin_at(zip, 0)->name, "张/昞.jpg");
	assert_string_equal(zipin_at(zip, 1)->name, "张.jpg");
	assert_string_equal(zipin_at(zip, 2)->name, "é.jpg");
	assert_string_equal(zipin_at(zip, 3)->name, "真.jpg");
	assert_string_equal(zipin_at(zip, 4)->name, "bell\xef\xbf\xbd");
	assert_int_equal(zipin_find(zip, "真.jpg"), 3);
	assert_int_equal(zipin_find(zip, "raw"), -1);
	reads(zip, 3, "d");
	buf_release(&extra);
	done(&writer, zip, &err);
}

static void
a_bad_entry_costs_no_other(void **state)
{
	struct writer writer = WRITER_INIT;
	struct buf err = BUF_INIT;
	struct zipin *zip;

	(void)state;
	add(&writer, &(struct spec){ .name = "good", .data = "hello" });
	add(&writer, &(struct spec){ .name = "crc", .data = "damage" });
	writer.bytes.data[writer.bytes.len - 1] ^= 1;
	add(&writer, &(struct spec){ .name = "secret", .data = "x",
	    .flags = ENCRYPTED });
	add(&writer, &(struct spec){ .name = "odd", .data = "x",
	    .method = 97 });
	add(&writer, &(struct spec){ .name = "bzip2", .data = "x",
	    .method = 12 });
	add(&writer, &(struct spec){ .name = "deflate", .data = "\xff\xff\xff",
	    .method = DEFLATE, .bytes = 99 });
	add(&writer, &(struct spec){ .name = "sizes", .data = "abc",
	    .bytes = 7 });
	add(&writer, &(struct spec){ .name = "long", .data = "0123456789" });
	add(&writer, &(struct spec){ .name = "also good", .data = "world" });
	end(&writer);
	zip = open_writer(&writer, &err);
	assert_non_null(zip);
	reads(zip, 0, "hello");
	refuses(zip, 1, 1000, "checksum");
	refuses(zip, 2, 1000, "encrypted");
	refuses(zip, 3, 1000, "method");
	refuses(zip, 4, 1000, "damaged");
	refuses(zip, 5, 1000, "damaged");
	refuses(zip, 6, 1000, "contradict");
	refuses(zip, 7, 9, "larger");
	reads(zip, 8, "world");
	done(&writer, zip, &err);
}

/* Deflated as a zip has it: no header, no checksum. */
static void
deflate_text(const char *text, struct buf *out)
{
	z_stream stream = { 0 };

	deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8,
	    Z_DEFAULT_STRATEGY);
	stream.next_in = (Bytef *)(size_t)text;
	stream.avail_in = (uInt)strlen(text);
	stream.next_out = (Bytef *)buf_reserve(out, 1000);
	stream.avail_out = 1000;
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	out->len += 1000 - stream.avail_out;
	deflateEnd(&stream);
}

/* The declared size holds, whatever the packed bytes would give. */
static void
more_than_declared_is_refused(void **state)
{
	struct buf packed = BUF_INIT, zip_bytes = BUF_INIT, err = BUF_INIT;
	struct zipin *zip;
	static const char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

	(void)state;
	deflate_text(text, &packed);
	for (size_t bytes = sizeof text - 2; bytes <= sizeof text; bytes++) {
		buf_clear(&zip_bytes);
		buf_adds(&zip_bytes, "PK\3\4");
		put(&zip_bytes, 20, 2);
		put(&zip_bytes, 0, 2);
		put(&zip_bytes, DEFLATE, 2);
		put(&zip_bytes, 0, 4);
		put(&zip_bytes, crc32(0, (const Bytef *)text,
		    sizeof text - 1), 4);
		put(&zip_bytes, packed.len, 4);
		put(&zip_bytes, bytes, 4);
		put(&zip_bytes, 1, 4);
		buf_addc(&zip_bytes, 'a');
		buf_add(&zip_bytes, packed.data, packed.len);
		zip = open_bytes(zip_bytes.data, zip_bytes.len, &usual, &err);
		assert_non_null(zip);
		assert_true(zipin_salvaged(zip));
		if (bytes == sizeof text - 1)
			reads(zip, 0, text);
		else
			refuses(zip, 0, 1000, bytes < sizeof text ? "more" :
			    "ends after");
		zipin_close(zip);
	}
	buf_release(&packed);
	buf_release(&zip_bytes);
	buf_release(&err);
}

static void
an_archive_that_broke_off_gives_its_beginning(void **state)
{
	struct writer writer = WRITER_INIT;
	struct buf err = BUF_INIT;
	struct zipin *zip;

	(void)state;
	add(&writer, &(struct spec){ .name = "one", .data = "11111" });
	add(&writer, &(struct spec){ .name = "two", .data = "22222" });
	writer.bytes.len -= 2;
	zip = open_writer(&writer, &err);
	assert_non_null(zip);
	assert_true(zipin_salvaged(zip));
	assert_int_equal(zipin_count(zip), 2);
	reads(zip, 0, "11111");
	refuses(zip, 1, 1000, "ends after 3 of 5");
	done(&writer, zip, &err);
}

/* Written in one go: sizes stand behind the data, with a signature and without;
 * what looks like a signature in the data is none. */
static void
sizes_behind_the_data_are_found(void **state)
{
	static const char *const texts[] = { "one PK\7\10 one", "two", "three" };
	struct buf bytes = BUF_INIT, err = BUF_INIT;
	struct zipin *zip;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		size_t len = strlen(texts[i]);

		buf_adds(&bytes, "PK\3\4");
		put(&bytes, 20, 2);
		put(&bytes, 8, 2);
		put(&bytes, 0, 2 + 4 + 4 + 4 + 4);
		put(&bytes, 1, 2);
		put(&bytes, 0, 2);
		buf_addc(&bytes, 'a' + (int)i);
		buf_adds(&bytes, texts[i]);
		if (i == 2)
			break;	/* here it broke off */
		if (i == 0)
			buf_adds(&bytes, "PK\7\10");
		put(&bytes, crc32(0, (const Bytef *)texts[i], (uInt)len), 4);
		put(&bytes, len, 4);
		put(&bytes, len, 4);
	}
	zip = open_bytes(bytes.data, bytes.len, &usual, &err);
	assert_non_null(zip);
	assert_true(zipin_salvaged(zip));
	assert_int_equal(zipin_count(zip), 2);
	reads(zip, 0, texts[0]);
	reads(zip, 1, texts[1]);
	zipin_close(zip);
	buf_release(&bytes);
	buf_release(&err);
}

static void
bytes_before_and_behind_do_not_matter(void **state)
{
	struct writer writer = WRITER_INIT;
	struct buf err = BUF_INIT, whole = BUF_INIT;
	struct zipin *zip;

	(void)state;
	add(&writer, &(struct spec){ .name = "one", .data = "11111" });
	end(&writer);
	buf_adds(&whole, "#!/bin/self-extracting\n");
	buf_add(&whole, writer.bytes.data, writer.bytes.len);
	buf_adds(&whole, "trailing bytes");
	zip = open_bytes(whole.data, whole.len, &usual, &err);
	assert_non_null(zip);
	assert_false(zipin_salvaged(zip));
	reads(zip, 0, "11111");
	buf_release(&whole);
	done(&writer, zip, &err);
}

static void
a_damaged_directory_says_how_much_is_lost(void **state)
{
	struct writer writer = WRITER_INIT;
	struct buf err = BUF_INIT;
	struct zipin *zip;
	size_t first;

	(void)state;
	add(&writer, &(struct spec){ .name = "one", .data = "1" });
	first = writer.directory.len;
	add(&writer, &(struct spec){ .name = "two", .data = "2" });
	add(&writer, &(struct spec){ .name = "three", .data = "3" });
	writer.directory.data[first] = '?';
	end(&writer);
	zip = open_writer(&writer, &err);
	assert_non_null(zip);
	assert_int_equal(zipin_count(zip), 1);
	assert_int_equal(zipin_lost(zip), 2);
	reads(zip, 0, "1");
	done(&writer, zip, &err);
}

static void
shared_bytes_are_found(void **state)
{
	struct writer writer = WRITER_INIT;
	struct buf err = BUF_INIT;
	struct zipin *zip;
	size_t second;

	(void)state;
	add(&writer, &(struct spec){ .name = "a", .data = "kernel" });
	second = writer.directory.len;
	add(&writer, &(struct spec){ .name = "b", .data = "kernel" });
	add(&writer, &(struct spec){ .name = "c", .data = "alone" });
	memset(writer.directory.data + second + 42, 0, 4);
	end(&writer);
	zip = open_writer(&writer, &err);
	assert_non_null(zip);
	zipin_find_overlaps(zip);
	assert_true(zipin_at(zip, 0)->overlaps);
	assert_true(zipin_at(zip, 1)->overlaps);
	assert_false(zipin_at(zip, 2)->overlaps);
	refuses(zip, 1, 1000, "shares");
	reads(zip, 2, "alone");
	done(&writer, zip, &err);
}

static void
limits_hold(void **state)
{
	struct zipin_limits few = { 1, 1024 }, shorter = { 10, 3 };
	struct writer writer = WRITER_INIT;
	struct buf err = BUF_INIT;
	struct zipin *zip;

	(void)state;
	add(&writer, &(struct spec){ .name = "name", .data = "1" });
	add(&writer, &(struct spec){ .name = "two", .data = "2" });
	end(&writer);
	zip = open_bytes(writer.bytes.data, writer.bytes.len, &few, &err);
	assert_null(zip);
	assert_non_null(strstr(err.data, "more than 1 entries"));
	zip = open_bytes(writer.bytes.data, writer.bytes.len, &shorter, &err);
	assert_non_null(zip);
	assert_string_equal(zipin_at(zip, 0)->name, "nam");
	assert_true(zipin_at(zip, 0)->name_cut);
	assert_false(zipin_at(zip, 1)->name_cut);
	done(&writer, zip, &err);
}

static void
what_is_no_zip_is_refused(void **state)
{
	struct buf err = BUF_INIT;

	(void)state;
	assert_null(open_bytes("", 0, &usual, &err));
	assert_null(open_bytes("\xff\xd8\xff\xe0 picture", 12, &usual, &err));
	assert_null(zipin_open("/nonexistent/a.zip", &usual, &err));
	assert_non_null(strstr(err.data, "not a zip"));
	assert_non_null(strstr(err.data, "No such file"));
	buf_release(&err);
}

static void
names_are_split_and_junk_is_known(void **state)
{
	(void)state;
	assert_string_equal(entryname_base("a/b\\c.jpg"), "c.jpg");
	assert_string_equal(entryname_base("c.jpg"), "c.jpg");
	assert_true(entryname_is_junk("__MACOSX/a/._b.jpg"));
	assert_true(entryname_is_junk("a/.DS_Store"));
	assert_true(entryname_is_junk("a\\thumbs.db"));
	assert_true(entryname_is_junk("~$花名册.xlsx"));
	assert_false(entryname_is_junk("a/thumbs.jpg"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_become_utf8),
		cmocka_unit_test(a_bad_entry_costs_no_other),
		cmocka_unit_test(more_than_declared_is_refused),
		cmocka_unit_test(an_archive_that_broke_off_gives_its_beginning),
		cmocka_unit_test(sizes_behind_the_data_are_found),
		cmocka_unit_test(bytes_before_and_behind_do_not_matter),
		cmocka_unit_test(a_damaged_directory_says_how_much_is_lost),
		cmocka_unit_test(shared_bytes_are_found),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(what_is_no_zip_is_refused),
		cmocka_unit_test(names_are_split_and_junk_is_known)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
