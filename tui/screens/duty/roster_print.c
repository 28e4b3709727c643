/* The week's roster on paper: which paper is asked; or as a picture onto a USB stick, for the chat
 * group. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/print/stick.h"
#include "tui/devices.h"
#include "tui/pages/clerk.h"
#include "tui/pages/papers.h"
#include "tui/screens/duty/duty.h"
#include "tui/widgets/dialog.h"

#define PICTURE_DOTS 2376 /* A4 across at 8 a mm: large enough to read on a phone */
#define STICKS_MAX   8

enum answer { ANSWER_A4, ANSWER_A3, ANSWER_TILED, ANSWER_DESK, ANSWER_PICTURE };

struct asking {
	struct week week;
	struct sticks sticks;
};

static void roster_print_asking_destroy(struct asking *asking)
{
	sticks_finish(&asking->sticks);
	free(asking);
}

/* ---- a picture ---- */

static void roster_print_drawn(struct app *app, const char *path, const struct err *failure)
{
	const char *name = strrchr(path, '/');

	if (failure)
		clerk_tell_err(app, failure);
	else
		clerk_tell_done(app, _("The picture is on the USB stick"), name ? name + 1 : path);
	app_redraw(app);
}

/* "2026-第48周轮值表.png" */
static int roster_print_draw_onto(
	struct app *app, struct week week, const char *folder, struct err *err)
{
	static const struct roster_options options = { .paper = ROSTER_A4 };
	struct kiosk *kiosk = kiosk_of(app);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(papers_roster_sheet(kiosk, week, &options, &sheet, err));
	CLEANUP(mem_free)
	char *to = mem_printf("%s/%d-%s.png", folder, week.year, sheet_title(sheet));
	const struct drawing_request what = {
		.format = PAPER_PNG, .to = to, .dots = PICTURE_DOTS, .done = roster_print_drawn
	};
	return devices_draw(kiosk->devices, sheet, &what, err);
}

static void roster_print_draw_week(struct app *app, struct week week, const char *folder)
{
	struct err err = { 0 };

	if (roster_print_draw_onto(app, week, folder, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The picture is being written, leave the stick in"), NULL);
}

static void roster_print_stick_chosen(struct app *app, void *context, int button)
{
	struct asking *asking = context;

	if (button >= 0 && button < asking->sticks.count)
		roster_print_draw_week(app, asking->week, asking->sticks.folders[button]);
	roster_print_asking_destroy(asking);
}

/* Takes over `asking`. */
static void roster_print_ask_stick(struct app *app, struct asking *asking)
{
	const char *buttons[STICKS_MAX + 2] = { 0 };
	int count = 0;

	for (; count < asking->sticks.count && count < STICKS_MAX; count++)
		buttons[count] = asking->sticks.folders[count];
	buttons[count] = _("Back");
	const struct dialog dialog = { .title = _("Onto which stick?"),
		.buttons = buttons,
		.done = roster_print_stick_chosen,
		.context = asking };
	dialog_open(app, &dialog);
}

static void roster_print_picture(struct app *app, struct week week)
{
	const struct config *config = &kiosk_of(app)->context->config;
	struct asking *asking = mem_alloc(sizeof(*asking));
	struct err err = { 0 };

	asking->week = week;
	if (sticks_find(config->stick, &asking->sticks, &err) < 0) {
		clerk_refuse(
			app, &(struct clerk_refusal){
				     .title = _("Where should the picture go?"), .err = &err });
	} else if (asking->sticks.count > 1) {
		roster_print_ask_stick(app, asking);
		return;
	} else {
		roster_print_draw_week(app, week, asking->sticks.folders[0]);
	}
	roster_print_asking_destroy(asking);
}

/* ---- a paper ---- */

static void roster_print_print(
	struct app *app, struct week week, const struct roster_options *options)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct err err = { 0 };

	if (papers_roster(kiosk, week, options, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The roster is being printed"), NULL);
	papers_go(kiosk);
}

static void roster_print_chosen(struct app *app, void *context, int button)
{
	static const struct roster_options options[] = {
		[ANSWER_A4] = { .paper = ROSTER_A4 },
		[ANSWER_A3] = { .paper = ROSTER_A3 },
		[ANSWER_TILED] = { .paper = ROSTER_A3_TILED },
		[ANSWER_DESK] = { .paper = ROSTER_A4, .is_desk_copy = true },
	};
	struct asking *asking = context;

	clerk_hush(app);
	if (button == ANSWER_PICTURE)
		roster_print_picture(app, asking->week);
	else if (button >= 0 && button < (int)ARRAY_LEN(options))
		roster_print_print(app, asking->week, &options[button]);
	roster_print_asking_destroy(asking);
}

/* A house that has set up a printer for A3 wants its wall large. */
static enum answer roster_print_usual(const struct config *config)
{
	return config->queues[PURPOSE_OFFICE_A3].mode == PRINT_FILE ? ANSWER_A4 : ANSWER_A3;
}

void roster_print_open(struct app *app, struct week week)
{
	const char *const buttons[] = { _("A4"), _("A3"), _("A3 on two sheets of A4"),
		_("For the desk, with codes (A4)"), _("Picture onto a USB stick"), _("Back"),
		NULL };
	struct asking *asking = mem_alloc(sizeof(*asking));
	const struct dialog dialog = {
		.title = _("How should the roster come out?"),
		.text = _("The wall wants A4 or A3. The picture is for the chat group."),
		.buttons = buttons,
		.marked = (int)roster_print_usual(&kiosk_of(app)->context->config),
		.done = roster_print_chosen,
		.context = asking,
	};

	asking->week = week;
	dialog_open(app, &dialog);
}
