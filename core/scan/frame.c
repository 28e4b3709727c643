#include "core/scan/frame.h"

bool frame_size_is_sane(int64_t width, int64_t height)
{
	return width > 0 && height > 0 && width <= FRAME_SIDE_MAX && height <= FRAME_SIDE_MAX &&
	       width * height <= FRAME_PIXELS_MAX;
}

void frame_source_close(struct frame_source *source)
{
	if (source)
		source->destroy(source);
}
