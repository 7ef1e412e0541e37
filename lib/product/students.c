#include "lib/product/students.h"

#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/decision/status.h"
#include "lib/product/kind.h"
#include "lib/profile/profile.h"
#include "lib/sheet/order.h"

int
students_has_image(const struct node *photo)
{
	return status_of(photo) == STATUS_PASS &&
	    node_true(node_get(photo, "normalized"), "conforms");
}

int
students_order(struct order *order, const struct profile *profile,
    struct buf *err)
{
	struct buf level = BUF_INIT;
	size_t i;
	int result = 0;

	order_release(order);
	for (i = 0; result == 0 && profile_item(profile, "print", "levels", i,
	    &level); i++) {
		result = order_add_level(order, level.data, err);
		buf_clear(&level);
	}
	buf_release(&level);
	return result;
}

/* Windows drops blanks and dots at the end of a folder's name. */
static void
add_folder(const char *name, struct buf *out)
{
	char *last;

	if (*name == '.')
		buf_addc(out, '_');
	entryname_add_safe(name, out);
	last = &out->data[out->len - 1];
	if (*last == '.' || *last == ' ')
		*last = '_';
	buf_addc(out, '/');
}

void
students_add_folders(const struct node *student, const struct profile *profile,
    struct buf *out)
{
	struct buf level = BUF_INIT;
	const char *name, *above = "";
	size_t i;

	for (i = 0; profile_item(profile, "print", "levels", i, &level); i++) {
		name = node_text(student, level.data);
		if (name != NULL && *name != '\0' && strcmp(name, above) != 0) {
			add_folder(name, out);
			above = name;
		}
		buf_clear(&level);
	}
	buf_release(&level);
}
