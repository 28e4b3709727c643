#include "core/scan/frame_picture.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/scan/image.h"
#include "core/scan/picture.h"
#include "core/scan/reasons.h"

#define PERIOD_MS 100

struct still {
	struct frame_source source; /* first: the source is the still */
	char *path;
	struct image image;
	bool is_live, is_looped, was_given;
	int64_t due_ms;
	const struct clock *clock;
};

static void still_destroy(struct frame_source *source)
{
	struct still *still = (struct still *)source;

	image_finish(&still->image);
	free(still->path);
	free(still);
}

static struct frame_wait still_wait(const struct frame_source *source)
{
	const struct still *still = (const struct still *)source;
	bool is_over = still->was_given && !still->is_looped;

	return (struct frame_wait){ .fd = -1, .until_ms = is_over ? INT64_MAX : still->due_ms };
}

static int still_next(struct frame_source *source, struct frame *ret_frame, struct err *err)
{
	struct still *still = (struct still *)source;
	int64_t now_ms = still->is_live ? clock_ms(still->clock) : still->due_ms;

	if (still->was_given && !still->is_looped)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(CAMERA_GONE, still->path));
	if (now_ms < still->due_ms)
		return 0;
	*ret_frame = image_frame(&still->image);
	ret_frame->at_ms = now_ms;
	still->was_given = true;
	still->due_ms = now_ms + PERIOD_MS;
	return 1;
}

int frame_picture_open(const char *path, const struct frame_options *options,
	struct frame_source **ret, struct err *err)
{
	CLEANUP(mem_free) char *bytes = NULL;
	size_t size = 0;
	int rc = picture_load(path, PICTURE_FILE_MAX, &bytes, &size, err);

	if (rc < 0)
		return rc;
	struct still *still = mem_alloc(sizeof(*still));
	still->source = (struct frame_source){
		.next = still_next,
		.wait = still_wait,
		.destroy = still_destroy,
		.is_still = true,
	};
	still->path = mem_text(path);
	still->is_live = options->is_live;
	still->is_looped = options->is_looped;
	still->clock = options->clock ? options->clock : &clock_system;
	rc = picture_read(bytes, size, path, &still->image, err);
	if (rc < 0)
		still_destroy(&still->source);
	else
		*ret = &still->source;
	return rc;
}
