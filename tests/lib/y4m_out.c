#include "tests/lib/y4m_out.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/frames.h"

static size_t chroma_size(int width, int height)
{
	return 2 * (size_t)((width + 1) / 2) * (size_t)((height + 1) / 2);
}

void y4m_write_header(FILE *file, int width, int height, int frames_per_second)
{
	fprintf(file, "YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n", width, height,
		frames_per_second);
}

void y4m_write_frame(FILE *file, const struct image *image)
{
	fputs("FRAME\n", file);
	fwrite(image->pixels, 1, (size_t)image->width * (size_t)image->height, file);
	for (size_t i = chroma_size(image->width, image->height); i > 0; i--)
		fputc(128, file);
}

void y4m_write_file(const char *path, const struct image *const images[], int count, int repeat,
	int frames_per_second)
{
	FILE *file = fopen(path, "wb");

	assert(file);
	y4m_write_header(file, images[0]->width, images[0]->height, frames_per_second);
	for (int i = 0; i < count; i++)
		for (int n = 0; n < repeat; n++)
			y4m_write_frame(file, images[i]);
	if (ferror(file) | fclose(file))
		abort();
}

/* --- a feed ---------------------------------------------------------------------------------- */

struct y4m_feed {
	char *path;
	int width, height, period_ms;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct image shown;
	bool is_plugged, is_stopping;
	long frames; /* written whole */
};

static void sleep_ms(int ms)
{
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL);
}

static bool goes_on(struct y4m_feed *feed)
{
	pthread_mutex_lock(&feed->lock);
	bool is_on = feed->is_plugged && !feed->is_stopping;
	pthread_mutex_unlock(&feed->lock);
	return is_on;
}

/* Writes everything, unless the reader goes away or the feed is unplugged. */
static bool put(struct y4m_feed *feed, int fd, const void *bytes, size_t size)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t count = write(fd, at, size);
		if (count < 0 && errno != EAGAIN)
			return false;
		if (count < 0) {
			if (!goes_on(feed))
				return false;
			poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, 20);
			continue;
		}
		at += count;
		size -= (size_t)count;
	}
	return true;
}

static bool put_header(struct y4m_feed *feed, int fd)
{
	CLEANUP(mem_free)
	char *header = mem_printf("YUV4MPEG2 W%d H%d F%d:1 C420jpeg\n", feed->width, feed->height,
		1000 / feed->period_ms);

	return put(feed, fd, header, strlen(header));
}

static bool put_frame(struct y4m_feed *feed, int fd)
{
	static const char mark[] = "FRAME\n";
	size_t luma = (size_t)feed->width * (size_t)feed->height, mark_size = sizeof(mark) - 1;
	size_t size = mark_size + luma + chroma_size(feed->width, feed->height);
	CLEANUP(mem_free) char *bytes = mem_alloc(size);

	memset(bytes, 128, size);
	memcpy(bytes, mark, mark_size);
	pthread_mutex_lock(&feed->lock);
	memcpy(bytes + mark_size, feed->shown.pixels, luma);
	pthread_mutex_unlock(&feed->lock);
	if (!put(feed, fd, bytes, size))
		return false;
	pthread_mutex_lock(&feed->lock);
	feed->frames++;
	pthread_cond_broadcast(&feed->changed);
	pthread_mutex_unlock(&feed->lock);
	return true;
}

static void *feed_run(void *argument)
{
	struct y4m_feed *feed = argument;
	sigset_t pipe;
	bool is_stopping = false;

	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe, NULL);
	while (!is_stopping) {
		int fd = goes_on(feed) ? open(feed->path, O_WRONLY | O_NONBLOCK | O_CLOEXEC) : -1;
		bool is_read = fd >= 0 && put_header(feed, fd);
		while (is_read && goes_on(feed)) {
			is_read = put_frame(feed, fd);
			sleep_ms(feed->period_ms);
		}
		if (fd >= 0)
			close(fd);
		sleep_ms(10);
		pthread_mutex_lock(&feed->lock);
		is_stopping = feed->is_stopping;
		pthread_mutex_unlock(&feed->lock);
	}
	return NULL;
}

struct y4m_feed *y4m_feed_start(const char *path, int width, int height, int frames_per_second)
{
	struct y4m_feed *feed = mem_alloc(sizeof(*feed));
	pthread_condattr_t attributes;

	feed->path = mem_text(path);
	feed->width = width;
	feed->height = height;
	feed->period_ms = 1000 / frames_per_second;
	feed->is_plugged = true;
	frames_draw_blank(width, height, &feed->shown);
	pthread_mutex_init(&feed->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&feed->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	if (mkfifo(path, 0600) || pthread_create(&feed->thread, NULL, feed_run, feed))
		abort();
	return feed;
}

void y4m_feed_show(struct y4m_feed *feed, const struct image *image)
{
	struct frame frame = image_frame(image);

	assert(image->width == feed->width && image->height == feed->height);
	pthread_mutex_lock(&feed->lock);
	image_copy(&feed->shown, &frame);
	feed->is_plugged = true;
	pthread_mutex_unlock(&feed->lock);
}

void y4m_feed_blank(struct y4m_feed *feed)
{
	struct image blank = { 0 };

	frames_draw_blank(feed->width, feed->height, &blank);
	y4m_feed_show(feed, &blank);
	image_finish(&blank);
}

void y4m_feed_unplug(struct y4m_feed *feed)
{
	pthread_mutex_lock(&feed->lock);
	feed->is_plugged = false;
	pthread_mutex_unlock(&feed->lock);
}

bool y4m_feed_await(struct y4m_feed *feed, int count, int timeout_ms)
{
	struct timespec deadline = clock_deadline(timeout_ms);
	int rc = 0;

	pthread_mutex_lock(&feed->lock);
	long until = feed->frames + count;
	while (feed->frames < until && rc == 0)
		rc = pthread_cond_timedwait(&feed->changed, &feed->lock, &deadline);
	bool is_done = feed->frames >= until;
	pthread_mutex_unlock(&feed->lock);
	return is_done;
}

void y4m_feed_stop(struct y4m_feed *feed)
{
	if (!feed)
		return;
	pthread_mutex_lock(&feed->lock);
	feed->is_stopping = true;
	pthread_mutex_unlock(&feed->lock);
	pthread_join(feed->thread, NULL);
	unlink(feed->path);
	pthread_cond_destroy(&feed->changed);
	pthread_mutex_destroy(&feed->lock);
	image_finish(&feed->shown);
	free(feed->path);
	free(feed);
}
