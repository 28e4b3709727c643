#include "core/scan/frame_camera.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/scan/image.h"
#include "core/scan/jpeg_grey.h"
#include "core/scan/reasons.h"

#define BUFFERS   4
#define DEVICES   64 /* that "auto" looks at: /dev/video0 … */
#define RETRY_MS  1000
#define FROZEN_MS 1000
#define FIRST_MS  3000 /* a camera may be slow to start */
#define REOPEN_MS 5000 /* a frozen camera is closed and reopened, which revives many */

/* --- the system ------------------------------------------------------------------------------ */

static int system_open(const char *path, int flags)
{
	return open(path, flags);
}

static int system_ioctl(int fd, unsigned long request, void *argument)
{
	int rc;

	do
		rc = ioctl(fd, request, argument);
	while (rc < 0 && errno == EINTR);
	return rc;
}

static void *system_mmap(size_t size, int fd, int64_t offset)
{
	return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset);
}

static int system_poll(int fd, short *ret_events)
{
	struct pollfd one = { .fd = fd, .events = POLLIN };
	int rc = poll(&one, 1, 0);

	*ret_events = one.revents;
	return rc;
}

const struct camera_io camera_io_system = {
	.open = system_open,
	.close = close,
	.ioctl = system_ioctl,
	.mmap = system_mmap,
	.munmap = munmap,
	.poll = system_poll,
};

/* --- the camera ------------------------------------------------------------------------------ */

struct camera {
	struct frame_source source; /* first: the source is the camera */
	char *name, *path;          /* as configured; the device that is open, or was last */
	int wanted_width, wanted_height;
	const struct camera_io *io;
	const struct clock *clock;

	int fd; /* -1 while there is none */
	const struct camera_format *format;
	int width, height, stride;
	struct {
		void *memory;
		size_t size;
	} buffers[BUFFERS];
	uint32_t buffer_count;
	int lent; /* the buffer that the last frame is in, -1: none */
	struct image image;
	struct jpeg_grey *jpeg;

	bool was_seen;         /* it has worked before, so missing now means unplugged */
	struct err trouble;    /* code is set while there is trouble */
	int64_t retry_ms;      /* while closed */
	int64_t last_frame_ms; /* while open: the last frame, or the opening */
	int64_t patience_ms;   /* how long after that it counts as frozen */
};

static int ask(const struct camera *camera, unsigned long request, void *argument)
{
	return camera->io->ioctl(camera->fd, request, argument);
}

static void camera_close(struct camera *camera)
{
	if (camera->fd < 0)
		return;
	int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
	ask(camera, VIDIOC_STREAMOFF, &type);
	for (uint32_t i = 0; i < camera->buffer_count; i++)
		camera->io->munmap(camera->buffers[i].memory, camera->buffers[i].size);
	camera->buffer_count = 0;
	camera->lent = -1;
	camera->io->close(camera->fd);
	camera->fd = -1;
}

/* Records why there are no frames, closes, and schedules the next try. */
static int fail(struct camera *camera, int code, const char *why, struct err *err)
{
	const char *name = camera->path ? camera->path : camera->name;

	if (code == REASON_CAMERA_MISSING && camera->was_seen)
		code = REASON_CAMERA_GONE;
	err_setf(err, ERR_DEVICE, reason_with_text(code, name, 0), "%s", why);
	camera_close(camera);
	camera->trouble = *err;
	camera->retry_ms = clock_ms(camera->clock) + RETRY_MS;
	return err->code;
}

static int fail_by_errno(struct camera *camera, const char *what, struct err *err)
{
	int code = REASON_CAMERA_FAILED;
	int number = errno;
	char why[128];

	if (number == EBUSY)
		code = REASON_CAMERA_BUSY;
	else if (number == ENOENT || number == ENODEV || number == ENXIO)
		code = REASON_CAMERA_MISSING;
	snprintf(why, sizeof(why), "%s: %s", what, strerror(number));
	return fail(camera, code, why, err);
}

/* --- formats --------------------------------------------------------------------------------- */

/* Turns a filled buffer into a frame; false when it is torn. A format that needs no conversion
 * returns the buffer itself. */
struct camera_format {
	uint32_t fourcc;
	bool is_lent;
	bool (*convert)(struct camera *, const uint8_t *bytes, size_t size, struct frame *ret);
};

static bool has_all_pixels(const struct camera *camera, size_t size, int bytes_per_pixel)
{
	return size >= (size_t)camera->stride * (size_t)(camera->height - 1) +
			       (size_t)camera->width * (size_t)bytes_per_pixel;
}

