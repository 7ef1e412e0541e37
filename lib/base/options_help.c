#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/msg.h"
#include "lib/base/options.h"
#include "lib/base/options_parts.h"
#include "lib/base/settings.h"
#include "lib/base/text.h"

enum { COLUMNS = 79, INDENT = 2, TEXT_AT = 26 };

/* ---- lines ---- */

/* Columns of a terminal: Chinese characters and their punctuation take two. */
static size_t
width_of(uint32_t code)
{
	return code >= 0x1100 ? 2 : 1;
}

static size_t
columns(const char *text)
{
	size_t len = strlen(text), width = 0, bytes;
	uint32_t code;

	for (; (bytes = text_char(text, len, &code)) > 0; text += bytes, len -= bytes)
		width += width_of(code) - (code >= 0x2000 && code < 0x2e80);
	return width;
}

/* Bytes up to the next place where a line may end: behind a blank or a Chinese
 * character that no punctuation follows. */
static size_t
piece(const char *text)
{
	static const char closing[] = "，。；：、）”》？";
	size_t len = strlen(text), at = 0, bytes, next;
	uint32_t code, following;

	while ((bytes = text_char(text + at, len - at, &code)) > 0) {
		at += bytes;
		if (code == ' ')
			break;
		next = text_char(text + at, len - at, &following);
		if (code >= 0x2e80 && (next == 0 || following < 0x80 ||
		    memmem(closing, sizeof closing - 1, text + at, next) == NULL))
			break;
	}
	return at;
}

/* Append text that begins at column at, and go on at column indent in new lines. */
static void
add_wrapped(const char *text, size_t at, size_t indent, struct buf *out)
{
	struct buf word = BUF_INIT;
	size_t len, width;

	for (; (len = piece(text)) > 0; text += len) {
		buf_clear(&word);
		buf_add(&word, text, len);
		width = columns(word.data);
		if (at + width - (text[len - 1] == ' ') > COLUMNS && at > indent) {
			while (out->len > 0 && out->data[out->len - 1] == ' ')
				out->data[--out->len] = '\0';
			buf_addf(out, "\n%*s", (int)indent, "");
			at = indent;
		}
		buf_adds(out, word.data);
		at += width;
	}
	buf_addc(out, '\n');
	buf_release(&word);
}

static void
add_said(const char *sentence, size_t at, size_t indent, struct buf *out)
{
	struct buf said = BUF_INIT;

	msg_say(sentence, &said);
	add_wrapped(said.data, at, indent, out);
	buf_release(&said);
}

/* What stands at the left, and what it is. */
static void
add_line(const char *left, const char *right, struct buf *out)
{
	size_t at = INDENT + columns(left);

	buf_addf(out, "%*s%s", INDENT, "", left);
	if (at + 1 < TEXT_AT)
		buf_addf(out, "%*s", (int)(TEXT_AT - at), "");
	else
		buf_addf(out, "\n%*s", TEXT_AT, "");
	add_wrapped(right, TEXT_AT, TEXT_AT, out);
}

static void
add_heading(const char *sentence, struct buf *out)
{
	buf_addc(out, '\n');
	add_said(sentence, 0, 0, out);
}

/* ---- the usage ---- */

static void
add_synopsis(const struct command *command, const struct option_list *list,
    struct buf *out)
{
	size_t i;

	buf_addf(out, "%s", end_tool());
	if (command->before != NULL)
		buf_addf(out, " %s", command->before);
	buf_adds(out, " [-");
	for (i = 0; i < list->count; i++)
		if (list->specs[i]->letter != 0 && list->specs[i]->argument == NULL &&
		    !list->specs[i]->apart)
			buf_addc(out, list->specs[i]->letter);
	buf_addc(out, ']');
	for (i = 0; i < list->count; i++) {
		const struct option_spec *spec = list->specs[i];

		if (spec->apart || spec->required)
			continue;
		if (spec->letter != 0 && spec->argument != NULL)
			buf_addf(out, " [-%c %s]", spec->letter, spec->argument);
		else if (spec->letter == 0)
			buf_addf(out, spec->argument != NULL ? " [--%s %s]" : " [--%s]",
			    spec->name, spec->argument);
	}
	for (i = 0; i < list->count; i++)
		if (list->specs[i]->required)
			buf_addf(out, " -%c %s", list->specs[i]->letter,
			    list->specs[i]->argument);
	if (command->after != NULL)
		buf_addf(out, " %s", command->after);
}

/* An option and its argument stay on one line. */
static void
add_usage(const char *synopsis, const char *front, struct buf *out)
{
	size_t indent = strlen(front) + strlen(end_tool()) + 1, at = strlen(front), len;

	buf_adds(out, front);
	for (; *synopsis != '\0'; synopsis += len + (synopsis[len] == ' ')) {
		len = *synopsis == '[' ? strcspn(synopsis, "]") + 1 : strcspn(synopsis, " ");
		len += strcspn(synopsis + len, " ");
		if (at + 1 + len > COLUMNS) {
			buf_addf(out, "\n%*s", (int)indent, "");
			at = indent;
		} else if (at > strlen(front)) {
			buf_addc(out, ' ');
			at++;
		}
		buf_add(out, synopsis, len);
		at += len;
	}
	buf_addc(out, '\n');
}

