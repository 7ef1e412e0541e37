#include "lib/intake/codes.h"

#include <stdlib.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/base/text.h"
#include "lib/intake/candidates.h"
#include "lib/intake/codepairs.h"
#include "lib/intake/ledger.h"
#include "lib/intake/match.h"

enum { FOUR = 4 };

struct row {
	char *given;		/* code in the roster, or NULL */
	char four[FOUR + 1];	/* last of the ID number, or "" */
};

/* A code and a student who has it, by the roster or by a picture. */
struct claim {
	const char *code;
	size_t row;
	struct ledger_entry *picture;	/* NULL: the roster's */
};

struct codes {
	struct row *rows;
	size_t row_count, row_room;
	struct claim *claims;
	size_t claim_count, claim_room;
	const struct ledger *ledger;
	const struct candidates *candidates;
};

static const char another[] =
    "the student with its number has another code";
static const char unnamed[] = "its name holds no student's number";

struct codes *
codes_new(void)
{
	return xcalloc(1, sizeof(struct codes));
}

void
codes_free(struct codes *codes)
{
	if (codes == NULL)
		return;
	for (size_t i = 0; i < codes->row_count; i++)
		free(codes->rows[i].given);
	free(codes->rows);
	free(codes->claims);
	free(codes);
}

void
codes_add(struct codes *codes, const struct node *student)
{
	const char *given = node_text(student, "capture_code");
	const char *id = node_text(student, "id_number");
	struct buf four = BUF_INIT;
	struct row *row;

	if (codes->row_count == codes->row_room) {
		codes->row_room = 2 * codes->row_room + 256;
		codes->rows = xrealloc_array(codes->rows, codes->row_room,
		    sizeof *codes->rows);
	}
	row = &codes->rows[codes->row_count++];
	memset(row, 0, sizeof *row);
	if (given != NULL && *given != '\0')
		row->given = xstrdup(given);
	if (id == NULL)
		id = node_text(student, "id_last_four");
	if (id != NULL)
		mask_id_last_four(id, &four);
	if (four.len == FOUR)
		memcpy(row->four, four.data, FOUR + 1);
	buf_release(&four);
}

/* ---- whose code it is ---- */

static void
add_claim(struct codes *codes, const char *code, size_t row,
    struct ledger_entry *picture)
{
	if (codes->claim_count == codes->claim_room) {
		codes->claim_room = 2 * codes->claim_room + 256;
		codes->claims = xrealloc_array(codes->claims, codes->claim_room,
		    sizeof *codes->claims);
	}
	codes->claims[codes->claim_count++] = (struct claim){
		code, row, picture
	};
}

/* The pictures of codes that name a student by number; what stands alone is of use
 * by that. */
static void
claim_pictures(struct codes *codes, struct ledger_upload *upload)
{
	struct match match;

	for (size_t i = 0; i < upload->count; i++) {
		struct ledger_entry *entry = &upload->entries[i];

		if (!entry->pair.is_code || entry->code == NULL ||
		    entry->search != LEDGER_ONE_CODE)
			continue;
		candidates_path(codes->candidates, entry->name, &match);
		if (match.count == 0 && (match.reason != NULL || upload->codes))
			entry->pair.trouble = match.reason != NULL ?
			    match.reason : unnamed;
		for (size_t k = 0; k < match.count; k++) {
			add_claim(codes, entry->code, match.rows[k].row, entry);
			entry->pair.trouble = NULL;
		}
	}
}

static void
set_trouble(struct ledger_student *student, const char *trouble)
{
	free(student->code);
	student->code = NULL;
	student->trouble = trouble;
}

/* The roster's word counts; without it all pictures must say the same. */
static void
take_claim(struct codes *codes, const struct claim *claim)
{
	struct ledger_student *student = &codes->ledger->students[claim->row];

	student->pictured = 1;
	if (student->code == NULL && student->trouble == NULL)
		student->code = xstrdup(claim->code);
	if (student->code != NULL && strcmp(student->code, claim->code) == 0)
		return;
	claim->picture->pair.trouble = another;
	if (codes->rows[claim->row].given == NULL)
		set_trouble(student, "pictures give the student two codes");
}

