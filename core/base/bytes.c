#include "core/base/bytes.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

void bytes_add(struct bytes *bytes, const void *data, size_t size)
{
	if (size == 0)
		return;
	if (bytes->size + size > bytes->room) {
		bytes->room = (bytes->size + size) * 2;
		bytes->data = mem_resize(bytes->data, bytes->room);
	}
	memcpy(bytes->data + bytes->size, data, size);
	bytes->size += size;
}

void bytes_add_text(struct bytes *bytes, const char *text)
{
	bytes_add(bytes, text, strlen(text));
}

void bytes_finish(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){ 0 };
}
