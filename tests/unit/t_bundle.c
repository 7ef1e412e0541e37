#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/bundle/bundle.h"

static const char record[] =
    "{\"type\":\"photo\",\"id\":\"abcdefgh-17\",\"student\":{"
    "\"id_number\":\"L123456(7)\",\"student_no\":\"2021001\",\"name\":\"张三\","
    "\"class\":\"a/b\",\"level\":\"..\",\"major\":\"\"}}";

/* The name that pattern gives, or NULL with the reason in err. */
static const char *
name_of(const char *pattern, struct buf *name, struct buf *err)
{
	struct node *photo = node_parse(record, strlen(record), err);
	int result;

	buf_clear(name);
	buf_clear(err);
	result = bundle_image_name(pattern, photo, name, err);
	node_free(photo);
	return result == 0 ? name->data : NULL;
}

static void
a_pattern_is_filled_in(void **state)
{
	struct buf name = BUF_INIT, err = BUF_INIT;

	(void)state;
	assert_string_equal(name_of("{id_number}.jpg", &name, &err),
	    "L123456(7).jpg");
	assert_string_equal(name_of("{student_no}_{name}.jpg", &name, &err),
	    "2021001_张三.jpg");
	assert_string_equal(name_of("{number}.jpg", &name, &err), "17.jpg");
	assert_string_equal(name_of("plain.jpg", &name, &err), "plain.jpg");
	buf_release(&name);
	buf_release(&err);
}

static void
what_a_student_lacks_is_said(void **state)
{
	struct buf name = BUF_INIT, err = BUF_INIT;

	(void)state;
	assert_null(name_of("{exam_no}.jpg", &name, &err));
	assert_string_equal(err.data, "no exam_no");
	assert_null(name_of("{major}.jpg", &name, &err));
	assert_string_equal(err.data, "no major");
	buf_release(&name);
	buf_release(&err);
}

static void
no_value_becomes_a_path(void **state)
{
	struct buf name = BUF_INIT, err = BUF_INIT;

	(void)state;
	assert_null(name_of("{class}.jpg", &name, &err));
	assert_string_equal(err.data, "class cannot be a file name");
	assert_null(name_of("{level}/x.jpg", &name, &err));
	buf_release(&name);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_is_filled_in),
		cmocka_unit_test(what_a_student_lacks_is_said),
		cmocka_unit_test(no_value_becomes_a_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
