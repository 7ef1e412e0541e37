#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/base/share.h"
#include "lib/record/reasons.h"

/* A student is told a sentence, never the id of a check. */
static void
test_every_check_of_the_profile_has_its_words(void **state)
{
	struct buf path = BUF_INIT, words = BUF_INIT;
	struct node *check;
	char line[256], id[100];
	FILE *file;
	int language, seen = 0;

	(void)state;
	share_path("profiles/chsi-2017.conf", &path);
	file = fopen(path.data, "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL) {
		if (sscanf(line, "[check.%99[^]]]", id) != 1)
			continue;
		check = node_object();
		node_set_text(check, "id", id);
		for (language = 0; language < 2; language++) {
			buf_clear(&words);
			reasons_sentence(check, (enum language)language, &words);
			if (strcmp(words.data, id) == 0 || words.len == 0)
				fail_msg("check '%s' has no sentence", id);
		}
		buf_clear(&words);
		reasons_name(id, LANGUAGE_CHINESE, &words);
		if (strcmp(words.data, id) == 0)
			fail_msg("check '%s' has no name", id);
		node_free(check);
		seen++;
	}
	fclose(file);
	assert_true(seen > 20);
	buf_release(&path);
	buf_release(&words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_check_of_the_profile_has_its_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
