#include "lib/stream/workresult.h"

#include <stdint.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"

struct head {
	uint64_t record_len;
	uint64_t failed;
};

void
workresult_pack(int failed, const struct node *record, const struct buf *files,
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
workresult_open(const char *bytes, size_t len, struct workresult *result)
{
	struct head head;

	if (len < sizeof head)
		return -1;
	memcpy(&head, bytes, sizeof head);
	len -= sizeof head;
	if (head.record_len > len)
		return -1;
	result->failed = head.failed != 0;
	result->record = bytes + sizeof head;
	result->record_len = (size_t)head.record_len;
	result->files = result->record + result->record_len;
	result->files_len = len - result->record_len;
	return 0;
}
