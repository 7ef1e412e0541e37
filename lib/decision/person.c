#include "lib/decision/person.h"

#include <stddef.h>

#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/node.h"

void
person_add(const struct node *student, struct buf *out)
{
	static const char *const numbers[] = { "student_no", "exam_no", "id_number" };
	const char *name = node_text(student, "name"), *number = NULL;

	if (name != NULL)
		mask_name(name, MASK_FIRST_LAST, out);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers && number == NULL; i++)
		number = node_text(student, numbers[i]);
	if (number == NULL)
		return;
	if (name != NULL)
		buf_addc(out, ' ');
	mask_entry_name(number, NULL, out);
}