static int
by_code(const void *a, const void *b)
{
	const struct claim *left = a, *right = b;
	int order = strcmp(left->code, right->code);

	return order != 0 ? order :
	    (left->row > right->row) - (left->row < right->row);
}

/* What each student has at last, by code: claims is that table from now on. */
static void
index_codes(struct codes *codes)
{
	struct ledger_student *students = codes->ledger->students;

	codes->claim_count = 0;
	for (size_t i = 0; i < codes->row_count; i++)
		if (students[i].code != NULL)
			add_claim(codes, students[i].code, i, NULL);
	mem_sort(codes->claims, codes->claim_count, sizeof *codes->claims,
	    by_code);
}

/* How many students have the code; *first is where they begin in the table. */
static size_t
find_code(const struct codes *codes, const char *code, size_t *first)
{
	size_t low = 0, high = codes->claim_count, count = 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(codes->claims[middle].code, code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low + count < codes->claim_count &&
	    strcmp(codes->claims[low + count].code, code) == 0)
		count++;
	*first = low;
	return count;
}

/* Codes stay in the table, so that a photo beside one gets the reason. */
static void
void_shared(struct codes *codes)
{
	size_t first, end;

	for (first = 0; first < codes->claim_count; first = end) {
		for (end = first + 1; end < codes->claim_count &&
		    strcmp(codes->claims[end].code,
		    codes->claims[first].code) == 0; end++)
			;
		for (size_t i = first; end - first > 1 && i < end; i++)
			codes->ledger->students[codes->claims[i].row].trouble =
			    "another student has the same code";
	}
}

/* A lone picture that holds a student's code is that code and no photo; a code of
 * two is nobody's. */
static void
judge_picture(const struct codes *codes, struct ledger_entry *entry)
{
	size_t first, known;

	if (entry->search != LEDGER_ONE_CODE)
		return;
	known = find_code(codes, entry->code, &first);
	if (entry->pair.is_code) {
		if (known > 1)
			entry->pair.trouble = "the code belongs to "
			    "several students";
		else if (known == 1 && entry->pair.trouble == unnamed)
			entry->pair.trouble = NULL;
		return;
	}
	if (entry->pair.code != NULL || entry->pair.trouble != NULL)
		return;
	entry->pair.is_code = known > 0;
	entry->pair.trouble = known > 0 ? "no photo stands beside this code" :
	    "it holds a code, and no other picture has its name";
}

void
codes_ready(struct codes *codes, const struct ledger *ledger,
    const struct candidates *candidates)
{
	codes->ledger = ledger;
	codes->candidates = candidates;
	for (size_t i = 0; i < ledger->student_count; i++) {
		struct ledger_student *student = &ledger->students[i];

		set_trouble(student, NULL);
		student->pictured = 0;
		if (codes->rows[i].given != NULL)
			student->code = xstrdup(codes->rows[i].given);
	}
	for (size_t i = 0; i < ledger->upload_count; i++) {
		codepairs_pair(&ledger->uploads[i]);
		claim_pictures(codes, &ledger->uploads[i]);
	}
	for (size_t i = 0; i < codes->claim_count; i++)
		take_claim(codes, &codes->claims[i]);
	for (size_t i = 0; i < codes->claim_count; i++)
		if (ledger->students[codes->claims[i].row].trouble != NULL)
			codes->claims[i].picture->pair.trouble = another;
	index_codes(codes);
	void_shared(codes);
	for (size_t i = 0; i < ledger->upload_count; i++)
		for (size_t k = 0; k < ledger->uploads[i].count; k++)
			judge_picture(codes, &ledger->uploads[i].entries[k]);
}

/* ---- whose photo it is ---- */

static int
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

