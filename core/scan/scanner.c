#include "core/scan/scanner.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/when.h"
#include "core/scan/debounce.h"
#include "core/scan/decoder.h"
#include "core/scan/frame_open.h"
#include "core/scan/motion.h"
#include "core/scan/reasons.h"

#define QUEUE_MAX  64 /* scans that the main loop has not taken; more than a person can produce */
#define STACK_SIZE (512 * 1024) /* zbar and libjpeg need a tenth */
#define NICENESS   5            /* keys and screen have priority */
#define STOP_MS    200
#define REOPEN_MS  1000

/* Shared by two holders, the thread and the code that started it; the last to release it frees it.
 */
struct scanner {
	pthread_mutex_t lock;
	pthread_cond_t ended_changed;
	pthread_t thread;
	int event_fd, wake_fd;
	char *device;
	struct frame_options options;
	const struct clock *clock;

	/* under the lock */
	int holders;
	bool is_stopping, has_ended;
	struct scan_event queue[QUEUE_MAX]; /* a ring of SCAN_CODE */
	int first, count;
	bool has_news; /* the state has not been taken yet */
	struct scan_event state;

	/* the thread's own */
	struct frame_source *source;
	struct decoder *decoder;
	struct debounce *debounce;
	struct motion *motion;
	int64_t retry_ms;
};

void scan_event_finish(struct scan_event *event)
{
	if (event->kind == SCAN_CODE && event->reading.bytes) {
		explicit_bzero((char *)event->reading.bytes, event->reading.size);
		free((char *)event->reading.bytes);
	}
	*event = (struct scan_event){ 0 };
}

static void scanner_free(struct scanner *scanner)
{
	for (int i = 0; i < scanner->count; i++)
		scan_event_finish(&scanner->queue[(scanner->first + i) % QUEUE_MAX]);
	frame_source_close(scanner->source);
	decoder_destroy(scanner->decoder);
	debounce_destroy(scanner->debounce);
	motion_destroy(scanner->motion);
	pthread_cond_destroy(&scanner->ended_changed);
	pthread_mutex_destroy(&scanner->lock);
	if (scanner->event_fd >= 0)
		close(scanner->event_fd);
	if (scanner->wake_fd >= 0)
		close(scanner->wake_fd);
	free(scanner->device);
	free(scanner);
}

/* Releases the scanner; called with the lock, returns without it. */
static void release(struct scanner *scanner)
{
	bool is_last = --scanner->holders == 0;

	pthread_mutex_unlock(&scanner->lock);
	if (is_last)
		scanner_free(scanner);
}

static void raise_fd(int fd)
{
	eventfd_write(fd, 1);
}

/* --- the thread ------------------------------------------------------------------------------ */

static void post_code(
	struct scanner *scanner, const struct reading *reading, const struct frame *frame)
{
	struct scan_event event = {
		.kind = SCAN_CODE,
		.reading = *reading,
		.frame_width = frame->width,
		.frame_height = frame->height,
		.at_ms = frame->at_ms,
	};
	char *bytes =
		mem_alloc(reading->size + 1); /* with a NUL, for callers that know it is text */

	memcpy(bytes, reading->bytes, reading->size);
	event.reading.bytes = bytes;
	pthread_mutex_lock(&scanner->lock);
	bool is_full = scanner->count == QUEUE_MAX;
	if (!is_full)
		scanner->queue[(scanner->first + scanner->count++) % QUEUE_MAX] = event;
	pthread_mutex_unlock(&scanner->lock);
	if (is_full)
		scan_event_finish(&event);
	raise_fd(scanner->event_fd);
}

static enum scanner_state state_of(const struct err *err)
{
	static const struct {
		int reason;
		enum scanner_state state;
	} states[] = {
		{ REASON_CAMERA_MISSING, SCANNER_MISSING },
		{ REASON_FILE_MISSING, SCANNER_MISSING },
		{ REASON_CAMERA_BUSY, SCANNER_BUSY },
		{ REASON_CAMERA_GONE, SCANNER_GONE },
		{ REASON_CAMERA_FROZEN, SCANNER_FROZEN },
	};

	if (err->code == ERR_NONE)
		return SCANNER_OK;
	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		if (err_has(err, states[i].reason))
			return states[i].state;
	return SCANNER_FAILED;
}

/* Reports a state once, when it begins. */
static void post_state(struct scanner *scanner, const struct err *err)
{
	enum scanner_state state = state_of(err);

	pthread_mutex_lock(&scanner->lock);
	bool is_news = scanner->state.state != state ||
		       (err->code != ERR_NONE &&
			       err->reasons[0].code != scanner->state.err.reasons[0].code);
	if (is_news) {
		scanner->state.state = state;
		scanner->state.err = *err;
		scanner->has_news = true;
	}
	pthread_mutex_unlock(&scanner->lock);
	if (is_news)
		raise_fd(scanner->event_fd);
}

static void look_at(struct scanner *scanner, const struct frame *frame)
{
	const struct reading *readings;
	bool is_new[DECODER_READINGS_MAX];

	if (!motion_is_news(scanner->motion, frame) && !debounce_is_waiting(scanner->debounce)) {
		debounce_same(scanner->debounce, frame->at_ms);
		return;
	}
	enum decoder_effort effort = scanner->source->is_still ? DECODE_STILL : DECODE_LIVE;
	int count = decoder_read(scanner->decoder, frame, effort, &readings);
	debounce_frame(scanner->debounce, frame->at_ms, readings, count, is_new);
	for (int i = 0; i < count; i++)
		if (is_new[i])
			post_code(scanner, &readings[i], frame);
}

