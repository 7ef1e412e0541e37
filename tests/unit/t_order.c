#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/sheet/order.h"

static void
set_levels(struct order *order)
{
	struct buf err = BUF_INIT;

	assert_int_equal(order_add_level(order, "college", &err), 0);
	assert_int_equal(order_add_level(order, "teaching_point", &err), 0);
	assert_int_equal(order_add_level(order, "class", &err), 0);
}

static void
add(struct order *order, const char *college, const char *class,
    const char *number)
{
	struct node *student = node_object();

	if (college != NULL)
		node_set_text(student, "college", college);
	if (class != NULL)
		node_set_text(student, "class", class);
	node_set_text(student, "student_no", number);
	order_add(order, student, order->count, 0);
	node_free(student);
}

static void
test_numbers_compare_as_numbers(void **state)
{
	(void)state;
	assert_true(order_compare("9", "10") < 0);
	assert_true(order_compare("2班", "10班") < 0);
	assert_true(order_compare("B21-9", "B21-10") < 0);
	assert_true(order_compare("123456789012345678901",
	    "123456789012345678902") < 0);
	assert_true(order_compare("007", "7") > 0);
	assert_true(order_compare("7", "7a") < 0);
	assert_int_equal(order_compare("0", "0"), 0);
}

static void
test_college_then_class_then_number(void **state)
{
	static const size_t wanted[] = { 4, 3, 1, 0, 2 };
	struct order order = ORDER_INIT;
	size_t i;

	(void)state;
	set_levels(&order);
	add(&order, "2院", "10班", "1");
	add(&order, "2院", "9班", "30");
	add(&order, "10院", "1班", "1");
	add(&order, "2院", "9班", "4");
	add(&order, NULL, NULL, "99");
	order_sort(&order);
	for (i = 0; i < 5; i++)
		assert_int_equal(order.entries[i].index, wanted[i]);
	assert_true(order_new_class(&order, 1));
	assert_false(order_new_class(&order, 2));
	assert_true(order_new_class(&order, 3));
	order_sort_indexes(&order);
	assert_int_equal(order_find(&order, 3)->index, 3);
	assert_null(order_find(&order, 5));
	order_release(&order);
}

static void
test_equal_students_keep_their_order(void **state)
{
	struct order order = ORDER_INIT;
	size_t i;

	(void)state;
	set_levels(&order);
	for (i = 0; i < 1000; i++)
		add(&order, "院", "班", "1");
	order_sort(&order);
	for (i = 0; i < 1000; i++)
		assert_int_equal(order.entries[i].index, i);
	order_release(&order);
}

static void
test_very_long_classes_are_told_apart(void **state)
{
	static char first[300], second[300];
	struct order order = ORDER_INIT;

	(void)state;
	set_levels(&order);
	memset(first, 'a', sizeof first - 1);
	memset(second, 'a', sizeof second - 1);
	second[sizeof second - 2] = 'b';
	add(&order, "", first, "2");
	add(&order, "", second, "1");
	add(&order, "", first, "1");
	order_sort(&order);
	assert_int_not_equal(order_new_class(&order, 1),
	    order_new_class(&order, 2));
	order_release(&order);
}

static void
test_a_table_s_places_come_first(void **state)
{
	struct order order = ORDER_INIT;
	struct node *student = node_object();

	(void)state;
	set_levels(&order);
	node_set_text(student, "class", "1班");
	order_add(&order, student, 0, 3);
	node_set_text(student, "class", "9班");
	order_add(&order, student, 1, 1);
	order_add(&order, student, 2, 2);
	order_sort(&order);
	assert_int_equal(order.entries[0].index, 1);
	assert_int_equal(order.entries[2].index, 0);
	assert_false(order_new_class(&order, 1));
	assert_true(order_new_class(&order, 2));
	node_free(student);
	order_release(&order);
}

static void
test_levels(void **state)
{
	struct order order = ORDER_INIT;
	struct buf err = BUF_INIT, title = BUF_INIT;
	struct node *student = node_object();

	(void)state;
	assert_int_equal(order_add_level(&order, "id_number", &err), -1);
	assert_string_equal(err.data,
	    "prints cannot be put in order by 'id_number'");
	set_levels(&order);
	node_set_text(student, "class", "1班");
	node_set_text(student, "college", "文学院");
	order_title(&order, student, &title);
	assert_string_equal(title.data, "文学院 1班");
	node_free(student);
	buf_release(&err);
	buf_release(&title);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_compare_as_numbers),
		cmocka_unit_test(test_college_then_class_then_number),
		cmocka_unit_test(test_equal_students_keep_their_order),
		cmocka_unit_test(test_very_long_classes_are_told_apart),
		cmocka_unit_test(test_a_table_s_places_come_first),
		cmocka_unit_test(test_levels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
