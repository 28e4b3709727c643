#include "core/print/spooler.h"

#include <assert.h>
#include <cups/cups.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "core/print/reasons.h"

#define CONNECT_MS  5000
#define ANSWER_MS   15000 /* without an answer, or without a byte going out */
#define TICK_S      0.25
#define CHUNK       (32u << 10)
#define ADDRESS_MAX 1024
#define LATE_S      5 /* between creating a job and beginning it, at a queue of our own */

struct spooler {
	char *host, *resource, *uri;
	int port;
	http_encryption_t encryption;
	http_t *http;
	int64_t deadline_ms;
	ino_t line; /* of the connection that the last answer came over; 0: none is open */
	int breaks;
	bool is_sending;
	bool (*is_stopped)(void *);
	void *context;
};

static int64_t now_ms(void)
{
	return clock_ms(&clock_system);
}

/* ---- addresses ---- */

/* "host:port", "host", "[::1]:631" or a socket's path into its parts; ret_host is the caller's. */
static void split_server(const char *server, char **ret_host, int *ret_port)
{
	const char *colon = strrchr(server, ':'), *bracket = strrchr(server, ']');

	*ret_port = ippPort();
	if (server[0] == '/' || !colon || (bracket && colon < bracket)) {
		*ret_host = mem_text(server);
		return;
	}
	*ret_port = (int)strtol(colon + 1, NULL, 10);
	*ret_host = mem_text_n(server, (size_t)(colon - server));
}

static int use_uri(struct spooler *s, const char *queue)
{
	char scheme[16], user[256], host[256], resource[ADDRESS_MAX];

	if (httpSeparateURI(HTTP_URI_CODING_ALL, queue, scheme, sizeof(scheme), user, sizeof(user),
		    host, sizeof(host), &s->port, resource, sizeof(resource)) < HTTP_URI_STATUS_OK)
		return -1;
	if ((strcmp(scheme, "ipp") != 0 && strcmp(scheme, "ipps") != 0) || !*host)
		return -1;
	if (strcmp(scheme, "ipps") == 0)
		s->encryption = HTTP_ENCRYPTION_ALWAYS;
	s->host = mem_text(host);
	s->resource = mem_text(resource);
	s->uri = mem_text(queue);
	return 0;
}

static int use_name(struct spooler *s, const char *queue, const char *server)
{
	const char *at = strrchr(queue, '@');
	CLEANUP(mem_free)
	char *name = at ? mem_text_n(queue, (size_t)(at - queue)) : mem_text(queue);
	char uri[ADDRESS_MAX];

	if (!*name)
		return -1;
	split_server(at ? at + 1 : server && *server ? server : cupsServer(), &s->host, &s->port);
	s->resource = mem_printf("/printers/%s", name);
	if (httpAssembleURI(HTTP_URI_CODING_ALL, uri, sizeof(uri), "ipp", NULL,
		    s->host[0] == '/' ? "localhost" : s->host, s->port,
		    s->resource) < HTTP_URI_STATUS_OK)
		return -1;
	s->uri = mem_text(uri);
	return s->port > 0 && s->port < 65536 ? 0 : -1;
}

/* Nobody sits at this process; without this callback libcups would ask for a password on the
 * terminal. */
static const char *no_password(
	const char *prompt, http_t *http, const char *method, const char *resource, void *context)
{
	(void)prompt, (void)http, (void)method, (void)resource, (void)context;
	return NULL;
}

int spooler_open(const char *queue, const char *server, struct spooler **ret, struct err *err)
{
	struct spooler *s = mem_alloc(sizeof(*s));

	cupsSetPasswordCB2(no_password, NULL); /* kept per thread */
	s->encryption = HTTP_ENCRYPTION_IF_REQUESTED;
	if ((strstr(queue, "://") ? use_uri(s, queue) : use_name(s, queue, server)) < 0) {
		spooler_close(s);
		return err_setf(err, ERR_INVALID, REASON_TEXT(PRINTER_MISSING, queue),
			"neither a queue's name nor an ipp:// address");
	}
	*ret = s;
	return 0;
}

void spooler_close(struct spooler *s)
{
	if (!s)
		return;
	httpClose(s->http);
	free(s->host);
	free(s->resource);
	free(s->uri);
	free(s);
}

void spooler_stop_when(struct spooler *s, bool (*is_stopped)(void *context), void *context)
{
	s->is_stopped = is_stopped;
	s->context = context;
}

