#include "tui/verbs/draw.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/pipe.h"
#include "core/base/reasons.h"

#define ONE_DRAWING_MS 20000
#define GRACE_MS       2000

struct drawer {
	struct pipe_helper *helper;
	int waiting; /* sent, and not drawn yet */
};

int drawer_open(struct drawer **ret, struct err *err)
{
	CLEANUP(mem_free) char *path = pipe_helper_path(PAPER_PROGRAM);
	const char *const argv[] = { path, NULL };
	struct pipe_helper *helper;

	TRY(pipe_start(argv, -1, &helper, err));
	*ret = mem_alloc(sizeof(**ret));
	**ret = (struct drawer){ .helper = helper };
	return 0;
}

void drawer_closep(struct drawer **drawer)
{
	if (*drawer)
		pipe_stop((*drawer)->helper, GRACE_MS);
	free(*drawer);
	*drawer = NULL;
}

void drawer_send(
	struct drawer *d, const struct sheet *sheet, enum paper_format format, const char *to)
{
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);

	pipe_send(d->helper, paper_render(to, text, format, to, 0));
	d->waiting++;
}

/* Counts what is drawn; a failure is reported as the helper saw it. */
static int take(struct drawer *d, const json_t *message, struct err *err)
{
	struct paper_event event;

	TRY(paper_event_read(message, &event, err));
	if (event.kind == PAPER_DONE)
		d->waiting--;
	if (event.kind == PAPER_FAILED) {
		d->waiting--;
		*err = event.failure;
		return err->code;
	}
	return 0;
}

int drawer_finish(struct drawer *d, struct err *err)
{
	while (d->waiting > 0) {
		json_t *message;
		TRY(pipe_await(d->helper, ONE_DRAWING_MS, &message, err));
		int r = take(d, message, err);
		json_decref(message);
		if (r < 0)
			return r;
	}
	return 0;
}

int drawer_format(const char *path, enum paper_format *ret, struct err *err)
{
	const char *dot = strrchr(path, '.');
	int which = paper_name_index(dot ? dot + 1 : NULL, paper_format_names, PAPER_FORMAT_COUNT);

	if (which < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(FORMAT_UNKNOWN, path));
	*ret = (enum paper_format)which;
	return 0;
}
