#include "lib/base/node.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node_parts.h"

/* At least so many digits of value, before end; where they begin.  printf takes ten times
 * as long, and most of a record is numbers. */
static char *
put_digits(char *end, long long value, int least)
{
	for (; value > 0 || least > 0; value /= 10, least--)
		*--end = (char)('0' + value % 10);
	return end;
}

void
node_print_real(double value, int decimals, char text[static NODE_NUMBER_MAX])
{
	double unit = pow(10, decimals), scaled = round(value * unit);
	char digits[NODE_NUMBER_MAX], *end = digits + sizeof digits - 1, *start;
	long long count;

	value = scaled / unit;
	if (value == 0)
		value = scaled = 0;	/* no -0.0 */
	if (decimals > 9 || fabs(scaled) >= 1e15 || (value != 0 && fabs(value) < 1e-4)) {
		snprintf(text, NODE_NUMBER_MAX, "%.15g", value);
		if (strpbrk(text, ".e") == NULL)
			snprintf(text + strlen(text), 3, ".0");
		return;
	}
	count = llabs((long long)scaled);
	start = put_digits(end, count % (long long)unit, decimals > 0 ? decimals : 1);
	while (end[-1] == '0' && end - 1 > start)
		end--;
	*end = '\0';
	*--start = '.';
	start = put_digits(start, count / (long long)unit, 1);
	if (scaled < 0)
		*--start = '-';
	memcpy(text, start, (size_t)(end - start) + 1);
}

static void
print_escaped(unsigned char c, struct buf *out)
{
	static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	const char *at = strchr(plain, c);

	if (c != '\0' && at != NULL) {
		buf_addc(out, '\\');
		buf_addc(out, letters[at - plain]);
	} else {
		buf_addf(out, "\\u%04X", c);
	}
}

static void
print_string(const char *text, struct buf *out)
{
	const char *run = text;

	buf_addc(out, '"');
	for (;; text++) {
		if ((unsigned char)*text >= ' ' && *text != '"' && *text != '\\')
			continue;
		buf_add(out, run, (size_t)(text - run));
		if (*text == '\0')
			break;
		print_escaped((unsigned char)*text, out);
		run = text + 1;
	}
	buf_addc(out, '"');
}

static void
print_children(const struct node *node, struct buf *out)
{
	const struct node *child;

	buf_addc(out, node->kind == NODE_OBJECT ? '{' : '[');
	for (child = node->first; child != NULL; child = child->next) {
		if (node->kind == NODE_OBJECT) {
			print_string(child->name, out);
			buf_addc(out, ':');
		}
		node_print(child, out);
		if (child->next != NULL)
			buf_addc(out, ',');
	}
	buf_addc(out, node->kind == NODE_OBJECT ? '}' : ']');
}

void
node_print(const struct node *node, struct buf *out)
{
	static const char *const words[] = { [NODE_NULL] = "null",
	    [NODE_FALSE] = "false", [NODE_TRUE] = "true" };

	if (node == NULL)
		return;
	if (node->kind == NODE_ARRAY || node->kind == NODE_OBJECT)
		print_children(node, out);
	else if (node->kind == NODE_STRING)
		print_string(node->text, out);
	else
		buf_adds(out, node->text != NULL ? node->text : words[node->kind]);
}