static bool convert_grey(
	struct camera *camera, const uint8_t *bytes, size_t size, struct frame *ret)
{
	*ret = (struct frame){
		.pixels = bytes,
		.width = camera->width,
		.height = camera->height,
		.stride = camera->stride,
	};
	return has_all_pixels(camera, size, 1);
}

static bool convert_yuyv(
	struct camera *camera, const uint8_t *bytes, size_t size, struct frame *ret)
{
	int width = camera->width;

	if (!has_all_pixels(camera, size, 2))
		return false;
	image_resize(&camera->image, width, camera->height);
	uint8_t *to = camera->image.pixels;
	for (int y = 0; y < camera->height; y++, bytes += camera->stride, to += width)
		for (int x = 0; x < width; x++)
			to[x] = bytes[2 * x];
	*ret = image_frame(&camera->image);
	return true;
}

static bool convert_mjpg(
	struct camera *camera, const uint8_t *bytes, size_t size, struct frame *ret)
{
	struct err ignored;

	if (!camera->jpeg)
		camera->jpeg = jpeg_grey_create();
	if (jpeg_grey_read(camera->jpeg, bytes, size, camera->path, &camera->image, &ignored) < 0)
		return false;
	*ret = image_frame(&camera->image);
	return true;
}

/* In order of preference: the less work the better. */
static const struct camera_format formats[] = {
	{ V4L2_PIX_FMT_GREY, .is_lent = true, .convert = convert_grey },
	{ V4L2_PIX_FMT_YUYV, .convert = convert_yuyv },
	{ V4L2_PIX_FMT_MJPEG, .convert = convert_mjpg },
};

static struct v4l2_format format_request(const struct camera *camera, uint32_t fourcc)
{
	return (struct v4l2_format){
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.fmt.pix = {
			.width = (uint32_t)camera->wanted_width,
			.height = (uint32_t)camera->wanted_height,
			.pixelformat = fourcc,
			.field = V4L2_FIELD_ANY,
		},
	};
}

/* How far the size that the camera offers is from the one wanted; -1: it does not have the format.
 */
static int64_t format_distance(const struct camera *camera, const struct camera_format *format)
{
	struct v4l2_format request = format_request(camera, format->fourcc);

	if (ask(camera, VIDIOC_TRY_FMT, &request) < 0 ||
		request.fmt.pix.pixelformat != format->fourcc)
		return -1;
	return llabs((int64_t)request.fmt.pix.width * request.fmt.pix.height -
		     (int64_t)camera->wanted_width * camera->wanted_height);
}

static int choose_format(struct camera *camera, struct err *err)
{
	int64_t best = -1;

	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		int64_t distance = format_distance(camera, &formats[i]);
		if (distance >= 0 && (best < 0 || distance < best)) {
			best = distance;
			camera->format = &formats[i];
		}
	}
	if (best < 0)
		return fail(camera, REASON_CAMERA_FAILED, "none of GREY, YUYV, MJPG", err);
	struct v4l2_format request = format_request(camera, camera->format->fourcc);
	if (ask(camera, VIDIOC_S_FMT, &request) < 0)
		return fail_by_errno(camera, "S_FMT", err);
	const struct v4l2_pix_format *pix = &request.fmt.pix;
	if (pix->pixelformat != camera->format->fourcc ||
		!frame_size_is_sane(pix->width, pix->height) ||
		pix->bytesperline > 8 * FRAME_SIDE_MAX)
		return fail(camera, REASON_CAMERA_FAILED, "S_FMT: nonsense", err);
	int least = (int)pix->width * (pix->pixelformat == V4L2_PIX_FMT_YUYV ? 2 : 1);
	camera->width = (int)pix->width;
	camera->height = (int)pix->height;
	camera->stride = (int)pix->bytesperline > least ? (int)pix->bytesperline : least;
	return 0;
}

/* --- opening --------------------------------------------------------------------------------- */

static struct v4l2_buffer buffer_request(uint32_t index)
{
	return (struct v4l2_buffer){
		.index = index,
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
	};
}