int
codes_last_four(const char *path, char four[static 5])
{
	const char *dot;
	struct buf folded = BUF_INIT;
	size_t len, start;
	int found = 0;

	text_fold(entryname_base(path), &folded);
	dot = strrchr(folded.data, '.');
	len = dot != NULL ? (size_t)(dot - folded.data) : folded.len;
	start = len > FOUR ? len - FOUR : 0;
	/* after a sign, and not a camera's IMG_0001 */
	if (start >= 2 && strchr("_-.", folded.data[start - 1]) != NULL &&
	    !is_letter(folded.data[start - 2]))
		found = strspn(folded.data + start, "0123456789") >= FOUR ||
		    (strspn(folded.data + start, "0123456789") == FOUR - 1 &&
		    folded.data[start + FOUR - 1] == 'X');
	if (found) {
		memcpy(four, folded.data + start, FOUR);
		four[FOUR] = '\0';
	}
	buf_release(&folded);
	return found;
}

static int
has_row(const struct match *match, size_t row)
{
	for (size_t i = 0; i < match->count; i++)
		if (match->rows[i].row == row)
			return 1;
	return 0;
}

/* Whether the four characters in the name are the row's: 1 yes, 0 not known, -1
 * they are others. */
static int
compare_four(const struct codes *codes, const char *path, size_t row)
{
	const char *known = codes->rows[row].four;
	char four[FOUR + 1];

	if (*known == '\0' || !codes_last_four(path, four))
		return 0;
	return strcmp(four, known) == 0 ? 1 : -1;
}

static const char *
join_code(const struct codes *codes, const struct ledger_entry *entry,
    const struct match *named, struct match *match)
{
	const struct ledger_student *students = codes->ledger->students;
	size_t first, known = find_code(codes, entry->pair.code, &first);
	size_t row;
	int four;

	if (known == 0 && named->count > 0 &&
	    students[named->rows[0].row].trouble != NULL)
		return students[named->rows[0].row].trouble;
	if (known == 0)
		return "the code beside it belongs to no student of the roster";
	if (known > 1)
		return "the code beside it belongs to several students";
	row = codes->claims[first].row;
	if (named->count > 0 && !has_row(named, row))
		return "the code beside it belongs to one student and the "
		    "number in its name to another";
	four = compare_four(codes, entry->name, row);
	if (four < 0)
		return "the last four characters in its name are not those of "
		    "the student with this code";
	match->doubt = named->count == 0 && four == 0 ?
	    MATCH_DOUBT_CODE : MATCH_SURE;
	if (match->doubt && entry->pair.again)
		return "the code beside it stands beside another picture as "
		    "well";
	match->rows[0] = (struct match_row){ row, MATCH_CAPTURE_CODE, 0 };
	match->count = 1;
	return NULL;
}

static const char *
join_number(const struct codes *codes, const struct ledger_entry *entry,
    const struct match *named, struct match *match)
{
	const struct ledger_student *students = codes->ledger->students;

	if (named->count == 0)
		return "no code stands beside it, and no number of a student in "
		    "its name";
	for (size_t i = 0; i < named->count; i++) {
		const struct ledger_student *student =
		    &students[named->rows[i].row];

		if (student->code == NULL || student->trouble != NULL)
			continue;
		if (compare_four(codes, entry->name, named->rows[i].row) < 0)
			return "the last four characters in its name are not "
			    "those of the student with this number";
		match->rows[match->count++] = named->rows[i];
	}
	return match->count > 0 ? NULL :
	    "the student with its number has no code";
}

void
codes_match(const struct codes *codes, const struct ledger_entry *entry,
    struct match *match)
{
	struct match named;

	*match = (struct match){ .count = 0 };
	if (entry->pair.trouble != NULL) {
		match->reason = entry->pair.trouble;
		return;
	}
	candidates_path(codes->candidates, entry->name, &named);
	if (named.count == 0 && named.reason != NULL)
		match->reason = named.reason;
	else
		match->reason = entry->pair.code != NULL ?
		    join_code(codes, entry, &named, match) :
		    join_number(codes, entry, &named, match);
	if (match->reason != NULL) {
		match->count = 0;
		match->doubt = MATCH_SURE;
	}
}
