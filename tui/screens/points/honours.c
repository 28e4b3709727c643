/* Honours: who has stars for hours of service, who did most in a year, and the certificates of
 * thanks. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/certificate.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/people/screens.h"
#include "tui/screens/points/points.h"

#define YEAR_PEOPLE 200 /* on the screen */

struct honours_screen {
	struct list_page page;
	int year; /* 0: the stars */
	struct honours honours;
	struct certificate_draft draft;
	char *name, *full_name; /* that a digit puts on the certificate */
	const char *names[3];
};

/* ---- reading ---- */

static int honours_this_year(const struct honours_screen *h)
{
	return when_day(kiosk_now(h->page.kiosk)).year;
}

static int honours_read(void *self, struct err *err)
{
	struct honours_screen *h = self;
	struct db *db = h->page.kiosk->db;

	return h->year ? honours_of_year(db, h->year, YEAR_PEOPLE, &h->honours, err)
		       : honours_by_stars(db, &h->honours, err);
}

static int honours_read_name(void *self, const void *row, void *extra, struct err *err)
{
	const struct honours_screen *h = self;
	const struct honoured *honoured = row;

	return resident_wall_name(h->page.kiosk->db, honoured->resident, extra, err);
}

static void honours_forget(void *self)
{
	honours_finish(&((struct honours_screen *)self)->honours);
}

static void honours_forget_names(void *self)
{
	struct honours_screen *h = self;

	free(h->name);
	free(h->full_name);
}

/* ---- lines ---- */

enum { COLUMN_PLACE, COLUMN_NAME, COLUMN_STARS, COLUMN_HOURS, COLUMN_POINTS };

static const struct list_column columns[] = {
	[COLUMN_PLACE] = { N_("Rank"), .min = 4, .max = 6, .is_whole = true },
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 10 },
	[COLUMN_STARS] = { N_("Stars"), .min = 10, .max = 12 },
	[COLUMN_HOURS] = { N_("Service hours"), .min = 12, .max = 20, .align_right = true,
		.is_whole = true },
	[COLUMN_POINTS] = { N_("Points"), .min = 8, .max = 12, .align_right = true,
		.is_whole = true },
};

static void honours_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct honoured *honoured = row;

	ret->style = STYLE_PAPER;
	switch (column) {
	case COLUMN_PLACE:
		ret->text = mem_printf("%d", honoured->place);
		break;
	case COLUMN_NAME:
		ret->text = mem_text(*(char *const *)list_page_extra(self, row));
		break;
	case COLUMN_STARS:
		ret->text = mem_text(words_stars(honoured->stars));
		break;
	case COLUMN_HOURS:
		ret->text = words_duration(honoured->served.n);
		break;
	default:
		ret->text = mem_printf("%lld", (long long)honoured->earned.n);
	}
}

/* ---- which list ---- */

static void honours_switch_list(struct app *app, void *self)
{
	struct honours_screen *h = self;

	clerk_hush(app);
	h->year = h->year ? 0 : honours_this_year(h);
	list_page_refresh(h);
}

static bool honours_is_of_year(struct app *app, void *self)
{
	(void)app;
	return ((const struct honours_screen *)self)->year != 0;
}

static bool honours_is_of_stars(struct app *app, void *self)
{
	return !honours_is_of_year(app, self);
}

static void honours_year_before(struct app *app, void *self)
{
	struct honours_screen *h = self;

	(void)app;
	h->year--;
	list_page_refresh(h);
}

static bool honours_has_year_after(struct app *app, void *self)
{
	const struct honours_screen *h = self;

	return honours_is_of_year(app, self) && h->year < honours_this_year(h);
}

static void honours_year_after(struct app *app, void *self)
{
	struct honours_screen *h = self;

	(void)app;
	h->year++;
	list_page_refresh(h);
}

/* ---- certificates ---- */

