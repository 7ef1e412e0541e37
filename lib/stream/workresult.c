#include "lib/stream/parcel.h"

#include <stdint.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"

struct head {
	uint64_t record_len;
	uint64_t failed;
};

void
parcel_pack(int failed, const struct node *record, const struct buf *files,
    struct buf *out)
{
	struct head head = { 0, (uint64_t)failed };
	struct buf text = BUF_INIT;

	node_print(record, &text);
	head.record_len = text.len;
	buf_add(out, &head, sizeof head);
	buf_add(out, text.data, text.len);
	buf_add(out, files->data, files->len);
	buf_release(&text);
}

int
parcel_open(const char *bytes, size_t len, struct parcel *parcel)
{
	struct head head;

	if (len < sizeof head)
		return -1;
	memcpy(&head, bytes, sizeof head);
	len -= sizeof head;
	if (head.record_len > len)
		return -1;
	parcel->failed = head.failed != 0;
	parcel->record = bytes + sizeof head;
	parcel->record_len = (size_t)head.record_len;
	parcel->files = parcel->record + parcel->record_len;
	parcel->files_len = len - parcel->record_len;
	return 0;
}