/* ---- questions and answers ---- */

static bool is_stopped(const struct spooler *s)
{
	return s->is_sending && s->is_stopped && s->is_stopped(s->context);
}

static int on_silence(http_t *http, void *context)
{
	const struct spooler *s = context;

	(void)http;
	return now_ms() < s->deadline_ms && !is_stopped(s);
}

static void disconnect(struct spooler *s)
{
	httpClose(s->http);
	s->http = NULL;
}

/* A handle does not prove a connection, only its descriptor does. */
static int connect_to(struct spooler *s, struct err *err)
{
	if (s->http)
		return 0;
	s->http =
		httpConnect2(s->host, s->port, NULL, AF_UNSPEC, s->encryption, 1, CONNECT_MS, NULL);
	if (!s->http || httpGetFd(s->http) < 0) {
		disconnect(s);
		return err_setf(err, ERR_DEVICE, REASON_TEXT(PRINTER_FAILED, s->uri),
			"no connection to %s:%d: %s", s->host, s->port, cupsLastErrorString());
	}
	httpSetTimeout(s->http, TICK_S, on_silence, s);
	return 0;
}

static enum err_code code_of(ipp_status_t status)
{
	switch ((int)status) {
	case IPP_STATUS_ERROR_NOT_FOUND:
	case IPP_STATUS_ERROR_GONE:
		return ERR_NOT_FOUND;
	case IPP_STATUS_ERROR_BUSY:
	case IPP_STATUS_ERROR_TEMPORARY:
	case IPP_STATUS_ERROR_TOO_MANY_JOBS:
		return ERR_BUSY;
	case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
	case IPP_STATUS_ERROR_DEVICE:
	case IPP_STATUS_ERROR_INTERNAL:
		return ERR_DEVICE;
	default:
		return ERR_REFUSED;
	}
}

/* A socket has an inode number that no later one gets. A connection that was closed by agreement
 * ("Connection: close") is already gone when the answer is read. */
static void note_line(struct spooler *s)
{
	struct stat st;
	int fd = s->http ? httpGetFd(s->http) : -1;
	bool is_open = fd >= 0 && fstat(fd, &st) == 0;

	if (is_open && s->line && s->line != st.st_ino)
		s->breaks++;
	s->line = is_open ? st.st_ino : 0;
}

int spooler_breaks(const struct spooler *s)
{
	return s->breaks;
}

/* Frees the answer when it is a refusal. */
static int judge(struct spooler *s, ipp_t *answer, struct err *err)
{
	ipp_status_t status = answer ? ippGetStatusCode(answer) : cupsLastError();

	if (answer)
		note_line(s);
	if (answer && status < IPP_STATUS_ERROR_BAD_REQUEST)
		return 0;
	enum err_code code = answer ? code_of(status) : ERR_DEVICE;
	err_setf(err, code, REASON_TEXT(PRINTER_FAILED, s->uri), "%s: %s", ippErrorString(status),
		cupsLastErrorString());
	ippDelete(answer);
	if (!answer)
		disconnect(s);
	return code;
}

static int ask(struct spooler *s, ipp_t *request, ipp_t **ret, struct err *err)
{
	int rc = connect_to(s, err);

	if (rc < 0) {
		ippDelete(request);
		return rc;
	}
	s->deadline_ms = now_ms() + ANSWER_MS;
	ipp_t *answer = cupsDoRequest(s->http, request, s->resource);
	rc = judge(s, answer, err);
	if (rc == 0)
		*ret = answer;
	return rc;
}

static int tell(struct spooler *s, ipp_t *request, struct err *err)
{
	ipp_t *answer = NULL;
	int rc = ask(s, request, &answer, err);

	if (rc == 0)
		ippDelete(answer);
	return rc;
}

static ipp_t *request_new(const struct spooler *s, ipp_op_t operation)
{
	ipp_t *request = ippNewRequest(operation);

	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, s->uri);
	return request;
}

static ipp_t *job_request(const struct spooler *s, ipp_op_t operation, int id)
{
	ipp_t *request = request_new(s, operation);

	ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
	ippAddString(
		request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser());
	return request;
}

/* ---- submitting ---- */

