/* A card that has just been issued: its code is shown only this once, for a phone or the camera. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/people/resident.h"
#include "tui/pages/clerk.h"
#include "tui/screens/people/people.h"
#include "tui/widgets/qr.h"
#include "tui/widgets/wrap.h"

#define WORDS_MIN 28 /* columns beside the code; with fewer the words are below it */

struct card_view {
	char *name, *number;
	char payload[CODE_TEXT_MAX];
	bool is_registration; /* somebody else may be waiting to be registered */
};

static const struct screen card_screen;

void card_open(struct app *app, int64_t resident, const char *payload, bool is_registration)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct card_view *card = mem_alloc(sizeof(*card));
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct resident row = { 0 };
	struct err ignored = { 0 };

	resident_get(kiosk->db, resident, &row, &ignored);
	resident_person(kiosk->db, resident, &person, &ignored);
	card->name = mem_text(person.name ? person.name : "");
	card->number = mem_printf("%06lld", (long long)row.number);
	card->is_registration = is_registration;
	snprintf(card->payload, sizeof(card->payload), "%s", payload);
	app_push(app, &card_screen, card);
}

static void card_leave(struct app *app, void *self)
{
	struct card_view *card = self;

	(void)app;
	free(card->name);
	free(card->number);
	explicit_bzero(card, sizeof(*card));
	free(card);
}

static void card_draw_words(const struct card_view *card, struct rect area)
{
	int row = 0;

	draw_text(area, row++, 0, STYLE_DONE, _("✓ A new card"));
	row++;
	draw_text(area, row++, 0, STYLE_STRONG, card->name);
	draw_text(area, row++, 0, STYLE_QUIET, card->number);
	row++;
	rect_cut_top(&area, row);
	row = wrap_draw(area, 0, STYLE_PAPER, _("It is being printed."));
	wrap_draw(area, row, STYLE_PAPER,
		_("Its code is shown this once: the person may take a picture of it."));
}

static void card_draw(struct app *app, void *self, struct rect area)
{
	const struct card_view *card = self;
	struct rect symbol;
	int rows, cols;

	(void)app;
	area = rect_inset(area, 1, 2);
	if (qr_size(card->payload, &rows, &cols) && area.cols >= cols + 3 + WORDS_MIN) {
		symbol = rect_cut_left(&area, cols);
		rect_cut_left(&area, 3);
		if (!qr_draw(symbol, card->payload))
			draw_text(symbol, 0, 0, STYLE_STRONG, card->payload);
	}
	card_draw_words(card, area);
}

static bool card_is_registration(struct app *app, void *self)
{
	(void)app;
	return ((struct card_view *)self)->is_registration;
}

/* From the card, via the new person's page, to an empty form. */
static void card_next(struct app *app, void *self)
{
	(void)self;
	app_pop(app);
	app_pop(app);
	resident_form_open(app, 0);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Done"), NULL, app_back },
	{ '1', N_("Next person"), N_("Registers somebody else."), card_next, card_is_registration },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen card_screen = {
	.title = N_("Sharing card"),
	.actions = actions,
	.is_modal = true,
	.leave = card_leave,
	.draw = card_draw,
	.scan = clerk_scan,
};
