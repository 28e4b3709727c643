#include "core/scan/frame_y4m.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/scan/reasons.h"
#include "core/scan/y4m.h"

#define CHUNK_SIZE 65536

struct recording {
	struct frame_source source; /* first: the source is the recording */
	char *path;
	int fd;
	bool is_fifo, is_live, is_looped;
	bool has_writer; /* FIFO: bytes have arrived since it was opened */
	bool is_damaged; /* FIFO: input is discarded until the writer closes it */
	const struct clock *clock;
	struct y4m *y4m;
	uint8_t *chunk;
	size_t chunk_at, chunk_size;
	int64_t frames;     /* read so far */
	int64_t due_ms;     /* live file: when the next frame is due */
	struct reason idle; /* FIFO: why nothing comes */
	struct err over;    /* returned from now on, once its code is set */
};

static struct recording *recording_of(struct frame_source *source)
{
	return (struct recording *)source;
}

static void recording_destroy(struct frame_source *source)
{
	struct recording *recording = recording_of(source);

	if (recording->fd >= 0)
		close(recording->fd);
	y4m_destroy(recording->y4m);
	free(recording->chunk);
	free(recording->path);
	free(recording);
}

static struct frame_wait recording_wait(const struct frame_source *source)
{
	const struct recording *recording = (const struct recording *)source;

	if (recording->over.code != ERR_NONE)
		return (struct frame_wait){ .fd = -1, .until_ms = INT64_MAX };
	if (recording->is_fifo)
		return (struct frame_wait){ recording->fd, POLLIN, INT64_MAX };
	return (struct frame_wait){ .fd = -1, .until_ms = recording->due_ms };
}

/* Nothing more will come: remembers `err` and returns it whenever asked. */
static int finish(struct recording *recording, const struct err *err)
{
	recording->over = *err;
	return err->code;
}

static int finish_at_end(struct recording *recording, struct err *err)
{
	err_set(err, ERR_NOT_FOUND, REASON_TEXT(CAMERA_GONE, recording->path));
	return finish(recording, err);
}

static int finish_early(struct recording *recording, struct err *err)
{
	err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, recording->path),
		"Y4M: ends inside frame %lld", (long long)recording->frames + 1);
	return finish(recording, err);
}

/* --- a file ---------------------------------------------------------------------------------- */

static int file_ended(struct recording *recording, struct err *err)
{
	if (!y4m_is_between_frames(recording->y4m) || recording->frames == 0)
		return finish_early(recording, err);
	if (!recording->is_looped || lseek(recording->fd, 0, SEEK_SET) != 0)
		return finish_at_end(recording, err);
	y4m_restart(recording->y4m);
	return 1;
}

/* --- a FIFO ---------------------------------------------------------------------------------- */

static int fifo_idle(const struct recording *recording, struct err *err)
{
	return recording->is_live ? err_set(err, ERR_DEVICE, recording->idle) : 0;
}

/* A hung-up descriptor wakes poll() for ever; a new one wakes it when the next writer comes. The
 * new one is opened before the old one is closed, so that no writer finds the FIFO without a
 * reader. */
static int fifo_reopen(struct recording *recording, struct err *err)
{
	int fd = open(recording->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return finish_at_end(recording, err);
	close(recording->fd);
	recording->fd = fd;
	recording->has_writer = false;
	recording->is_damaged = false;
	y4m_restart(recording->y4m);
	return fifo_idle(recording, err);
}

static int fifo_ended(struct recording *recording, struct err *err)
{
	if (recording->has_writer && !recording->is_live)
		return y4m_is_between_frames(recording->y4m) ? finish_at_end(recording, err)
							     : finish_early(recording, err);
	if (recording->has_writer)
		recording->idle = REASON_TEXT(CAMERA_GONE, recording->path);
	return fifo_reopen(recording, err);
}

/* --- both ------------------------------------------------------------------------------------ */

/* 1 when the chunk holds bytes or the file has started again, 0 when there are none yet. */
static int fill(struct recording *recording, struct err *err)
{
	ssize_t count;

	do
		count = read(recording->fd, recording->chunk, CHUNK_SIZE);
	while (count < 0 && errno == EINTR);
	if (count < 0 && errno == EAGAIN)
		return recording->has_writer ? 0 : fifo_idle(recording, err);
	if (count < 0) {
		err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, recording->path), "%s",
			strerror(errno));
		return finish(recording, err);
	}
	recording->chunk_at = 0;
	recording->chunk_size = (size_t)count;
	if (count == 0)
		return recording->is_fifo ? fifo_ended(recording, err) : file_ended(recording, err);
	recording->has_writer = true;
	return 1;
}

