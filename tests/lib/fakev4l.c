#include "tests/lib/fakev4l.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include <jpeglib.h>

#define BUFFERS 8
#define PAGE    4096

const char *const fakev4l_mode_names[FAKEV4L_MODE_COUNT] = {
	[FAKEV4L_PLUGGED] = "plugged",
	[FAKEV4L_UNPLUGGED] = "unplugged",
	[FAKEV4L_BUSY] = "busy",
	[FAKEV4L_FROZEN] = "frozen",
	[FAKEV4L_TORN] = "torn",
	[FAKEV4L_HUNG] = "hung",
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t mode_changed = PTHREAD_COND_INITIALIZER;

static struct {
	struct fakev4l_setup setup;
	enum fakev4l_mode mode;
	uint8_t *grey;

	int fd, opened;
	uint32_t fourcc;
	bool is_streaming;
	uint8_t *memory[BUFFERS];
	bool is_mapped[BUFFERS];
	uint32_t buffer_count;
	uint32_t queue[BUFFERS], queued; /* waiting to be filled, in order */
	uint64_t ready;                  /* frames that the timer has counted and nobody took */
	uint32_t sequence;
} device = { .fd = -1 };

static int fail(int number)
{
	errno = number;
	return -1;
}

/* --- what tests say -------------------------------------------------------------------------- */

static void drop_buffers(void)
{
	for (int i = 0; i < BUFFERS; i++) {
		free(device.memory[i]);
		device.memory[i] = NULL;
		device.is_mapped[i] = false;
	}
	device.buffer_count = device.queued = 0;
}

void fakev4l_finish(void)
{
	pthread_mutex_lock(&lock);
	device.mode = FAKEV4L_UNPLUGGED;
	pthread_cond_broadcast(&mode_changed);
	drop_buffers();
	free(device.grey);
	device.grey = NULL;
	pthread_mutex_unlock(&lock);
}

void fakev4l_init(const struct fakev4l_setup *setup)
{
	size_t size = (size_t)setup->width * (size_t)setup->height;

	fakev4l_finish();
	pthread_mutex_lock(&lock);
	device.setup = *setup;
	if (!device.setup.path)
		device.setup.path = "/dev/video0";
	device.mode = FAKEV4L_PLUGGED;
	device.fd = -1;
	device.opened = 0;
	device.grey = malloc(size);
	if (!device.grey)
		abort();
	memset(device.grey, 128, size);
	pthread_mutex_unlock(&lock);
}

void fakev4l_set(enum fakev4l_mode mode)
{
	pthread_mutex_lock(&lock);
	device.mode = mode;
	pthread_cond_broadcast(&mode_changed);
	pthread_mutex_unlock(&lock);
}

void fakev4l_show(const uint8_t *grey)
{
	pthread_mutex_lock(&lock);
	memcpy(device.grey, grey, (size_t)device.setup.width * (size_t)device.setup.height);
	pthread_mutex_unlock(&lock);
}

int fakev4l_mapped(void)
{
	int count = 0;

	pthread_mutex_lock(&lock);
	for (int i = 0; i < BUFFERS; i++)
		count += device.is_mapped[i];
	pthread_mutex_unlock(&lock);
	return count;
}

bool fakev4l_is_open(void)
{
	pthread_mutex_lock(&lock);
	bool is_open = device.fd >= 0;
	pthread_mutex_unlock(&lock);
	return is_open;
}

int fakev4l_opened(void)
{
	pthread_mutex_lock(&lock);
	int opened = device.opened;
	pthread_mutex_unlock(&lock);
	return opened;
}

/* --- pictures -------------------------------------------------------------------------------- */

static size_t row_size(void)
{
	int bytes = device.fourcc == V4L2_PIX_FMT_YUYV ? 2 : 1;

	return (size_t)(device.setup.width * bytes + device.setup.padding);
}

static size_t frame_size(void)
{
	if (device.fourcc == V4L2_PIX_FMT_MJPEG) /* never reached at the quality we use */
		return (size_t)device.setup.width * (size_t)device.setup.height * 2 + 4096;
	return row_size() * (size_t)device.setup.height;
}

static size_t fill_raw(uint8_t *to)
{
	int width = device.setup.width, step = device.fourcc == V4L2_PIX_FMT_YUYV ? 2 : 1;

	memset(to, 128, frame_size());
	for (int y = 0; y < device.setup.height; y++)
		for (int x = 0; x < width; x++)
			to[(size_t)y * row_size() + (size_t)(x * step)] =
				device.grey[y * width + x];
	return frame_size();
}

/* 4:2:2 colour, as UVC cameras send it. */
static size_t fill_jpeg(uint8_t *to)
{
	struct jpeg_compress_struct codec;
	struct jpeg_error_mgr errors;
	unsigned char *bytes = NULL;
	unsigned long size = 0;
	int width = device.setup.width;
	uint8_t *row = malloc((size_t)width * 3);

	codec.err = jpeg_std_error(&errors);
	jpeg_create_compress(&codec);
	jpeg_mem_dest(&codec, &bytes, &size);
	codec.image_width = (JDIMENSION)width;
	codec.image_height = (JDIMENSION)device.setup.height;
	codec.input_components = 3;
	codec.in_color_space = JCS_YCbCr;
	jpeg_set_defaults(&codec);
	jpeg_set_quality(&codec, 80, TRUE);
	codec.comp_info[0].h_samp_factor = 2;
	codec.comp_info[0].v_samp_factor = 1;
	jpeg_start_compress(&codec, TRUE);
	while (codec.next_scanline < codec.image_height) {
		const uint8_t *grey = device.grey + codec.next_scanline * (unsigned)width;
		for (int x = 0; x < width; x++) {
			row[3 * x] = grey[x];
			row[3 * x + 1] = row[3 * x + 2] = 128;
		}
		jpeg_write_scanlines(&codec, &row, 1);
	}
	jpeg_finish_compress(&codec);
	jpeg_destroy_compress(&codec);
	size_t used = size < frame_size() ? size : frame_size();
	memcpy(to, bytes, used);
	free(bytes);
	free(row);
	return device.mode == FAKEV4L_TORN ? used / 2 : used;
}

/* --- ioctls ---------------------------------------------------------------------------------- */

static bool has_format(uint32_t fourcc)
{
	char name[5] = { (char)fourcc, (char)(fourcc >> 8), (char)(fourcc >> 16),
		(char)(fourcc >> 24), '\0' };

	return strstr(device.setup.formats, name) != NULL;
}

static int query_capability(struct v4l2_capability *capability)
{
	*capability = (struct v4l2_capability){
		.driver = "fakev4l",
		.card = "A made-up camera",
		.bus_info = "platform:fakev4l",
		.version = 0x60000,
		.capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING | V4L2_CAP_DEVICE_CAPS,
		.device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING,
	};
	return 0;
}

/* Asked for a format or size that it lacks, a driver answers with one that it has. */
static int set_format(struct v4l2_format *format, bool is_trial)
{
	static const uint32_t all[] = { V4L2_PIX_FMT_GREY, V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_MJPEG };
	uint32_t fourcc = V4L2_PIX_FMT_H264, before = device.fourcc;

	if (!is_trial && device.mode == FAKEV4L_BUSY)
		return fail(EBUSY);
	for (int i = 2; i >= 0; i--)
		if (has_format(all[i]))
			fourcc = all[i];
	if (has_format(format->fmt.pix.pixelformat))
		fourcc = format->fmt.pix.pixelformat;
	device.fourcc = fourcc;
	format->fmt.pix.pixelformat = fourcc;
	format->fmt.pix.width = (uint32_t)device.setup.width;
	format->fmt.pix.height = (uint32_t)device.setup.height;
	format->fmt.pix.field = V4L2_FIELD_NONE;
	format->fmt.pix.bytesperline = fourcc == V4L2_PIX_FMT_MJPEG ? 0 : (uint32_t)row_size();
	format->fmt.pix.sizeimage = (uint32_t)frame_size();
	if (is_trial)
		device.fourcc = before;
	return 0;
}

static int request_buffers(struct v4l2_requestbuffers *request)
{
	if (request->memory != V4L2_MEMORY_MMAP)
		return fail(EINVAL);
	if (device.mode == FAKEV4L_BUSY)
		return fail(EBUSY);
	drop_buffers();
	if (request->count > BUFFERS)
		request->count = BUFFERS;
	device.buffer_count = request->count;
	for (uint32_t i = 0; i < request->count; i++)
		device.memory[i] = calloc(1, (frame_size() + PAGE - 1) / PAGE * PAGE);
	return 0;
}

static int query_buffer(struct v4l2_buffer *buffer)
{
	if (buffer->index >= device.buffer_count)
		return fail(EINVAL);
	buffer->length = (uint32_t)frame_size();
	buffer->m.offset = buffer->index * PAGE;
	return 0;
}

static int queue_buffer(const struct v4l2_buffer *buffer)
{
	if (buffer->index >= device.buffer_count || device.queued == BUFFERS)
		return fail(EINVAL);
	for (uint32_t i = 0; i < device.queued; i++)
		if (device.queue[i] == buffer->index)
			return fail(EINVAL);
	device.queue[device.queued++] = buffer->index;
	return 0;
}

/* Frames for which no buffer is queued are lost, as with a real camera. */
static int take_buffer(struct v4l2_buffer *buffer)
{
	uint64_t ticks = 0;

	if (!device.is_streaming)
		return fail(EINVAL);
	if (read(device.fd, &ticks, sizeof(ticks)) == (ssize_t)sizeof(ticks))
		device.ready += ticks;
	if (device.mode == FAKEV4L_FROZEN)
		device.ready = 0;
	if (device.ready > device.queued)
		device.ready = device.queued;
	if (device.ready == 0)
		return fail(EAGAIN);
	device.ready--;
	uint32_t index = device.queue[0];
	memmove(device.queue, device.queue + 1, --device.queued * sizeof(device.queue[0]));
	bool is_jpeg = device.fourcc == V4L2_PIX_FMT_MJPEG;
	bool is_marked = device.mode == FAKEV4L_TORN && !is_jpeg;
	*buffer = (struct v4l2_buffer){
		.index = index,
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
		.flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC | (is_marked ? V4L2_BUF_FLAG_ERROR : 0),
		.sequence = device.sequence++,
		.length = (uint32_t)frame_size(),
		.bytesused = (uint32_t)(is_jpeg ? fill_jpeg(device.memory[index])
						: fill_raw(device.memory[index])),
	};
	return 0;
}

static int stream(bool is_on)
{
	long period = is_on ? 1000000000L / device.setup.frames_per_second : 0;
	struct itimerspec timer = { .it_value.tv_nsec = period, .it_interval.tv_nsec = period };

	device.is_streaming = is_on;
	device.ready = 0;
	if (!is_on)
		device.queued = 0;
	return timerfd_settime(device.fd, 0, &timer, NULL);
}

static int answer(unsigned long request, void *argument)
{
	if (device.mode == FAKEV4L_UNPLUGGED)
		return fail(ENODEV);
	switch (request) {
	case VIDIOC_QUERYCAP:
		return query_capability(argument);
	case VIDIOC_TRY_FMT:
		return set_format(argument, true);
	case VIDIOC_S_FMT:
		return set_format(argument, false);
	case VIDIOC_REQBUFS:
		return request_buffers(argument);
	case VIDIOC_QUERYBUF:
		return query_buffer(argument);
	case VIDIOC_QBUF:
		return queue_buffer(argument);
	case VIDIOC_DQBUF:
		return take_buffer(argument);
	case VIDIOC_STREAMON:
		return stream(true);
	case VIDIOC_STREAMOFF:
		return stream(false);
	default:
		return fail(ENOTTY);
	}
}

int fakev4l_ioctl(int fd, unsigned long request, void *argument)
{
	pthread_mutex_lock(&lock);
	while (device.mode == FAKEV4L_HUNG)
		pthread_cond_wait(&mode_changed, &lock);
	int rc = fd == device.fd ? answer(request, argument) : fail(EBADF);
	pthread_mutex_unlock(&lock);
	return rc;
}

/* --- the other calls ------------------------------------------------------------------------- */

bool fakev4l_is_path(const char *path)
{
	return path && device.setup.path && strcmp(path, device.setup.path) == 0;
}

bool fakev4l_is_fd(int fd)
{
	pthread_mutex_lock(&lock);
	bool is_ours = fd >= 0 && fd == device.fd;
	pthread_mutex_unlock(&lock);
	return is_ours;
}

bool fakev4l_is_buffer(const void *memory)
{
	bool is_ours = false;

	pthread_mutex_lock(&lock);
	for (int i = 0; i < BUFFERS; i++)
		is_ours |= memory && memory == device.memory[i];
	pthread_mutex_unlock(&lock);
	return is_ours;
}

int fakev4l_open(const char *path, int flags)
{
	int fd = -1;

	(void)flags;
	pthread_mutex_lock(&lock);
	if (device.mode == FAKEV4L_UNPLUGGED || !fakev4l_is_path(path)) {
		fail(ENOENT);
	} else if (device.fd >= 0) {
		fail(EBUSY);
	} else {
		fd = device.fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
		device.opened++;
		device.is_streaming = false;
		drop_buffers();
	}
	pthread_mutex_unlock(&lock);
	return fd;
}

int fakev4l_close(int fd)
{
	pthread_mutex_lock(&lock);
	if (fd == device.fd)
		device.fd = -1;
	pthread_mutex_unlock(&lock);
	return (int)syscall(SYS_close, fd); /* past our own interposition */
}

void *fakev4l_mmap(size_t size, int fd, int64_t offset)
{
	void *memory = MAP_FAILED;
	size_t index = (size_t)offset / PAGE;

	pthread_mutex_lock(&lock);
	if (fd == device.fd && index < device.buffer_count && size <= frame_size()) {
		memory = device.memory[index];
		device.is_mapped[index] = true;
	} else {
		fail(EINVAL);
	}
	pthread_mutex_unlock(&lock);
	return memory;
}

int fakev4l_munmap(void *memory, size_t size)
{
	(void)size;
	pthread_mutex_lock(&lock);
	for (int i = 0; i < BUFFERS; i++)
		if (memory == device.memory[i])
			device.is_mapped[i] = false;
	pthread_mutex_unlock(&lock);
	return 0;
}
