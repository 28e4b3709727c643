/* Honours: who has stars by hours of service, who did most in a year, and the certificates that
 * thank for it. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/certificate.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define YEAR_PEOPLE 200 /* on the screen */

struct honours_screen {
	struct app *app;
	struct kiosk *kiosk;
	int year; /* 0: the stars */
	struct honours honours;
	struct list *list;
	struct certificate_draft draft;
	char *name, *full_name; /* that a digit puts on the certificate */
	const char *names[3];
};

static const struct screen honours_screen;

/* ---- reading ---- */

static int this_year(const struct honours_screen *h)
{
	return when_day(kiosk_now(h->kiosk)).year;
}

static void refresh(struct honours_screen *h)
{
	struct db *db = h->kiosk->db;
	struct err err = { 0 };

	honours_finish(&h->honours);
	int r = h->year ? honours_of_year(db, h->year, YEAR_PEOPLE, &h->honours, &err)
			: honours_by_stars(db, &h->honours, &err);
	if (r < 0)
		clerk_tell_err(h->app, &err);
	list_set_count(h->list, h->honours.count);
	app_redraw(h->app);
}

static const struct honoured *selected(const struct honours_screen *h)
{
	int row = list_selected(h->list);

	return row >= 0 && row < h->honours.count ? &h->honours.rows[row] : NULL;
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

static char *wall_name(const struct honours_screen *h, int64_t resident)
{
	struct err ignored = { 0 };
	char *name = NULL;

	return resident_wall_name(h->kiosk->db, resident, &name, &ignored) < 0 ? NULL : name;
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct honours_screen *h = context;
	const struct honoured *honoured = &h->honours.rows[row];

	ret->style = STYLE_PAPER;
	switch (column) {
	case COLUMN_PLACE:
		ret->text = mem_printf("%d", honoured->place);
		break;
	case COLUMN_NAME:
		ret->text = wall_name(h, honoured->resident);
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

/* ---- life ---- */

void honours_open(struct app *app)
{
	struct honours_screen *h = mem_alloc(sizeof(*h));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = h,
		.cell = cell,
		.empty = N_("Nobody stands here yet."),
	};

	h->app = app;
	h->kiosk = kiosk_of(app);
	h->list = list_create(&options);
	app_push(app, &honours_screen, h);
}

static void enter(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct honours_screen *h = self;

	(void)app;
	honours_finish(&h->honours);
	list_destroy(h->list);
	free(h->name);
	free(h->full_name);
	free(h);
}

/* ---- which list ---- */

static void switch_list(struct app *app, void *self)
{
	struct honours_screen *h = self;

	clerk_hush(app);
	h->year = h->year ? 0 : this_year(h);
	refresh(h);
}

static bool is_of_year(struct app *app, void *self)
{
	(void)app;
	return ((const struct honours_screen *)self)->year != 0;
}

static bool is_of_stars(struct app *app, void *self)
{
	return !is_of_year(app, self);
}

static void year_before(struct app *app, void *self)
{
	struct honours_screen *h = self;

	(void)app;
	h->year--;
	refresh(h);
}

static bool has_year_after(struct app *app, void *self)
{
	const struct honours_screen *h = self;

	return is_of_year(app, self) && h->year < this_year(h);
}

static void year_after(struct app *app, void *self)
{
	struct honours_screen *h = self;

	(void)app;
	h->year++;
	refresh(h);
}

/* ---- certificates ---- */

static void issue(struct app *app, void *context, const char *name)
{
	struct honours_screen *h = context;
	struct act act = clerk_act(app, h->draft.resident);
	struct err err = { 0 };

	if (!name)
		return;
	h->draft.name = name;
	if (papers_certificate(h->kiosk, &act, &h->draft, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The certificate is being printed"), name);
	h->draft.name = NULL;
	papers_go(h->kiosk);
	app_redraw(app);
}

static int read_names(struct honours_screen *h, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };

	mem_free(&h->name);
	mem_free(&h->full_name);
	TRY(certificate_name(h->kiosk->db, h->draft.resident, &h->name, err));
	TRY(resident_person(h->kiosk->db, h->draft.resident, &person, err));
	h->full_name = mem_text(person.name);
	h->names[0] = h->name;
	h->names[1] = strcmp(h->name, h->full_name) == 0 ? NULL : h->full_name;
	return 0;
}

static void ask_name(struct app *app, void *self)
{
	struct honours_screen *h = self;
	struct err err = { 0 };

	h->draft = (struct certificate_draft){ .resident = selected(h)->resident, .year = h->year };
	if (read_names(h, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	CLEANUP(mem_free)
	char *what = h->year ? mem_printf(_("For what was done in %d."), h->year)
			     : mem_text(words_star_rank(selected(h)->stars));
	const struct reason_request request = {
		.title = _("The name on the certificate, as the person wishes it"),
		.text = what,
		.ready = h->names,
		.max_chars = RESIDENT_NAME_MAX,
		.done = issue,
		.context = h,
	};
	reason_open(app, &request);
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

/* ---- papers ---- */

static void tell_printed(struct honours_screen *h, int r, const struct err *err)
{
	if (r < 0)
		clerk_tell_err(h->app, err);
	else
		clerk_tell_done(h->app, _("It is being printed"), NULL);
	papers_go(h->kiosk);
	app_redraw(h->app);
}

static void print_year(struct app *app, void *self)
{
	struct honours_screen *h = self;
	struct err err = { 0 };

	(void)app;
	int r = papers_year_honours(h->kiosk, h->year ? h->year : this_year(h), &err);
	tell_printed(h, r, &err);
}

static void print_month(struct app *app, void *self)
{
	struct honours_screen *h = self;
	struct err err = { 0 };

	(void)app;
	int r = papers_honours(h->kiosk, &err);
	tell_printed(h, r, &err);
}

static void open_resident(struct app *app, void *self)
{
	resident_page_open(app, selected(self)->resident);
}

static const struct action actions[] = {
	{ '1', N_("Certificate"), N_("Prints a certificate of honour for the marked person."),
		ask_name, has_line, .place = ACTION_TILE },
	{ '2', N_("Wall: the year"), N_("Prints the year's list, with hours, stars and points."),
		print_year, .place = ACTION_TILE },
	{ '3', N_("Wall: this month"), N_("Prints who earned most this month."), print_month,
		.place = ACTION_TILE },
	{ K_TAB, N_("Who did most in a year"), NULL, switch_list, is_of_stars },
	{ K_TAB, N_("Stars"), N_("Everybody with stars, by all hours."), switch_list, is_of_year },
	{ K_LEFT, N_("Year before"), NULL, year_before, is_of_year },
	{ K_RIGHT, N_("Year after"), NULL, year_after, has_year_after },
	{ K_ENTER, N_("Resident"), NULL, open_resident, has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* ---- keys and drawing ---- */

static bool key(struct app *app, void *self, const struct key *key)
{
	struct honours_screen *h = self;

	if (key->code == K_LEFT || key->code == K_RIGHT || (key->code >= '1' && key->code <= '9'))
		return false;
	return clerk_list_key(app, h->list, key, open_resident, h);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct honours_screen *h = self;
	CLEANUP(mem_free)
	char *head = h->year ? mem_printf(_("Who did most in %d"), h->year)
			     : mem_text(_("Stars by all hours: 100, 300, 600, 1000, 1500"));

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	draw_text(area, 0, 0, STYLE_STRONG, head);
	draw_right(area, 0, STYLE_QUIET, _("without those who do not wish to be ranked"));
	rect_cut_top(&area, 2);
	list_draw(h->list, area);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

static const struct screen honours_screen = {
	.name = "honours",
	.title = N_("Honours"),
	.actions = actions,
	.enter = enter,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
