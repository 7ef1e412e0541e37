#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"

/* What text is when it is parsed and printed; "" when it is not JSON.  The text is
 * copied so that reading past it is found. */
static const char *
again(const char *text, size_t len)
{
	static char printed[4096];
	struct buf out = BUF_INIT, err = BUF_INIT;
	char *exact = malloc(len + (len == 0));
	struct node *node;

	memcpy(exact, text, len);
	node = node_parse(exact, len, &err);
	assert_true((node == NULL) == (err.len > 0));
	node_print(node, &out);
	snprintf(printed, sizeof printed, "%s", out.data);
	node_free(node);
	buf_release(&out);
	buf_release(&err);
	free(exact);
	return printed;
}

static void
what_is_json(void **state)
{
	static const char *const same[] = {
		"null", "true", "false", "0", "-1", "1.50", "1e5", "-0.0E+10",
		"123456789012345678901234567890", "\"\"", "[]", "{}", "[[],{}]",
		"{\"a\":1,\"b\":[true,false,null],\"c\":{\"d\":\"e\"}}",
		"\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001/\"", "\"\xe6\xbc\xa2\"",
		"\"\xf0\xa0\xae\xb7\"", "{\"\":\"\"}",
	};
	static const char *const other[][2] = {
		{ " [ 1 ,\t2 ]\r\n", "[1,2]" },
		{ "{ \"a\" : { } }", "{\"a\":{}}" },
		{ "\"\\/\\u6f22\\u00e9\\u0041\"", "\"/\xe6\xbc\xa2\xc3\xa9" "A\"" },
		{ "\"\\ud842\\udfb7\"", "\"\xf0\xa0\xae\xb7\"" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof same / sizeof *same; i++)
		assert_string_equal(again(same[i], strlen(same[i])), same[i]);
	for (i = 0; i < sizeof other / sizeof *other; i++)
		assert_string_equal(again(other[i][0], strlen(other[i][0])),
		    other[i][1]);
}

static void
what_is_none(void **state)
{
	static const char *const wrong[] = {
		"", " ", "nul", "nulll", "True", "+1", "01", "-", "1.", ".5", "1e", "1e+",
		"0x1", "NaN", "\"", "\"a", "'a'", "\"\\x\"", "\"\\u12\"", "\"\\u000g\"",
		"\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\t\"",
		"\"\x80\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\xf5\x80\x80\x80\"",
		"\"\xe6\xbc\"", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "]", "{", "{\"a\"",
		"{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}",
		"{1:2}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "1 2", "{} x", "// 1",
	};
	char deep[2 * NODE_DEPTH_MAX + 4];
	size_t i, len = NODE_DEPTH_MAX + 1;

	(void)state;
	for (i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (again(wrong[i], strlen(wrong[i]))[0] != '\0')
			fail_msg("taken: %s", wrong[i]);
	assert_string_equal(again("1\0", 2), "");
	memset(deep, '[', len);
	memset(deep + len, ']', len);
	assert_int_equal(strlen(again(deep, 2 * len)), 2 * len);
	memset(deep, '[', len + 1);
	memset(deep + len + 1, ']', len + 1);
	assert_string_equal(again(deep, 2 * len + 2), "");
}

/* Every beginning of a record, and every record with one byte changed. */
static void
damage(void **state)
{
	static const char record[] = "{\"a\":\"x\\u00e9\xe6\xbc\xa2\",\"b\":[-1.5e3,null],"
	    "\"c\":{\"d\":true,\"e\":{}}}";
	char copy[sizeof record];
	size_t i;
	int c;

	(void)state;
	for (i = 0; i + 1 < sizeof record; i++) {
		assert_string_equal(again(record, i), "");
		for (c = 0; c < 256; c++) {
			memcpy(copy, record, sizeof copy);
			copy[i] = (char)c;
			again(copy, sizeof copy - 1);
		}
	}
}

static void
members(void **state)
{
	struct buf err = BUF_INIT, out = BUF_INIT;
	static const char text[] = "{\"a\":1,\"b\":\"x\",\"c\":2.5,\"d\":[10,20,30]}";
	struct node *node = node_parse(text, sizeof text - 1, &err), *copy;

	(void)state;
	assert_int_equal(node_integer(node, "a", 7), 1);
	assert_int_equal(node_integer(node, "c", 7), 7);
	assert_true(node_real(node, "a", 7) == 1 && node_real(node, "c", 7) == 2.5);
	assert_string_equal(node_text(node, "b"), "x");
	assert_null(node_text(node, "a"));
	assert_null(node_get(NULL, "a"));
	assert_true(node_real_at(node_get(node, "d"), 2, 0) == 30);
	assert_true(node_real_at(node_get(node, "d"), 0, 0) == 10);
	assert_null(node_at(node_get(node, "d"), 3));
	node_set_integer(node, "a", -5);
	node_set_text(node, "e", "\n");
	node_set_real(node, "c", 0.12345, 3);
	node_remove(node, "b");
	node_remove_at(node_get(node, "d"), 1);
	node_append_real(node_get(node, "d"), -0.0001, 2);
	node_set_flag(node, "f", 1);
	copy = node_copy(node);
	node_set(node, "g", copy);
	node_print(node, &out);
	assert_string_equal(out.data, "{\"a\":-5,\"c\":0.123,\"d\":[10,30,0.0],\"e\":\"\\n\","
	    "\"f\":true,\"g\":{\"a\":-5,\"c\":0.123,\"d\":[10,30,0.0],\"e\":\"\\n\","
	    "\"f\":true}}");
	node_free(node);
	buf_release(&out);
	buf_release(&err);
}

/* So many that they are found by their hashes; in any order of adding and taking. */
static void
many_members(void **state)
{
	enum { MANY = 5000 };
	struct node *node = node_object();
	char name[16];
	int i;

	(void)state;
	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof name, "m%d", i);
		node_set_integer(node, name, i);
		assert_null(node_get(node, "none"));
	}
	for (i = 0; i < MANY; i += 500) {
		snprintf(name, sizeof name, "m%d", i);
		node_remove(node, name);
		assert_null(node_get(node, name));
		snprintf(name, sizeof name, "m%d", i + 1);
		node_set_integer(node, name, -i);
		assert_int_equal(node_integer(node, name, 1), -i);
	}
	assert_int_equal(node_integer(node, "m4999", 0), 4999);
	node_free(node);
}

