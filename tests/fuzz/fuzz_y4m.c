/* Any bytes as a Y4M stream: frames don't depend on the pieces in which the bytes come. */
#include <assert.h>

#include "core/scan/y4m.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

struct outcome {
	int frames, rc;
	uint32_t sum; /* of all pixels */
};

static void add_pixels(struct outcome *outcome, const struct y4m *y4m)
{
	const struct image *image = y4m_image(y4m);
	size_t count = (size_t)image->width * (size_t)image->height;

	for (size_t i = 0; i < count; i++)
		outcome->sum = outcome->sum * 31 + image->pixels[i];
	outcome->frames++;
}

static struct outcome push_all(const unsigned char *data, size_t size, size_t piece)
{
	struct y4m *y4m = y4m_create();
	struct outcome outcome = { 0 };
	struct err err = { 0 };

	while (size > 0 && outcome.rc == 0) {
		bool has_frame;
		size_t count = size < piece ? size : piece;
		int64_t taken = y4m_push(y4m, data, count, "fuzz", &has_frame, &err);
		if (taken < 0) {
			outcome.rc = (int)taken;
			break;
		}
		assert(taken > 0 && (size_t)taken <= count);
		data += taken;
		size -= (size_t)taken;
		if (has_frame)
			add_pixels(&outcome, y4m);
	}
	y4m_destroy(y4m);
	return outcome;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	if (size == 0)
		return 0;
	struct outcome whole = push_all(data + 1, size - 1, size);
	struct outcome pieces = push_all(data + 1, size - 1, 1 + data[0]);

	assert(whole.frames == pieces.frames && whole.rc == pieces.rc && whole.sum == pieces.sum);
	return 0;
}