static int map_buffers(struct camera *camera, struct err *err)
{
	struct v4l2_requestbuffers request = {
		.count = BUFFERS,
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
	};

	if (ask(camera, VIDIOC_REQBUFS, &request) < 0)
		return fail_by_errno(camera, "REQBUFS", err);
	for (uint32_t i = 0; i < request.count && i < BUFFERS; i++) {
		struct v4l2_buffer buffer = buffer_request(i);
		if (ask(camera, VIDIOC_QUERYBUF, &buffer) < 0)
			return fail_by_errno(camera, "QUERYBUF", err);
		void *memory = camera->io->mmap(buffer.length, camera->fd, buffer.m.offset);
		if (memory == MAP_FAILED)
			return fail_by_errno(camera, "mmap", err);
		camera->buffers[i].memory = memory;
		camera->buffers[i].size = buffer.length;
		camera->buffer_count = i + 1;
		if (ask(camera, VIDIOC_QBUF, &buffer) < 0)
			return fail_by_errno(camera, "QBUF", err);
	}
	return 0;
}

static int start(struct camera *camera, struct err *err)
{
	int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
	struct v4l2_capability capability = { 0 };

	if (ask(camera, VIDIOC_QUERYCAP, &capability) < 0)
		return fail_by_errno(camera, "QUERYCAP", err);
	bool is_exact = capability.capabilities & V4L2_CAP_DEVICE_CAPS;
	uint32_t can = is_exact ? capability.device_caps : capability.capabilities;
	if (!(can & V4L2_CAP_VIDEO_CAPTURE) || !(can & V4L2_CAP_STREAMING))
		return fail(camera, REASON_CAMERA_FAILED, "does not capture video", err);
	int rc = choose_format(camera, err);
	if (rc == 0)
		rc = map_buffers(camera, err);
	if (rc < 0)
		return rc;
	if (ask(camera, VIDIOC_STREAMON, &type) < 0)
		return fail_by_errno(camera, "STREAMON", err);
	camera->last_frame_ms = clock_ms(camera->clock);
	camera->patience_ms = FIRST_MS;
	return 0;
}