static void
add_usages(const struct command *command, const struct option_list *list, struct buf *out)
{
	const char *other = command->others;
	struct buf synopsis = BUF_INIT;
	size_t len;

	add_synopsis(command, list, &synopsis);
	add_usage(synopsis.data, "usage: ", out);
	for (; other != NULL && *other != '\0'; other += len + (other[len] == '\n')) {
		len = strcspn(other, "\n");
		buf_clear(&synopsis);
		buf_addf(&synopsis, "%s %.*s", end_tool(), (int)len, other);
		add_usage(synopsis.data, "       ", out);
	}
	buf_release(&synopsis);
}

/* ---- the rest ---- */

static void
add_option(const struct option_spec *spec, struct buf *out)
{
	struct buf left = BUF_INIT, right = BUF_INIT, initial = BUF_INIT;

	if (spec->letter != 0)
		buf_addf(&left, "-%c, ", spec->letter);
	else
		buf_adds(&left, "    ");
	buf_addf(&left, "--%s", spec->name);
	if (spec->argument != NULL)
		buf_addf(&left, " %s", spec->argument);
	msg_say(spec->help, &right);
	if (spec->initial != NULL) {
		buf_addf(&initial, "(default: %s)", spec->initial);
		buf_addc(&right, ' ');
		msg_say(initial.data, &right);
	}
	add_line(left.data, right.data, out);
	buf_release(&initial);
	buf_release(&right);
	buf_release(&left);
}

/* A word and what it is on each line. */
static void
add_operands(const struct command *command, struct buf *out)
{
	struct buf words = BUF_INIT, said = BUF_INIT;
	char *at, *tab, *end;

	if (command->operands == NULL)
		return;
	buf_addf(out, "\n%s:\n", command->before != NULL ? command->before : command->after);
	command->operands(&words);
	for (at = words.data; (tab = strchr(at, '\t')) != NULL; at = end + 1) {
		end = strchr(tab, '\n');
		*tab = *end = '\0';
		buf_clear(&said);
		msg_say(tab + 1, &said);
		add_line(at, said.data, out);
	}
	buf_release(&said);
	buf_release(&words);
}

void
options_help(const struct command *command, const struct option_table *tables,
    struct buf *out)
{
	struct option_list list;
	size_t i;

	options_list(tables, &list);
	add_usages(command, &list, out);
	buf_addc(out, '\n');
	add_said(command->purpose, 0, 0, out);
	add_operands(command, out);
	add_heading("options:", out);
	for (i = 0; i < list.count; i++)
		add_option(list.specs[i], out);
	add_heading("settings for all runs (jobs, language, profile, school), read from:", out);
	settings_describe(tables, out);
	add_heading("example:", out);
	buf_addf(out, "  %s\n", command->example);
	add_heading("exit status:", out);
	add_said("  0  every record was processed; a photo that breaks a rule is data", 0, 5, out);
	add_said("  1  some could not be processed, here or before", 0, 5, out);
	add_said("  2  the tool could not do its work, and nothing was published", 0, 5, out);
	add_heading("more in these manual pages:", out);
	buf_addf(out, "  %s\n", command->manuals);
}

/* ---- for the shell ---- */

static const char *
completion(const struct option_spec *spec)
{
	switch (spec->type) {
	case OPTION_INPUT:
	case OPTION_OUTPUT:
		return "file";
	case OPTION_FOLDER:
		return "folder";
	case OPTION_LIST:
		return "list";
	case OPTION_SHARED:
	case OPTION_WORD:
		return "words";
	default:
		if (spec->argument == NULL)
			return "none";
		return spec->words != NULL ? "words" : "text";
	}
}

/* On each line an option or "operand", a tab, what is to come (none, text, words, file,
 * folder), a tab, and the words or the files' endings. */
void
options_complete(const struct command *command, const struct option_table *tables,
    struct buf *out)
{
	struct buf words = BUF_INIT;
	struct option_list list;
	char *at, *tab;
	size_t i;

	options_list(tables, &list);
	for (i = 0; i < list.count; i++) {
		const struct option_spec *spec = list.specs[i];

		buf_clear(&words);
		options_words(spec, &words);
		if (spec->letter != 0)
			buf_addf(out, "-%c\t%s\t%s\n", spec->letter, completion(spec), words.data);
		buf_addf(out, "--%s\t%s\t%s\n", spec->name, completion(spec), words.data);
	}
	buf_clear(&words);
	if (command->operands != NULL) {
		command->operands(&words);
		buf_adds(out, "operand\twords\t");
		for (at = words.data; (tab = strchr(at, '\t')) != NULL; at = strchr(tab, '\n') + 1)
			buf_addf(out, "%.*s ", (int)(tab - at), at);
		buf_addc(out, '\n');
	}
	buf_addf(out, "operand\tfile\t%s\n", command->endings != NULL ? command->endings : "");
	buf_release(&words);
}