/* Feeds bytes until a frame is complete: 1; 0 when they ran out. */
static int advance(struct recording *recording, struct err *err)
{
	for (bool has_frame = false;;) {
		if (recording->chunk_at == recording->chunk_size) {
			int rc = fill(recording, err);
			if (rc <= 0)
				return rc;
		}
		if (recording->is_damaged) {
			recording->chunk_at = recording->chunk_size;
			return err_set(
				err, ERR_DEVICE, REASON_TEXT(CAMERA_FAILED, recording->path));
		}
		int64_t count = y4m_push(recording->y4m, recording->chunk + recording->chunk_at,
			recording->chunk_size - recording->chunk_at, recording->path, &has_frame,
			err);
		if (count < 0 && recording->is_fifo && recording->is_live) {
			recording->is_damaged = true;
			continue;
		}
		if (count < 0)
			return finish(recording, err);
		recording->chunk_at += (size_t)count;
		if (has_frame)
			return 1;
	}
}

/* The time of frame `index` in the recording, in ms from its start. */
static int64_t media_ms(const struct recording *recording, int64_t index)
{
	const struct y4m_header *header = y4m_header(recording->y4m);

	return index * 1000 * header->rate_scale / header->rate;
}

static int recording_next(struct frame_source *source, struct frame *ret_frame, struct err *err)
{
	struct recording *recording = recording_of(source);
	bool is_paced = recording->is_live && !recording->is_fifo;
	int64_t now_ms = recording->is_live ? clock_ms(recording->clock) : 0;

	if (recording->over.code != ERR_NONE) {
		*err = recording->over;
		return err->code;
	}
	if (is_paced && now_ms < recording->due_ms)
		return 0;
	int rc = advance(recording, err);
	if (rc <= 0)
		return rc;
	*ret_frame = image_frame(y4m_image(recording->y4m));
	ret_frame->at_ms = recording->is_live ? now_ms : media_ms(recording, recording->frames);
	if (is_paced) {
		int64_t period = media_ms(recording, 1);
		bool is_late = recording->due_ms < now_ms - period; /* or has just begun */
		recording->due_ms = (is_late ? now_ms : recording->due_ms) + period;
	}
	recording->frames++;
	return 1;
}

int frame_y4m_open(const char *path, const struct frame_options *options, struct frame_source **ret,
	struct err *err)
{
	struct stat status;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(FILE_MISSING, path));
	if (fd < 0 || fstat(fd, &status)) {
		err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, path), "%s",
			strerror(errno));
		if (fd >= 0)
			close(fd);
		return err->code;
	}
	struct recording *recording = mem_alloc(sizeof(*recording));
	recording->source = (struct frame_source){
		.next = recording_next,
		.wait = recording_wait,
		.destroy = recording_destroy,
	};
	recording->path = mem_text(path);
	recording->fd = fd;
	recording->is_fifo = S_ISFIFO(status.st_mode);
	recording->is_live = options->is_live;
	recording->is_looped = options->is_looped;
	recording->clock = options->clock ? options->clock : &clock_system;
	recording->y4m = y4m_create();
	recording->chunk = mem_alloc(CHUNK_SIZE);
	recording->idle = REASON_TEXT(CAMERA_MISSING, path);
	*ret = &recording->source;
	return 0;
}
