#include "lib/intake/names.h"

#include <stdint.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"
#include "lib/intake/names_parts.h"
#include "lib/intake/pathwords.h"

enum { NAME_MIN = 2, NAME_MAX = 5 };	/* characters without a dot */

/* What the words beside a row's number are. */
struct visit {
	const struct names *names;
	const char *name;		/* the row's, or NULL */
	int like_name, alike;		/* such as look like a name */
	int strange;			/* such as say something else */
};

/* Whether two folded texts have a character beyond ASCII in common. */
static int
share_letter(const char *one, const char *other)
{
	char letter[8] = "";
	size_t size;
	uint32_t code;

	for (; *one != '\0'; one += size) {
		size = text_char(one, strlen(one), &code);
		if (size == 0)
			return 0;
		memcpy(letter, one, size);
		letter[size] = '\0';
		if (code >= 0x3400 && strstr(other, letter) != NULL)
			return 1;
	}
	return 0;
}

/* Whether a folded word is one of those that a name could be. */
static int
could_be_name(const struct names *names, const struct buf *folded)
{
	size_t letters = 0, size, first = 0;
	uint32_t code;
	int dot = 0;

	for (const char *at = folded->data; *at != '\0'; at += size) {
		size = text_char(at, strlen(at), &code);
		if (size == 0)
			return 0;
		if (letters++ == 0)
			first = size;
		dot |= code == 0xb7;
	}
	return letters >= NAME_MIN && (dot || (letters <= NAME_MAX &&
	    names_begin(names, folded->data, first)));
}

static void
judge_word(void *state, const char *word)
{
	struct visit *visit = state;
	struct buf folded = BUF_INIT;

	text_fold(word, &folded);
	if (folded.len > 0 && !names_is_group(visit->names, word) &&
	    !names_is_covered(visit->names, &folded)) {
		visit->strange = 1;
		if (could_be_name(visit->names, &folded)) {
			visit->like_name = 1;
			visit->alike |= visit->name == NULL ||
			    share_letter(folded.data, visit->name);
		}
	}
	buf_release(&folded);
}

static void
judge_words(const struct names *names, const char *path, size_t row,
    struct visit *visit)
{
	struct buf stem = BUF_INIT;

	*visit = (struct visit){ names, names_own(names, row), 0, 0, 0 };
	names_add_stem(path, &stem);
	pathwords_each(stem.data, PATHWORDS_PADDED, judge_word, visit);
	buf_release(&stem);
}

enum names_beside
names_beside(const struct names *names, const char *path, size_t row)
{
	struct visit visit;

	judge_words(names, path, row, &visit);
	return visit.alike ? NAMES_ALIKE : visit.like_name ? NAMES_OTHER :
	    visit.strange ? NAMES_WORDS : NAMES_NONE;
}
