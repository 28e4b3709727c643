/* Any bytes as what a camera's driver answers, call by call: frames that lie within what was
 * mapped, or a reason; and nothing is left open. */
#include <assert.h>
#include <errno.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "core/scan/frame_camera.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

#define MAPPED_MAX (1 << 20)
#define ROUNDS     24

static struct {
	const unsigned char *bytes;
	size_t left;
	int open, mapped;
	volatile unsigned sum; /* of what was read */
} driver;

static unsigned take(void)
{
	if (driver.left == 0)
		return 0;
	driver.left--;
	return *driver.bytes++;
}

static int fake_open(const char *path, int flags)
{
	(void)path;
	(void)flags;
	if (take() % 8 == 7) {
		errno = take() % 2 ? ENOENT : EBUSY;
		return -1;
	}
	driver.open++;
	return 100;
}

static int fake_close(int fd)
{
	(void)fd;
	driver.open--;
	return 0;
}

static size_t size_of(unsigned long request)
{
	return _IOC_SIZE(request);
}

/* Mostly what a well-behaved driver answers, sometimes its answer with bytes of the input in it. */
static void answer(unsigned long request, void *argument)
{
	if (request == VIDIOC_QUERYCAP)
		((struct v4l2_capability *)argument)->capabilities =
			V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
	if (request == VIDIOC_QUERYBUF)
		((struct v4l2_buffer *)argument)->length = take() << 8 | take();
	if (request == VIDIOC_TRY_FMT || request == VIDIOC_S_FMT) {
		struct v4l2_pix_format *pix = &((struct v4l2_format *)argument)->fmt.pix;
		pix->width = 1 + take() % 64;
		pix->height = 1 + take() % 64;
		pix->bytesperline = take();
	}
	if (request == VIDIOC_DQBUF) {
		((struct v4l2_buffer *)argument)->index = take() % 8;
		((struct v4l2_buffer *)argument)->bytesused = take() << 8 | take();
	}
	unsigned char *raw = argument;
	for (unsigned wild = take() % 4 == 3 ? take() % 8 : 0; wild && size_of(request); wild--)
		raw[take() % size_of(request)] = (unsigned char)take();
}

static int fake_ioctl(int fd, unsigned long request, void *argument)
{
	static const int errors[] = { EAGAIN, EBUSY, ENODEV, EIO, EINVAL };
	unsigned kind = take();

	(void)fd;
	if (kind % 16 == 15) {
		errno = errors[take() % 5];
		return -1;
	}
	answer(request, argument);
	return 0;
}

static void *fake_mmap(size_t size, int fd, int64_t offset)
{
	(void)fd;
	(void)offset;
	/* Like the system: no mapping of size 0, and none larger than there is. */
	if (size == 0 || size > MAPPED_MAX) {
		errno = EINVAL;
		return MAP_FAILED;
	}
	unsigned char *memory = malloc(size);
	for (size_t i = 0; i < size && i < driver.left; i++)
		memory[i] = driver.bytes[i];
	for (size_t i = driver.left; i < size; i++)
		memory[i] = (unsigned char)i;
	driver.mapped++;
	return memory;
}

static int fake_munmap(void *memory, size_t size)
{
	(void)size;
	free(memory);
	driver.mapped--;
	return 0;
}

static int fake_poll(int fd, short *ret_events)
{
	static const short events[] = { POLLIN, POLLIN, POLLIN, 0, POLLHUP, POLLERR | POLLIN };

	(void)fd;
	*ret_events = events[take() % 6];
	return *ret_events != 0;
}

static void look_at(const struct frame *frame)
{
	assert(frame_size_is_sane(frame->width, frame->height) && frame->stride >= frame->width);
	for (int y = 0; y < frame->height; y++)
		driver.sum +=
			frame->pixels[(size_t)y * (size_t)frame->stride] +
			frame->pixels[(size_t)y * (size_t)frame->stride + (size_t)frame->width - 1];
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const struct camera_io io = { fake_open, fake_close, fake_ioctl, fake_mmap,
		fake_munmap, fake_poll };
	struct clock clock = clock_set(1795240800);
	const struct frame_options options = { .clock = &clock, .io = &io };
	struct frame_source *source;
	struct err err = { 0 };

	driver.bytes = data;
	driver.left = size;
	if (frame_camera_open("/dev/video0", &options, &source, &err) < 0)
		return 0;
	for (int i = 0; i < ROUNDS; i++) {
		struct frame frame;
		int r = source->next(source, &frame, &err);
		assert(r == 1 || r == 0 || r == ERR_DEVICE);
		if (r == 1)
			look_at(&frame);
		source->wait(source);
		clock.set_monotonic_ms += 700;
	}
	source->destroy(source);
	assert(driver.open == 0 && driver.mapped == 0);
	return 0;
}
