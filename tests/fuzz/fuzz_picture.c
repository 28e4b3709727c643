/* Any bytes as a picture; the result goes through the decoder. */
#include <assert.h>
#include <stdlib.h>

#include "core/scan/decoder.h"
#include "core/scan/picture.h"

#define PIXELS_MAX (256 * 256) /* of what is decoded: speed finds more than size */

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void decode(const struct image *image)
{
	struct decoder *decoder;
	struct err err = { 0 };

	if (decoder_create(&decoder, &err) < 0)
		abort();
	struct frame frame = image_frame(image);
	const struct reading *readings;
	int count = decoder_read(decoder, &frame, DECODE_STILL, &readings);

	for (int i = 0; i < count; i++)
		free(reading_escape(readings[i].bytes, readings[i].size));
	decoder_destroy(decoder);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct image image = { 0 };
	struct err err = { 0 };
	int rc = picture_read(data, size, "fuzz", &image, &err);

	assert(rc == 0 || (rc == ERR_INVALID && err.reason_count == 1));
	assert(rc < 0 || frame_size_is_sane(image.width, image.height));
	if (rc == 0 && (int64_t)image.width * image.height <= PIXELS_MAX)
		decode(&image);
	image_finish(&image);
	return 0;
}