static void honours_issue(struct app *app, void *context, const char *name)
{
	struct honours_screen *h = context;
	struct act act = clerk_act(app, h->draft.resident);
	struct err err = { 0 };

	if (!name)
		return;
	h->draft.name = name;
	if (papers_certificate(h->page.kiosk, &act, &h->draft, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The certificate is being printed"), name);
	h->draft.name = NULL;
	papers_go(h->page.kiosk);
	app_redraw(app);
}

static int honours_read_names(struct honours_screen *h, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };

	mem_free(&h->name);
	mem_free(&h->full_name);
	TRY(certificate_name(h->page.kiosk->db, h->draft.resident, &h->name, err));
	TRY(resident_person(h->page.kiosk->db, h->draft.resident, &person, err));
	h->full_name = mem_text(person.name);
	h->names[0] = h->name;
	h->names[1] = strcmp(h->name, h->full_name) == 0 ? NULL : h->full_name;
	return 0;
}

static void honours_ask_name(struct app *app, void *self)
{
	struct honours_screen *h = self;
	const struct honoured *honoured = list_page_row(self);
	struct err err = { 0 };

	h->draft = (struct certificate_draft){ .resident = honoured->resident, .year = h->year };
	if (honours_read_names(h, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	CLEANUP(mem_free)
	char *what = h->year ? mem_printf(_("For what was done in %d."), h->year)
			     : mem_text(words_star_rank(honoured->stars));
	const struct reason_request request = {
		.title = _("The name on the certificate, as the person wishes it"),
		.text = what,
		.ready = h->names,
		.max_chars = RESIDENT_NAME_MAX,
		.done = honours_issue,
		.context = h,
	};
	reason_open(app, &request);
}

/* ---- papers ---- */

static void honours_tell_printed(struct honours_screen *h, int r, const struct err *err)
{
	if (r < 0)
		clerk_tell_err(h->page.app, err);
	else
		clerk_tell_done(h->page.app, _("It is being printed"), NULL);
	papers_go(h->page.kiosk);
	app_redraw(h->page.app);
}

static void honours_print_year(struct app *app, void *self)
{
	struct honours_screen *h = self;
	struct err err = { 0 };

	(void)app;
	int r = papers_year_honours(h->page.kiosk, h->year ? h->year : honours_this_year(h), &err);
	honours_tell_printed(h, r, &err);
}

static void honours_print_month(struct app *app, void *self)
{
	struct honours_screen *h = self;
	struct err err = { 0 };

	(void)app;
	int r = papers_honours(h->page.kiosk, &err);
	honours_tell_printed(h, r, &err);
}

static void honours_open_resident(struct app *app, void *self)
{
	resident_page_open(app, ((const struct honoured *)list_page_row(self))->resident);
}

static const struct action honours_actions[] = {
	{ '1', N_("Certificate"), N_("Prints a certificate of honour for the marked person."),
		honours_ask_name, list_page_has_row, .place = ACTION_TILE },
	{ '2', N_("Wall: the year"), N_("Prints the year's list, with hours, stars and points."),
		honours_print_year, .place = ACTION_TILE },
	{ '3', N_("Wall: this month"), N_("Prints who earned most this month."),
		honours_print_month, .place = ACTION_TILE },
	{ K_TAB, N_("Who did most in a year"), NULL, honours_switch_list, honours_is_of_stars },
	{ K_TAB, N_("Stars"), N_("Everybody with stars, by all hours."), honours_switch_list,
		honours_is_of_year },
	{ K_LEFT, N_("Year before"), NULL, honours_year_before, honours_is_of_year },
	{ K_RIGHT, N_("Year after"), NULL, honours_year_after, honours_has_year_after },
	{ K_ENTER, N_("Resident"), NULL, honours_open_resident, list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void honours_head(void *self, struct rect *area)
{
	const struct honours_screen *h = self;
	CLEANUP(mem_free)
	char *text = h->year ? mem_printf(_("Who did most in %d"), h->year)
			     : mem_text(_("Stars by all hours: 100, 300, 600, 1000, 1500"));

	draw_text(*area, 0, 0, STYLE_STRONG, text);
	draw_right(*area, 0, STYLE_QUIET, _("without those who do not wish to be ranked"));
	rect_cut_top(area, 2);
}

static const struct list_page_kind honours_page = {
	.screen = LIST_PAGE(N_("Honours"), honours_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct honours_screen, honours),
	.empty = N_("Nobody stands here yet."),
	.are_tiles_first = true,
	.read = honours_read,
	.forget = honours_forget,
	.finish = honours_forget_names,
	.extra_size = sizeof(char *),
	.read_extra = honours_read_name,
	.forget_extra = mem_free,
	.cell = honours_cell,
	.head = honours_head,
};

void honours_open(struct app *app)
{
	list_page_open(app, &honours_page);
}