static void add_media(ipp_t *request, const struct spooler_paper *paper)
{
	ipp_t *size = ippNew(), *media = ippNew();

	ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", paper->media_width);
	ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", paper->media_height);
	ippAddCollection(media, IPP_TAG_ZERO, "media-size", size);
	ippAddCollection(request, IPP_TAG_JOB, "media-col", media);
	ippDelete(size);
	ippDelete(media);
}

/* Create-Job and the validation before it. Cards and labels must come out in their own size. */
static ipp_t *paper_request(
	const struct spooler *s, ipp_op_t operation, const struct spooler_paper *paper)
{
	ipp_t *request = request_new(s, operation);

	ippAddString(
		request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser());
	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, paper->name);
	if (operation == IPP_OP_VALIDATE_JOB)
		ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
			paper->format);
	if (paper->media_width <= 0)
		return request;
	add_media(request, paper);
	ippAddString(request, IPP_TAG_JOB, IPP_CONST_TAG(IPP_TAG_KEYWORD), "print-scaling", NULL,
		"none");
	return request;
}

/* Create-Job without an answer may still have created a job. Nobody will fill it, so it must be
 * cancelled. */
static void uncreate(struct spooler *s, const char *name)
{
	struct spooler_job job;
	struct err ignored = { 0 };

	if (spooler_find(s, name, &job, &ignored) == 0)
		spooler_cancel(s, job.id, &ignored);
}

int spooler_create(
	struct spooler *s, const struct spooler_paper *paper, int *ret_id, struct err *err)
{
	ipp_t *answer = NULL;
	int rc = tell(s, paper_request(s, IPP_OP_VALIDATE_JOB, paper), err);

	if (rc == ERR_NOT_FOUND)
		err->reasons[0] = REASON_TEXT(PRINTER_MISSING, s->uri);
	if (rc < 0)
		return rc;
	rc = ask(s, paper_request(s, IPP_OP_CREATE_JOB, paper), &answer, err);
	if (rc < 0) {
		uncreate(s, paper->name);
		return rc;
	}
	ipp_attribute_t *id = ippFindAttribute(answer, "job-id", IPP_TAG_INTEGER);
	*ret_id = id ? ippGetInteger(id, 0) : 0;
	ippDelete(answer);
	return *ret_id > 0 ? 0
			   : err_setf(err, ERR_DEVICE, REASON_TEXT(PRINTER_FAILED, s->uri),
				     "Create-Job gave no job-id");
}

static bool write_document(struct spooler *s, const struct bytes *document, bool *ret_begun)
{
	for (size_t done = 0; done < document->size;) {
		size_t left = document->size - done, size = left < CHUNK ? left : CHUNK;
		s->deadline_ms = now_ms() + ANSWER_MS;
		if (is_stopped(s) ||
			cupsWriteRequestData(s->http, (const char *)document->data + done, size) !=
				HTTP_STATUS_CONTINUE)
			return false;
		*ret_begun = true;
		done += size;
	}
	return true;
}

int spooler_send(struct spooler *s, const struct spooler_paper *paper, int id, bool *ret_begun,
	struct err *err)
{
	int rc = connect_to(s, err);

	*ret_begun = false;
	if (rc < 0)
		return rc;
	ipp_t *request = job_request(s, IPP_OP_SEND_DOCUMENT, id);
	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
		paper->format);
	ippAddBoolean(request, IPP_TAG_OPERATION, "last-document", 1);
	s->is_sending = true;
	s->deadline_ms = now_ms() + ANSWER_MS;
	http_status_t status = cupsSendRequest(
		s->http, request, s->resource, ippLength(request) + paper->document->size);
	bool is_written =
		status == HTTP_STATUS_CONTINUE && write_document(s, paper->document, ret_begun);
	s->is_sending = false;
	ippDelete(request);
	if (!is_written) { /* half a document: hang up, or it would wait for the rest */
		disconnect(s);
		return err_setf(err, ERR_DEVICE, REASON_TEXT(PRINTER_FAILED, s->uri),
			"the document was not taken: %s", cupsLastErrorString());
	}
	s->deadline_ms = now_ms() + ANSWER_MS;
	ipp_t *answer = cupsGetResponse(s->http, s->resource);
	rc = judge(s, answer, err);
	if (rc == 0)
		ippDelete(answer);
	return rc;
}

int spooler_cancel(struct spooler *s, int id, struct err *err)
{
	return tell(s, job_request(s, IPP_OP_CANCEL_JOB, id), err);
}

/* ---- jobs ---- */

