#include "core/scan/file_scan.h"

#include <poll.h>

#include "core/scan/frame.h"
#include "core/scan/frame_open.h"

int file_scan(
	const char *path, struct decoder *decoder, struct reading_list *found, struct err *err)
{
	const struct frame_options options = { .is_live = false };
	struct frame_source *source = NULL;
	const struct reading *readings;
	struct frame frame;
	int rc = frame_file_open(path, &options, &source, err);

	if (rc < 0)
		return rc;
	while ((rc = source->next(source, &frame, err)) >= 0) {
		if (rc == 0) {
			struct frame_wait wait = source->wait(source);
			struct pollfd one = { .fd = wait.fd, .events = wait.events };
			poll(&one, 1, -1);
			continue;
		}
		int count = decoder_read(
			decoder, &frame, source->is_still ? DECODE_STILL : DECODE_FRAME, &readings);
		for (int i = 0; i < count; i++)
			reading_list_add(found, &readings[i]);
	}
	frame_source_close(source);
	return rc == ERR_NOT_FOUND ? 0 : rc;
}