static int open_path(struct camera *camera, const char *path, struct err *err)
{
	free(camera->path);
	camera->path = mem_text(path);
	camera->fd = camera->io->open(camera->path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	return camera->fd < 0 ? fail_by_errno(camera, "open", err) : start(camera, err);
}

/* Finds the first device that delivers frames. If none does, a busy or broken one is reported
 * rather than the missing ones. */
static int open_any(struct camera *camera, struct err *err)
{
	struct err best = { 0 };
	char path[32];

	for (int i = 0; i < DEVICES; i++) {
		snprintf(path, sizeof(path), "/dev/video%d", i);
		if (open_path(camera, path, err) == 0)
			return 0;
		bool is_there =
			!err_has(err, REASON_CAMERA_MISSING) && !err_has(err, REASON_CAMERA_GONE);
		if (is_there && (best.code == ERR_NONE || err_has(err, REASON_CAMERA_BUSY)))
			best = *err;
	}
	if (best.code == ERR_NONE)
		err_set(&best, ERR_DEVICE,
			reason_with_text(
				camera->was_seen ? REASON_CAMERA_GONE : REASON_CAMERA_MISSING,
				camera->name, 0));
	camera->trouble = *err = best;
	return err->code;
}

static int camera_open(struct camera *camera, struct err *err)
{
	if (strcmp(camera->name, "auto") == 0)
		return open_any(camera, err);
	return open_path(camera, camera->name, err);
}

/* --- frames ---------------------------------------------------------------------------------- */

/* Takes every filled buffer and keeps the newest: 1 and the buffer, 0 when there is none. Never
 * takes more than there are, since a driver may refill them faster than this. */
static int take_newest(struct camera *camera, struct v4l2_buffer *ret, struct err *err)
{
	bool has_one = false;

	for (uint32_t i = 0; i < camera->buffer_count; i++) {
		struct v4l2_buffer buffer = buffer_request(0);
		if (ask(camera, VIDIOC_DQBUF, &buffer) < 0) {
			if (errno == EAGAIN ||
				errno == EIO) /* EIO: one frame was lost on the way */
				return has_one;
			return fail_by_errno(camera, "DQBUF", err);
		}
		bool is_good = !(buffer.flags & V4L2_BUF_FLAG_ERROR) &&
			       buffer.index < camera->buffer_count;
		struct v4l2_buffer spare = is_good ? *ret : buffer;
		if ((has_one || !is_good) && ask(camera, VIDIOC_QBUF, &spare) < 0)
			return fail_by_errno(camera, "QBUF", err);
		if (is_good) {
			*ret = buffer;
			has_one = true;
		}
	}
	return has_one;
}

/* No frame: is the camera gone, or does it hang? */
static int look_for_trouble(struct camera *camera, struct err *err)
{
	short events = 0;
	int64_t silent_ms = clock_ms(camera->clock) - camera->last_frame_ms;

	if (camera->io->poll(camera->fd, &events) > 0 && events & (POLLHUP | POLLNVAL))
		return fail(camera, REASON_CAMERA_MISSING, "poll: hung up", err);
	if (events & POLLERR)
		return fail(camera, REASON_CAMERA_FAILED, "poll: error", err);
	if (silent_ms >= camera->patience_ms && camera->trouble.code == ERR_NONE)
		err_set(&camera->trouble, ERR_DEVICE, REASON_TEXT(CAMERA_FROZEN, camera->path));
	if (silent_ms >= REOPEN_MS) {
		struct err frozen = camera->trouble;
		camera_close(camera);
		if (camera_open(camera, err) == 0)
			camera->trouble = frozen; /* until a frame proves otherwise */
	}
	*err = camera->trouble;
	return err->code;
}

static int give_back_lent(struct camera *camera, struct err *err)
{
	if (camera->lent < 0)
		return 0;
	struct v4l2_buffer buffer = buffer_request((uint32_t)camera->lent);
	camera->lent = -1;
	return ask(camera, VIDIOC_QBUF, &buffer) < 0 ? fail_by_errno(camera, "QBUF", err) : 0;
}

static int read_frame(struct camera *camera, struct frame *ret_frame, struct err *err)
{
	struct v4l2_buffer buffer = { 0 };
	int rc = take_newest(camera, &buffer, err);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return look_for_trouble(camera, err);
	size_t room = camera->buffers[buffer.index].size;
	size_t size = buffer.bytesused < room ? buffer.bytesused : room;
	struct frame frame;
	bool is_whole =
		camera->format->convert(camera, camera->buffers[buffer.index].memory, size, &frame);
	camera->lent = (int)buffer.index;
	if (!is_whole || !camera->format->is_lent)
		rc = give_back_lent(camera, err);
	if (rc < 0)
		return rc;
	if (!is_whole)
		return look_for_trouble(camera, err);
	camera->was_seen = true;
	camera->trouble.code = ERR_NONE;
	camera->last_frame_ms = clock_ms(camera->clock);
	camera->patience_ms = FROZEN_MS;
	frame.at_ms = camera->last_frame_ms;
	*ret_frame = frame;
	return 1;
}

static int camera_next(struct frame_source *source, struct frame *ret_frame, struct err *err)
{
	struct camera *camera = (struct camera *)source;

	if (camera->fd < 0) {
		if (clock_ms(camera->clock) < camera->retry_ms) {
			*err = camera->trouble;
			return err->code;
		}
		int rc = camera_open(camera, err);
		if (rc < 0)
			return rc;
		camera->trouble.code = ERR_NONE;
	}
	int rc = give_back_lent(camera, err);
	return rc < 0 ? rc : read_frame(camera, ret_frame, err);
}

static struct frame_wait camera_wait(const struct frame_source *source)
{
	const struct camera *camera = (const struct camera *)source;
	bool is_frozen = camera->trouble.code != ERR_NONE;

	if (camera->fd < 0)
		return (struct frame_wait){ .fd = -1, .until_ms = camera->retry_ms };
	return (struct frame_wait){
		.fd = camera->fd,
		.events = POLLIN,
		.until_ms = camera->last_frame_ms + (is_frozen ? REOPEN_MS : camera->patience_ms),
	};
}

static void camera_destroy(struct frame_source *source)
{
	struct camera *camera = (struct camera *)source;

	camera_close(camera);
	jpeg_grey_destroy(camera->jpeg);
	image_finish(&camera->image);
	free(camera->name);
	free(camera->path);
	free(camera);
}

int frame_camera_open(const char *name, const struct frame_options *options,
	struct frame_source **ret, struct err *err)
{
	(void)err;
	struct camera *camera = mem_alloc(sizeof(*camera));

	camera->source = (struct frame_source){
		.next = camera_next,
		.wait = camera_wait,
		.destroy = camera_destroy,
	};
	camera->name = mem_text(name);
	camera->wanted_width = options->width ? options->width : 1280;
	camera->wanted_height = options->height ? options->height : 720;
	camera->io = options->io ? options->io : &camera_io_system;
	camera->clock = options->clock ? options->clock : &clock_system;
	camera->fd = -1;
	camera->lent = -1;
	camera->retry_ms = INT64_MIN;
	*ret = &camera->source;
	return 0;
}