static const char *const job_attributes[] = { "job-id", "job-name", "job-state",
	"job-state-reasons", "number-of-documents", "time-at-creation", "time-at-processing",
	"job-printer-up-time", "job-impressions-completed", "job-printer-state-message" };

static int int_in(ipp_attribute_t *attribute)
{
	return attribute && ippGetValueTag(attribute) == IPP_TAG_INTEGER
		       ? ippGetInteger(attribute, 0)
		       : 0;
}

static bool says_incoming(ipp_attribute_t *reasons)
{
	return reasons && (ippContainsString(reasons, "job-incoming") ||
				  ippContainsString(reasons, "job-data-insufficient"));
}

/* -1: it has none (no-value) or something else. */
static int time_in(ipp_attribute_t *attribute)
{
	return ippGetValueTag(attribute) == IPP_TAG_INTEGER ? ippGetInteger(attribute, 0) : -1;
}

/* A printer that waits for paper also reports "stopped"; only the reasons tell the difference. */
static bool says_broken(ipp_attribute_t *reasons)
{
	return ippContainsString(reasons, "job-completed-with-errors") ||
	       ippContainsString(reasons, "aborted-by-system") ||
	       ippContainsString(reasons, "document-format-error");
}

static enum spooler_job_state state_of(int ipp_state)
{
	switch (ipp_state) {
	case IPP_JSTATE_COMPLETED:
		return JOB_COMPLETED;
	case IPP_JSTATE_ABORTED:
		return JOB_ABORTED;
	case IPP_JSTATE_CANCELED:
		return JOB_CANCELLED;
	case IPP_JSTATE_PROCESSING:
	case IPP_JSTATE_STOPPED:
		return JOB_ACTIVE;
	default:
		return JOB_WAITING;
	}
}

/* The attributes of one job as they are read. */
struct reading {
	struct spooler_job job;
	const char *name;
	int state;
	bool is_broken;
};

static void learn_id(struct reading *r, ipp_attribute_t *attribute)
{
	r->job.id = int_in(attribute);
}

static void learn_name(struct reading *r, ipp_attribute_t *attribute)
{
	const char *name = ippGetString(attribute, 0, NULL);

	r->name = name ? name : "";
}

static void learn_state(struct reading *r, ipp_attribute_t *attribute)
{
	r->state = ippGetInteger(attribute, 0);
}

static void learn_reasons(struct reading *r, ipp_attribute_t *attribute)
{
	r->job.is_incomplete |= says_incoming(attribute);
	r->is_broken |= says_broken(attribute);
}

static void learn_documents(struct reading *r, ipp_attribute_t *attribute)
{
	r->job.is_incomplete |= int_in(attribute) == 0;
}

static void learn_creation(struct reading *r, ipp_attribute_t *attribute)
{
	r->job.created_at = time_in(attribute);
}

/* For a printer in seconds of its up time; 0 during the first second. */
static void learn_processing(struct reading *r, ipp_attribute_t *attribute)
{
	r->job.begun_at = time_in(attribute);
}

static void learn_now(struct reading *r, ipp_attribute_t *attribute)
{
	r->job.seen_at = time_in(attribute);
}

static void learn_pages(struct reading *r, ipp_attribute_t *attribute)
{
	r->job.pages = int_in(attribute);
}

static void learn_message(struct reading *r, ipp_attribute_t *attribute)
{
	const char *words = ippGetString(attribute, 0, NULL);

	snprintf(r->job.why, sizeof(r->job.why), "%s", words ? words : "");
}

static void (*const learners[])(struct reading *, ipp_attribute_t *) = { learn_id, learn_name,
	learn_state, learn_reasons, learn_documents, learn_creation, learn_processing, learn_now,
	learn_pages, learn_message };
static_assert(ARRAY_LEN(learners) == ARRAY_LEN(job_attributes), "one for each");

/* Reads one attribute of a job; unknown ones are ignored. */
static void job_learn(struct reading *r, ipp_attribute_t *attribute)
{
	const char *key = ippGetName(attribute);

	for (size_t i = 0; i < ARRAY_LEN(learners); i++)
		if (strcmp(key, job_attributes[i]) == 0)
			learners[i](r, attribute);
}

