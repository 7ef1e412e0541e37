#include "lib/base/base64.h"

#include <nettle/base64.h>

#include "lib/base/buf.h"

void
base64_add(const void *bytes, size_t len, struct buf *out)
{
	size_t more = BASE64_ENCODE_RAW_LENGTH(len);

	base64_encode_raw(buf_reserve(out, more), len, bytes);
	out->len += more;
	out->data[out->len] = '\0';
}