static bool must_stop(struct scanner *scanner)
{
	pthread_mutex_lock(&scanner->lock);
	bool is_stopping = scanner->is_stopping;
	pthread_mutex_unlock(&scanner->lock);
	return is_stopping;
}

static void wait_for(struct scanner *scanner, struct frame_wait wait)
{
	struct pollfd fds[] = {
		{ .fd = scanner->wake_fd, .events = POLLIN },
		{ .fd = wait.fd, .events = wait.events },
	};
	int timeout = -1;

	if (wait.until_ms != INT64_MAX) {
		int64_t now_ms = clock_ms(scanner->clock);
		int64_t left = wait.until_ms > now_ms ? wait.until_ms - now_ms : 0;
		timeout = left < REOPEN_MS ? (int)left : REOPEN_MS;
	}
	poll(fds, ARRAY_LEN(fds), timeout);
}

/* A file may be missing or bad now and right in a moment, so it is tried again; the camera's source
 * does that by itself. */
static void open_source(struct scanner *scanner)
{
	struct err err = { 0 };

	if (clock_ms(scanner->clock) < scanner->retry_ms)
		return;
	int r = scanner->decoder ? 0 : decoder_create(&scanner->decoder, &err);
	if (r == 0)
		r = frame_source_open(scanner->device, &scanner->options, &scanner->source, &err);
	if (r < 0) {
		scanner->retry_ms = clock_ms(scanner->clock) + REOPEN_MS;
		post_state(scanner, &err);
	}
}

static struct frame_wait turn(struct scanner *scanner)
{
	struct frame frame;
	struct err err = { 0 };

	if (!scanner->source)
		open_source(scanner);
	if (!scanner->source)
		return (struct frame_wait){ .fd = -1, .until_ms = scanner->retry_ms };
	int rc = scanner->source->next(scanner->source, &frame, &err);
	if (rc < 0)
		post_state(scanner, &err);
	if (rc <= 0)
		return scanner->source->wait(scanner->source);
	post_state(scanner, &(struct err){ 0 });
	look_at(scanner, &frame);
	return (struct frame_wait){ .fd = -1, .until_ms = INT64_MIN };
}

static void *run(void *argument)
{
	struct scanner *scanner = argument;

	setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), NICENESS);
	scanner->debounce = debounce_create();
	scanner->motion = motion_create();
	while (!must_stop(scanner)) {
		struct frame_wait wait = turn(scanner);
		if (wait.until_ms != INT64_MIN)
			wait_for(scanner, wait);
	}
	frame_source_close(TAKE(scanner->source));
	pthread_mutex_lock(&scanner->lock);
	scanner->has_ended = true;
	pthread_cond_signal(&scanner->ended_changed);
	release(scanner);
	return NULL;
}

/* --- the code that started it --------------------------------------------------------------- */

static int start_thread(struct scanner *scanner)
{
	pthread_attr_t attributes;
	sigset_t all, before;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	sigfillset(&all); /* signals belong to the main loop */
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int number = pthread_create(&scanner->thread, &attributes, run, scanner);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return number;
}

static struct scanner *scanner_create(const char *device, const struct frame_options *options)
{
	struct scanner *scanner = mem_alloc(sizeof(*scanner));
	pthread_condattr_t attributes;

	pthread_mutex_init(&scanner->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&scanner->ended_changed, &attributes);
	pthread_condattr_destroy(&attributes);
	scanner->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	scanner->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	scanner->device = mem_text(device);
	scanner->options = *options;
	scanner->options.is_live = true;
	scanner->clock = options->clock ? options->clock : &clock_system;
	scanner->retry_ms = INT64_MIN;
	scanner->holders = 2;
	scanner->state.kind = SCAN_STATE;
	return scanner;
}

int scanner_start(const char *device, const struct frame_options *options, struct scanner **ret,
	struct err *err)
{
	struct scanner *scanner = scanner_create(device, options);
	int number = scanner->event_fd < 0 || scanner->wake_fd < 0 ? errno : start_thread(scanner);

	if (number) {
		scanner_free(scanner);
		return err_setf(err, ERR_DEVICE, REASON_TEXT(CAMERA_FAILED, device), "thread: %s",
			strerror(number));
	}
	*ret = scanner;
	return 0;
}

void scanner_stop(struct scanner *scanner)
{
	if (!scanner)
		return;
	struct timespec deadline = clock_deadline(STOP_MS);
	pthread_mutex_lock(&scanner->lock);
	scanner->is_stopping = true;
	raise_fd(scanner->wake_fd);
	int rc = 0;
	while (!scanner->has_ended && rc == 0)
		rc = pthread_cond_timedwait(&scanner->ended_changed, &scanner->lock, &deadline);
	pthread_t thread = scanner->thread;
	bool has_ended = scanner->has_ended;
	release(scanner);
	if (has_ended)
		pthread_join(thread, NULL);
	else
		pthread_detach(thread);
}

int scanner_fd(const struct scanner *scanner)
{
	return scanner->event_fd;
}

bool scanner_take(struct scanner *scanner, struct scan_event *ret_event)
{
	bool has_event = true;
	eventfd_t ignored;

	pthread_mutex_lock(&scanner->lock);
	if (scanner->has_news) {
		*ret_event = scanner->state;
		scanner->has_news = false;
	} else if (scanner->count > 0) {
		*ret_event = scanner->queue[scanner->first];
		scanner->first = (scanner->first + 1) % QUEUE_MAX;
		scanner->count--;
	} else {
		has_event = false;
	}
	if (!scanner->has_news && scanner->count == 0)
		eventfd_read(scanner->event_fd, &ignored);
	pthread_mutex_unlock(&scanner->lock);
	return has_event;
}