/* Reads the next job of an answer, which groups attributes job by job; false at the end. */
static bool job_next(
	ipp_t *answer, ipp_attribute_t **at, struct spooler_job *job, const char **name)
{
	while (*at && ippGetGroupTag(*at) != IPP_TAG_JOB)
		*at = ippNextAttribute(answer);
	if (!*at)
		return false;
	struct reading r = { .job = { .created_at = -1, .begun_at = -1, .seen_at = -1 },
		.name = "" };
	for (; *at && ippGetGroupTag(*at) == IPP_TAG_JOB; *at = ippNextAttribute(answer))
		if (ippGetName(*at))
			job_learn(&r, *at);
	r.job.state = state_of(r.state);
	if (r.state == IPP_JSTATE_STOPPED && r.is_broken)
		r.job.state = JOB_BROKEN;
	r.job.has_processed = r.job.begun_at >= 0 || r.job.pages > 0 || r.job.state == JOB_ACTIVE ||
			      r.job.state == JOB_BROKEN || r.job.state == JOB_COMPLETED;
	*job = r.job;
	*name = r.name;
	return true;
}

bool spooler_job_is_doubtful(const struct spooler_job *job)
{
	if (job->begun_at < 0 || job->created_at < 0)
		return false;
	/* Set back to waiting, so it will be begun a second time. */
	return job->state == JOB_WAITING || job->begun_at < job->created_at ||
	       job->begun_at - job->created_at > LATE_S;
}

static void want_job_attributes(ipp_t *request)
{
	ippAddStrings(request, IPP_TAG_OPERATION, IPP_CONST_TAG(IPP_TAG_KEYWORD),
		"requested-attributes", (int)ARRAY_LEN(job_attributes), NULL, job_attributes);
}

int spooler_job(struct spooler *s, int id, struct spooler_job *ret, struct err *err)
{
	ipp_t *request = job_request(s, IPP_OP_GET_JOB_ATTRIBUTES, id), *answer = NULL;
	const char *name = NULL;

	want_job_attributes(request);
	int rc = ask(s, request, &answer, err);
	if (rc < 0)
		return rc;
	ipp_attribute_t *at = ippFirstAttribute(answer);
	bool is_there = job_next(answer, &at, ret, &name);
	ippDelete(answer);
	return is_there ? 0
			: err_setf(err, ERR_DEVICE, REASON_TEXT(PRINTER_FAILED, s->uri),
				  "no attributes of job %d", id);
}

/* Finds the job of this name that has progressed furthest; 1: found. */
static int find_among(struct spooler *s, const char *which, const char *wanted,
	struct spooler_job *ret, struct err *err)
{
	ipp_t *request = request_new(s, IPP_OP_GET_JOBS), *answer = NULL;
	struct spooler_job job;
	const char *name = NULL;
	int found = 0;

	ippAddString(
		request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser());
	ippAddString(request, IPP_TAG_OPERATION, IPP_CONST_TAG(IPP_TAG_KEYWORD), "which-jobs", NULL,
		which);
	want_job_attributes(request);
	int rc = ask(s, request, &answer, err);
	if (rc < 0)
		return rc;
	for (ipp_attribute_t *at = ippFirstAttribute(answer); job_next(answer, &at, &job, &name);)
		if (strcmp(name, wanted) == 0 && (!found || job.state > ret->state)) {
			*ret = job;
			found = 1;
		}
	ippDelete(answer);
	return found;
}

/* Active jobs first, then completed ones, so that none is missed in between. */
int spooler_find(struct spooler *s, const char *name, struct spooler_job *ret, struct err *err)
{
	int rc = find_among(s, "not-completed", name, ret, err);

	if (rc == 0)
		rc = find_among(s, "completed", name, ret, err);
	if (rc == ERR_NOT_FOUND) { /* the queue itself: says nothing about the job */
		err->reasons[0] = REASON_TEXT(PRINTER_MISSING, s->uri);
		return err->code = ERR_DEVICE;
	}
	if (rc == 0)
		return err_setf(err, ERR_NOT_FOUND, REASON_TEXT(PRINTER_FAILED, s->uri),
			"no job named %s", name);
	return rc < 0 ? rc : 0;
}

/* ---- the printer ---- */

