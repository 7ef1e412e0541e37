/* lib/background: what becomes of what is behind a person. */
#include "lib/check/background.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>


enum { WIDTH = 96, HEIGHT = 128 };

static const unsigned char target[3] = { 100, 197, 255 };

struct scene {
	unsigned char pixels[WIDTH * HEIGHT * 3], alpha[WIDTH * HEIGHT];
};

/* A wall of one colour, darker by fall levels at the bottom, and a person. */
static void
draw(struct scene *scene, const unsigned char wall[3], int fall)
{
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH; x++) {
			int at = y * WIDTH + x;
			int person = x > 30 && x < 66 && y > 40;

			scene->alpha[at] = person ? 255 : 0;
			for (int c = 0; c < 3; c++)
				scene->pixels[3 * at + c] = person ? 20 :
				    (unsigned char)(wall[c] - fall * y / HEIGHT);
		}
	}
}

static enum background_choice
choose(const unsigned char wall[3], int fall, enum background_mode mode)
{
	struct background_limits limits = { mode, { 100, 197, 255 }, 5, 4, 0.5, 0 };
	struct background_wall measured;
	static struct scene scene;

	draw(&scene, wall, fall);
	background_measure(scene.pixels, scene.alpha, WIDTH, HEIGHT, target,
	    &measured);
	return background_choose(&limits, &measured);
}

static void
the_target_is_kept_when_even(void **state)
{
	const unsigned char near[3] = { 104, 194, 250 };

	(void)state;
	assert_int_equal(choose(target, 0, BACKGROUND_AUTO), BACKGROUND_KEPT);
	assert_int_equal(choose(near, 0, BACKGROUND_AUTO), BACKGROUND_KEPT);
	assert_int_equal(choose(target, 70, BACKGROUND_AUTO),
	    BACKGROUND_REPLACED);
	assert_int_equal(choose(target, 0, BACKGROUND_REPLACE),
	    BACKGROUND_REPLACED);
}

static void
another_wall_is_replaced(void **state)
{
	const unsigned char white[3] = { 250, 250, 250 };
	const unsigned char grey[3] = { 190, 192, 195 };

	(void)state;
	assert_int_equal(choose(white, 0, BACKGROUND_AUTO),
	    BACKGROUND_REPLACED);
	assert_int_equal(choose(grey, 20, BACKGROUND_AUTO),
	    BACKGROUND_REPLACED);
}

static void
without_wall_nothing_is_measured(void **state)
{
	static struct scene scene;
	struct background_wall wall;

	(void)state;
	draw(&scene, target, 0);
	memset(scene.alpha, 255, sizeof(scene.alpha));
	background_measure(scene.pixels, scene.alpha, WIDTH, HEIGHT, target,
	    &wall);
	assert_true(isnan(wall.off));
	assert_true(isnan(wall.uneven));
}

static void
a_person_at_the_border_is_cut_off_there(void **state)
{
	static struct scene scene;

	(void)state;
	draw(&scene, target, 0);
	assert_int_equal(background_cut_off(scene.alpha, WIDTH, HEIGHT), 0);
	for (int y = 100; y < HEIGHT; y++)
		scene.alpha[y * WIDTH] = 255;
	assert_int_equal(background_cut_off(scene.alpha, WIDTH, HEIGHT),
	    BACKGROUND_LEFT);
	for (int x = 30; x < 60; x++)
		scene.alpha[x] = 200;
	for (int y = 100; y < HEIGHT; y++)
		scene.alpha[y * WIDTH + WIDTH - 1] = 255;
	assert_int_equal(background_cut_off(scene.alpha, WIDTH, HEIGHT),
	    BACKGROUND_LEFT | BACKGROUND_RIGHT | BACKGROUND_ABOVE);
}

static void
modes_have_names(void **state)
{
	(void)state;
	assert_int_equal(background_mode("auto"), BACKGROUND_AUTO);
	assert_int_equal(background_mode("keep"), BACKGROUND_KEEP);
	assert_int_equal(background_mode("replace"), BACKGROUND_REPLACE);
	assert_int_equal(background_mode("blue"), BACKGROUND_MODES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_target_is_kept_when_even),
		cmocka_unit_test(another_wall_is_replaced),
		cmocka_unit_test(without_wall_nothing_is_measured),
		cmocka_unit_test(a_person_at_the_border_is_cut_off_there),
		cmocka_unit_test(modes_have_names),
	};

	return cmocka_run_group_tests_name("background", tests, NULL, NULL);
}
