#include "core/print/device.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "core/print/reasons.h"

#define TICK_MS   250
#define REPORT_MS 2000

struct device {
	int fd;
	const struct spool_ear *ear;
	int64_t since_ms, reported_ms; /* since when it has accepted nothing */
};

static struct spool_outcome fault(const char *path, enum err_code code, bool may_have_printed)
{
	struct spool_outcome ret = { .end = SPOOL_FAILED, .may_have_printed = may_have_printed };
	int why = errno;

	err_setf(&ret.err, code,
		code == ERR_NOT_FOUND ? REASON_TEXT(PRINTER_MISSING, path)
				      : REASON_TEXT(PRINTER_FAILED, path),
		"%s", strerror(why));
	return ret;
}

static void report_stuck(struct device *d)
{
	struct spooler_printer stuck = {
		.wants = PAPER_WANTS_LOOK, .reasons = (char[]){ "" }, .message = (char[]){ "" }
	};
	int64_t now = clock_ms(&clock_system);

	if (now - d->reported_ms < REPORT_MS)
		return;
	d->reported_ms = now;
	d->ear->progress(d->ear->context, 0, &stuck, (int)((now - d->since_ms) / 1000));
}

/* Writes what the device accepts now; 0: nothing yet. */
static ssize_t put(struct device *d, const unsigned char *data, size_t size)
{
	struct pollfd ready = { .fd = d->fd, .events = POLLOUT };
	int n = poll(&ready, 1, TICK_MS);

	if (n < 0)
		return errno == EINTR ? 0 : -1;
	if (n == 0) {
		report_stuck(d);
		return 0;
	}
	ssize_t done = write(d->fd, data, size);
	if (done < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (done > 0)
		d->since_ms = d->reported_ms = clock_ms(&clock_system);
	return done;
}

static struct spool_outcome stopped(enum spool_end end, size_t done)
{
	return (struct spool_outcome){ .end = end, .may_have_printed = done > 0 };
}

static struct spool_outcome put_all(
	struct device *d, const char *path, const struct bytes *document)
{
	const struct spool_ear *ear = d->ear;
	size_t done = 0;

	while (done < document->size) {
		if (ear->is_cancelled(ear->context))
			return stopped(SPOOL_CANCELLED, done);
		ssize_t n = put(d, document->data + done, document->size - done);
		if (n < 0)
			return fault(path, ERR_DEVICE, done > 0);
		/* At the end of the helper only a device that is stuck is given up. */
		if (n == 0 && !ear->pause(ear->context, 0))
			return stopped(SPOOL_LEFT, done);
		done += (size_t)n;
	}
	return (struct spool_outcome){ .end = SPOOL_DONE, .may_have_printed = true };
}

struct spool_outcome device_print(
	const char *path, const struct bytes *document, const struct spool_ear *ear)
{
	struct device d = { .ear = ear, .since_ms = clock_ms(&clock_system) };

	d.reported_ms = d.since_ms;
	d.fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_APPEND | O_CLOEXEC);
	if (d.fd < 0)
		return fault(path,
			errno == ENOENT || errno == ENXIO || errno == ENODEV ? ERR_NOT_FOUND
									     : ERR_DEVICE,
			false);
	ear->created(ear->context, 0);
	struct spool_outcome ret = put_all(&d, path, document);
	if (close(d.fd) < 0 && ret.end == SPOOL_DONE)
		return fault(path, ERR_DEVICE, true);
	if (ret.end == SPOOL_DONE)
		ear->sent(ear->context, 0);
	return ret;
}
