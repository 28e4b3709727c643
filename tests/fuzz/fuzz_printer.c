/* Any bytes as what a CUPS queue or a printer answers, message by message: valid jobs and wants, or
 * an error. The network and libcups' requests are fake; its parser is real. */
#include <assert.h>
#include <cups/cups.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/print/spooler.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static struct {
	const unsigned char *bytes;
	size_t left;
} answers;

/* ---- libcups, as the program calls it ---- */

http_t *httpConnect2(const char *host, int port, http_addrlist_t *addresses, int family,
	http_encryption_t encryption, int blocking, int ms, int *cancel)
{
	static char line;

	(void)host, (void)port, (void)addresses, (void)family, (void)encryption;
	(void)blocking, (void)ms, (void)cancel;
	return (http_t *)&line;
}

int httpGetFd(http_t *http)
{
	(void)http;
	return 0;
}

void httpClose(http_t *http)
{
	(void)http;
}

void httpSetTimeout(http_t *http, double timeout, http_timeout_cb_t callback, void *context)
{
	(void)http, (void)timeout, (void)callback, (void)context;
}

static ssize_t give(void *context, ipp_uchar_t *buffer, size_t size)
{
	size_t count = size < answers.left ? size : answers.left;

	(void)context;
	memcpy(buffer, answers.bytes, count);
	answers.bytes += count;
	answers.left -= count;
	return (ssize_t)count;
}

ipp_t *cupsDoRequest(http_t *http, ipp_t *request, const char *resource)
{
	ipp_t *answer = ippNew();

	(void)http, (void)resource;
	ippDelete(request);
	if (answers.left && ippReadIO(&answers, give, 1, NULL, answer) == IPP_STATE_DATA)
		return answer;
	ippDelete(answer);
	return NULL;
}

ipp_status_t cupsLastError(void)
{
	return IPP_STATUS_ERROR_INTERNAL;
}

/* ---- what is made of it ---- */

static void assert_job(int r, const struct spooler_job *job, const struct err *err)
{
	assert(r == 0 || (r == (int)err->code && err->reason_count == 1));
	if (r < 0)
		return;
	assert(job->state <= JOB_COMPLETED);
	assert(memchr(job->why, '\0', sizeof(job->why)));
	(void)spooler_job_is_doubtful(job);
}

static void ask_all(struct spooler *s)
{
	struct spooler_printer printer = { 0 };
	struct spooler_job job = { 0 };
	struct err err = { 0 };

	int r = spooler_printer(s, &printer, &err);
	assert(r < 0 || (printer.reasons && printer.message && printer.wants < PAPER_WANTS_COUNT));
	spooler_printer_finish(&printer);
	err = (struct err){ 0 };
	assert_job(spooler_job(s, 7, &job, &err), &job, &err);
	err = (struct err){ 0 };
	assert_job(spooler_find(s, "jiaplus-000012", &job, &err), &job, &err);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct spooler *s = NULL;
	struct err err = { 0 };
	int r = spooler_open("receipt", "localhost:631", &s, &err);

	assert(r == 0);
	answers.bytes = data;
	answers.left = size;
	ask_all(s);
	spooler_close(s);
	return 0;
}
