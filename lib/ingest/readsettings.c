#include "lib/ingest/readsettings.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "lib/profile/profile.h"
#include "lib/roster/roster.h"
#include "lib/stream/stream.h"

enum { PASSWORD_MAX = 4096 };

void
readsettings_password(const char *path, struct buf *password)
{
	struct buf err = BUF_INIT;

	buf_init(password);
	if (path == NULL)
		return;
	if (io_read_file(path, PASSWORD_MAX, password, &err) == -1)
		msg_die("%s", err.data);
	password->len = strcspn(password->data, "\r\n");
	password->data[password->len] = '\0';
	buf_release(&err);
}

void
readsettings_hash(const struct profile *profile, const struct roster_options *table,
    const struct buf *password, char text[static HASH_TEXT])
{
	struct hash *hash = hash_new();
	char columns[HASH_TEXT] = "";
	struct buf line = BUF_INIT, ignored = BUF_INIT;

	if (table->columns != NULL &&
	    hash_file(table->columns, columns, &ignored) == -1)
		columns[0] = '\0';
	buf_addf(&line, "%s %s %s %s %ld", TC_VERSION, profile_hash(profile),
	    columns, table->sheet != NULL ? table->sheet : "",
	    table->header_row);
	hash_add_text(hash, line.data);
	hash_add(hash, password->data, password->len);
	hash_end(hash, text);
	buf_release(&line);
	buf_release(&ignored);
}