enum paper_wants spooler_wants(const char *reason)
{
	static const struct {
		const char *prefix;
		enum paper_wants wants;
	} known[] = {
		{ "none", PAPER_WANTS_NOTHING },
		{ "media-low", PAPER_WANTS_PAPER_SOON },
		{ "media-empty", PAPER_WANTS_PAPER },
		{ "media-needed", PAPER_WANTS_PAPER },
		{ "media-jam", PAPER_WANTS_UNJAM },
		{ "input-tray-missing", PAPER_WANTS_PAPER },
		{ "cover-open", PAPER_WANTS_CLOSE },
		{ "door-open", PAPER_WANTS_CLOSE },
		{ "interlock-open", PAPER_WANTS_CLOSE },
		{ "toner-low", PAPER_WANTS_TONER_SOON },
		{ "toner-empty", PAPER_WANTS_TONER },
		{ "marker-supply-low", PAPER_WANTS_TONER_SOON },
		{ "marker-supply-empty", PAPER_WANTS_TONER },
		{ "developer-low", PAPER_WANTS_TONER_SOON },
		{ "developer-empty", PAPER_WANTS_TONER },
		{ "offline", PAPER_WANTS_POWER },
		{ "shutdown", PAPER_WANTS_POWER },
		{ "timed-out", PAPER_WANTS_POWER },
		{ "paused", PAPER_WANTS_RESUME },
		{ "moving-to-paused", PAPER_WANTS_RESUME },
		{ "stopped-partly", PAPER_WANTS_RESUME },
		{ "stopping", PAPER_WANTS_RESUME },
		/* said while all is well */
		{ "connecting-to-device", PAPER_WANTS_NOTHING },
		{ "cups-", PAPER_WANTS_NOTHING },
		{ "com.", PAPER_WANTS_NOTHING },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strncmp(reason, known[i].prefix, strlen(known[i].prefix)) == 0)
			return known[i].wants;
	return PAPER_WANTS_LOOK;
}

/* The reasons separated by commas; *wants is raised to the most urgent. The caller's. */
static char *join_reasons(ipp_attribute_t *reasons, enum paper_wants *wants)
{
	char *joined = mem_text("");

	for (int i = 0; reasons && i < ippGetCount(reasons); i++) {
		const char *reason = ippGetString(reasons, i, NULL);
		if (!reason || strcmp(reason, "none") == 0)
			continue;
		char *longer = mem_printf("%s%s%s", joined, *joined ? "," : "", reason);
		free(joined);
		joined = longer;
		if (spooler_wants(reason) > *wants)
			*wants = spooler_wants(reason);
	}
	return joined;
}

static void printer_learn(ipp_t *answer, struct spooler_printer *printer)
{
	ipp_attribute_t *message = ippFindAttribute(answer, "printer-state-message", IPP_TAG_ZERO);
	ipp_attribute_t *state = ippFindAttribute(answer, "printer-state", IPP_TAG_ENUM);
	ipp_attribute_t *accepting =
		ippFindAttribute(answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
	const char *words = message ? ippGetString(message, 0, NULL) : NULL;

	printer->reasons = join_reasons(
		ippFindAttribute(answer, "printer-state-reasons", IPP_TAG_ZERO), &printer->wants);
	printer->message = mem_text(words ? words : "");
	printer->is_accepting = !accepting || ippGetBoolean(accepting, 0);
	if (printer->wants <= PAPER_WANTS_TONER_SOON && state &&
		ippGetInteger(state, 0) == IPP_PSTATE_STOPPED)
		printer->wants = PAPER_WANTS_RESUME;
}

int spooler_printer(struct spooler *s, struct spooler_printer *ret, struct err *err)
{
	static const char *const wanted[] = { "printer-state", "printer-state-reasons",
		"printer-state-message", "printer-is-accepting-jobs" };
	ipp_t *request = request_new(s, IPP_OP_GET_PRINTER_ATTRIBUTES), *answer = NULL;

	ippAddStrings(request, IPP_TAG_OPERATION, IPP_CONST_TAG(IPP_TAG_KEYWORD),
		"requested-attributes", (int)ARRAY_LEN(wanted), NULL, wanted);
	int rc = ask(s, request, &answer, err);
	if (rc == ERR_NOT_FOUND)
		err->reasons[0] = REASON_TEXT(PRINTER_MISSING, s->uri);
	if (rc < 0)
		return rc;
	*ret = (struct spooler_printer){ 0 };
	printer_learn(answer, ret);
	ippDelete(answer);
	return 0;
}

void spooler_printer_finish(struct spooler_printer *printer)
{
	free(printer->reasons);
	free(printer->message);
	*printer = (struct spooler_printer){ 0 };
}
