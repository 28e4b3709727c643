#include "tui/drawing.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/pipe.h"

#define GRACE_MS 500

struct drawing {
	struct app *app;
	struct pipe_helper *helper; /* NULL: done */
	char *to;
	void (*done)(struct app *app, const char *path, const struct err *failure);
};

static void end(struct drawing *drawing)
{
	if (!drawing->helper)
		return;
	app_unwatch(drawing->app, pipe_fd(drawing->helper));
	pipe_stop(drawing->helper, GRACE_MS);
	drawing->helper = NULL;
}

static void finish(struct drawing *drawing, const struct err *failure)
{
	end(drawing);
	drawing->done(drawing->app, drawing->to, failure);
}

/* 1: drawn; 0: a message about something else; or the failure that the helper reported. */
static int read_event(const json_t *message, struct err *err)
{
	struct paper_event event;

	TRY(paper_event_read(message, &event, err));
	if (event.kind == PAPER_FAILED) {
		*err = event.failure;
		return event.failure.code;
	}
	return event.kind == PAPER_DONE;
}

static void ready(struct app *app, int fd, short revents, void *context)
{
	struct drawing *drawing = context;
	struct err err = { 0 };
	json_t *message;

	(void)fd;
	(void)revents;
	int r = pipe_turn(drawing->helper, &err);
	while ((message = pipe_receive(drawing->helper))) {
		struct err failure = { 0 };
		int event = read_event(message, &failure);
		json_decref(message);
		if (event != 0) {
			finish(drawing, event < 0 ? &failure : NULL);
			return;
		}
	}
	if (r < 0)
		finish(drawing, &err);
	else
		app_watch(app, pipe_fd(drawing->helper), pipe_events(drawing->helper), ready,
			drawing);
}

int drawing_start(struct app *app, const struct sheet *sheet, const struct drawing_request *what,
	struct drawing **ret, struct err *err)
{
	CLEANUP(mem_free)
	char *path = pipe_helper_path(PAPER_PROGRAM), *text = sheet_take_text(sheet);
	const char *const argv[] = { path, NULL };
	struct pipe_helper *helper;

	TRY(pipe_start(argv, -1, &helper, err));
	struct drawing *drawing = mem_alloc(sizeof(*drawing));
	*drawing = (struct drawing){
		.app = app, .helper = helper, .to = mem_text(what->to), .done = what->done
	};
	pipe_send(helper, paper_render("drawing", text, what->format, what->to, what->dots));
	app_watch(app, pipe_fd(helper), pipe_events(helper), ready, drawing);
	*ret = drawing;
	return 0;
}

void drawing_stop(struct drawing *drawing)
{
	if (!drawing)
		return;
	end(drawing);
	free(drawing->to);
	free(drawing);
}
