#include "core/print/paper.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/base/reasons.h"
#include "core/base/when.h"

const char *const paper_mode_names[PRINT_MODE_COUNT] = {
	[PRINT_FILE] = "file",
	[PRINT_CUPS] = "cups",
	[PRINT_ESCPOS] = "escpos",
	[PRINT_RAW] = "raw",
};

const char *const paper_format_names[PAPER_FORMAT_COUNT] = {
	[PAPER_PDF] = "pdf",
	[PAPER_PNG] = "png",
	[PAPER_PBM] = "pbm",
	[PAPER_ESCPOS] = "escpos",
};

const char *const paper_event_names[PAPER_EVENT_COUNT] = {
	[PAPER_READY] = "ready",
	[PAPER_WARNING] = "warning",
	[PAPER_CREATED] = "created",
	[PAPER_SENT] = "sent",
	[PAPER_PROGRESS] = "progress",
	[PAPER_DONE] = "done",
	[PAPER_FAILED] = "failed",
	[PAPER_CANCELLED] = "cancelled",
	[PAPER_FOUND] = "found",
	[PAPER_PRINTER] = "printer",
};

const char *const paper_wants_names[PAPER_WANTS_COUNT] = {
	[PAPER_WANTS_NOTHING] = "nothing",
	[PAPER_WANTS_PAPER_SOON] = "paper_soon",
	[PAPER_WANTS_TONER_SOON] = "toner_soon",
	[PAPER_WANTS_LOOK] = "look",
	[PAPER_WANTS_TONER] = "toner",
	[PAPER_WANTS_POWER] = "power",
	[PAPER_WANTS_RESUME] = "resume",
	[PAPER_WANTS_UNJAM] = "unjam",
	[PAPER_WANTS_CLOSE] = "close",
	[PAPER_WANTS_PAPER] = "paper",
	[PAPER_WANTS_SPOOLER] = "spooler",
};

const char *const paper_verdict_names[PAPER_VERDICT_COUNT] = {
	[PAPER_ABSENT] = "absent",
	[PAPER_INCOMPLETE] = "incomplete",
	[PAPER_ACTIVE] = "active",
	[PAPER_FINISHED] = "finished",
	[PAPER_STOPPED] = "stopped",
	[PAPER_UNKNOWN] = "unknown",
};

int paper_name_index(const char *name, const char *const *names, int count)
{
	for (int i = 0; name && i < count; i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	return -1;
}

/* ---- requests ---- */

static json_t *packed(json_t *message)
{
	assert(message); /* only text that is not UTF-8 can fail here */
	return message;
}

static json_t *request(const char *verb, const char *job, const struct paper_queue *queue)
{
	return packed(json_pack("{s:s, s:s, s:s, s:s*, s:s*, s:i}", "do", verb, "job", job, "mode",
		paper_mode_names[queue->mode], "queue", queue->queue, "server", queue->server,
		"dots", queue->dots));
}

json_t *paper_print(const char *job, const char *sheet, const struct paper_queue *queue)
{
	json_t *message = request("print", job, queue);

	json_object_set_new(message, "sheet", packed(json_string(sheet)));
	return message;
}

json_t *paper_at(json_t *message, int64_t at)
{
	char instant[32];

	when_format(at, instant);
	json_object_set_new(message, "at", json_string(instant));
	return message;
}

json_t *paper_lacking(json_t *message)
{
	json_object_set_new(message, "lacking", json_true());
	return message;
}

static json_t *request_with_id(
	const char *verb, const char *job, int id, const struct paper_queue *queue)
{
	json_t *message = request(verb, job, queue);

	json_object_set_new(message, "id", json_integer(id));
	return message;
}

json_t *paper_watch(const char *job, int id, const struct paper_queue *queue)
{
	return request_with_id("watch", job, id, queue);
}

json_t *paper_lookup(const char *job, const struct paper_queue *queue)
{
	return request("lookup", job, queue);
}

json_t *paper_cancel(const char *job, int id, const struct paper_queue *queue)
{
	return request_with_id("cancel", job, id, queue);
}

json_t *paper_state(const char *tag, const struct paper_queue *queue)
{
	return request("state", tag, queue);
}

json_t *paper_render(
	const char *tag, const char *sheet, enum paper_format format, const char *to, int dots)
{
	return packed(json_pack("{s:s, s:s, s:s, s:s, s:s, s:i}", "do", "render", "job", tag,
		"sheet", sheet, "format", paper_format_names[format], "to", to, "dots", dots));
}

/* ---- events ---- */

static const char *text_of(const json_t *message, const char *key)
{
	const char *text = json_string_value(json_object_get(message, key));

	return text ? text : "";
}

static int int_of(const json_t *message, const char *key)
{
	return (int)json_integer_value(json_object_get(message, key));
}

static bool bool_of(const json_t *message, const char *key)
{
	return json_is_true(json_object_get(message, key));
}

/* A name's place in its list; an absent or unknown one reads as `otherwise`. */
static int name_of(
	const json_t *message, const char *key, const char *const *names, int count, int otherwise)
{
	int i = paper_name_index(json_string_value(json_object_get(message, key)), names, count);

	return i < 0 ? otherwise : i;
}

static struct err failure_of(const json_t *message)
{
	struct err failure = { 0 };
	int code = reason_by_name(text_of(message, "reason"));
	int number = int_of(message, "code");

	err_setf(&failure, number < 0 && number >= ERR_UNSURE ? (enum err_code)number : ERR_DEVICE,
		reason_with_text(code ? code : REASON_HELPER_FAILED, text_of(message, "text"), 0),
		"%s", text_of(message, "detail"));
	return failure;
}

int paper_event_read(const json_t *message, struct paper_event *ret, struct err *err)
{
	int kind = name_of(message, "event", paper_event_names, PAPER_EVENT_COUNT, -1);

	if (kind < 0)
		return err_setf(err, ERR_DEVICE, REASON_TEXT(HELPER_FAILED, PAPER_PROGRAM),
			"an event that is not known: %s", text_of(message, "event"));
	*ret = (struct paper_event){
		.kind = (enum paper_event_kind)kind,
		.job = text_of(message, "job"),
		.id = int_of(message, "id"),
		.wants = (enum paper_wants)name_of(message, "wants", paper_wants_names,
			PAPER_WANTS_COUNT, PAPER_WANTS_NOTHING),
		.reasons = text_of(message, "reasons"),
		.message = text_of(message, "message"),
		.waiting = int_of(message, "waiting"),
		.is_accepting = bool_of(message, "accepting"),
		.may_have_printed = bool_of(message, "may_have_printed"),
		.verdict = (enum paper_verdict)name_of(message, "verdict", paper_verdict_names,
			PAPER_VERDICT_COUNT, PAPER_UNKNOWN),
		.path = text_of(message, "path"),
		.text = text_of(message, "text"),
	};
	if (ret->kind == PAPER_FAILED)
		ret->failure = failure_of(message);
	return 0;
}