static void
numbers(void **state)
{
	static const struct { double value; int decimals; const char *text; } reals[] = {
		{ 0, 2, "0.0" }, { -0.001, 2, "0.0" }, { 1, 0, "1.0" }, { -2.5, 1, "-2.5" },
		{ 0.1 + 0.2, 9, "0.3" }, { 1234567.891, 2, "1234567.89" },
		{ 100, 3, "100.0" }, { -0.05, 2, "-0.05" }, { 99.995, 1, "100.0" },
		{ 0.00002, 5, "2e-05" }, { 1e300, 1, "1e+300" },
	};
	struct node *node;
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof reals / sizeof *reals; i++) {
		buf_clear(&out);
		node = node_number(reals[i].value, reals[i].decimals);
		node_print(node, &out);
		assert_string_equal(out.data, reals[i].text);
		node_free(node);
	}
	buf_release(&out);
}

/* The names of what two objects do not share, as JSON. */
static void
check_differing(const char *now, const char *earlier, const char *wanted)
{
	struct buf out = BUF_INIT;
	struct node *one = node_parse(now, strlen(now), &out);
	struct node *other = node_parse(earlier, strlen(earlier), &out);
	struct node *names = node_differing(one, other);

	node_print(names, &out);
	assert_string_equal(out.data, wanted);
	assert_int_equal(node_same(one, other), strcmp(now, earlier) == 0);
	node_free(one);
	node_free(other);
	node_free(names);
	buf_release(&out);
}

static void
what_is_different(void **state)
{
	(void)state;
	check_differing("{\"a\":1,\"b\":[1]}", "{\"a\":1,\"b\":[1]}", "[]");
	check_differing("{\"b\":[1],\"new\":\"\"}", "{\"gone\":0,\"b\":[1.0]}",
	    "[\"b\",\"new\",\"gone\"]");
	check_differing("{\"a\":null}", "{}", "[\"a\"]");
	assert_true(node_same(NULL, NULL));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_json),
		cmocka_unit_test(what_is_none),
		cmocka_unit_test(damage),
		cmocka_unit_test(members),
		cmocka_unit_test(many_members),
		cmocka_unit_test(numbers),
		cmocka_unit_test(what_is_different),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
