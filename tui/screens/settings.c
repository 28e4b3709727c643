/* What the house has decided once for all: each setting with its value; Enter changes one. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/site/reasons.h"
#include "core/site/setting.h"
#include "tui/screens/clerk.h"
#include "tui/screens/form_page.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct settings {
	struct app *app;
	struct kiosk *kiosk;
	char *values[SETTING_COUNT]; /* as setting_text has them */
	struct list *list;
};

static const struct screen settings_screen;

/* ---- the list ---- */

enum { COLUMN_WHAT, COLUMN_VALUE };

static const struct list_column columns[] = {
	[COLUMN_WHAT] = { N_("What"), .min = 30 },
	[COLUMN_VALUE] = { N_("As it is"), .min = 8, .max = 16, .align_right = true },
};

/* "120 s"; the caller's. */
static char *value_text(const struct setting_info *info, const char *value)
{
	if (info->type == SETTING_TYPE_YES_NO)
		return mem_text(strcmp(value, "yes") == 0 ? _("switched on") : _("switched off"));
	switch (info->unit) {
	case SETTING_UNIT_SECONDS:
		return mem_printf(_("%s seconds"), value);
	case SETTING_UNIT_MINUTES:
		return mem_printf(_("%s minutes"), value);
	case SETTING_UNIT_DAYS:
		return mem_printf(_("%s days"), value);
	case SETTING_UNIT_NONE:
		break;
	}
	return mem_text(value);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct settings *s = context;

	ret->style = STYLE_PAPER;
	if (column == COLUMN_WHAT)
		ret->text = mem_text(_(setting_table[row].help));
	else
		ret->text = value_text(&setting_table[row], s->values[row] ? s->values[row] : "");
}

static void forget(struct settings *s)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		mem_free(&s->values[i]);
}

static void refresh(struct settings *s)
{
	struct err err = { 0 };
	int r = 0;

	forget(s);
	for (int i = 0; i < SETTING_COUNT && r == 0; i++)
		r = setting_text(s->kiosk->db, (enum setting)i, &s->values[i], &err);
	if (r < 0)
		clerk_tell_err(s->app, &err);
	list_set_count(s->list, r < 0 ? 0 : SETTING_COUNT);
	app_redraw(s->app);
}

void settings_open(struct app *app)
{
	struct settings *s = mem_alloc(sizeof(*s));
	const struct list_options options = {
		.columns = columns, .column_count = ARRAY_LEN(columns), .context = s, .cell = cell
	};

	s->app = app;
	s->kiosk = kiosk_of(app);
	s->list = list_create(&options);
	clerk_hush(app);
	app_push(app, &settings_screen, s);
	refresh(s);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct settings *s = self;

	(void)app;
	forget(s);
	list_destroy(s->list);
	free(s);
}

/* ---- changing one ---- */

struct change {
	enum setting setting;
	struct form_field field;
	char *value, *range;
};

static const char *const yes_no[] = { N_("switched on"), N_("switched off"), NULL };

static const struct clerk_field blames[] = { { REASON_SETTING_BAD, "", 0 } };

/* The range stands below the field. */
static struct form_field field_of(const struct setting_info *info, const char *range)
{
	struct form_field field = { .label = N_("From now on"), .help = range };

	switch (info->type) {
	case SETTING_TYPE_YES_NO:
		field.kind = FORM_CHOICE;
		field.choices = yes_no;
		field.help = NULL;
		break;
	case SETTING_TYPE_NUMBER:
		field.kind = FORM_DIGITS;
		field.max_chars = 7;
		break;
	case SETTING_TYPE_WORD:
		field.kind = FORM_TEXT;
		field.max_chars = (int)info->max;
		field.help = NULL;
		break;
	}
	return field;
}

static void show(void *context, struct form *form)
{
	const struct change *c = context;

	if (setting_table[c->setting].type == SETTING_TYPE_YES_NO)
		form_set_choice(form, 0, strcmp(c->value, "yes") != 0);
	else
		form_set_text(form, 0, c->value);
}

static int save(struct app *app, void *context, const struct form *form, const char **ret_done,
	struct err *err)
{
	const struct change *c = context;
	const struct act act = clerk_act(app, 0);
	bool is_choice = setting_table[c->setting].type == SETTING_TYPE_YES_NO;
	const char *value = !is_choice                  ? form_text(form, 0)
			    : form_choice(form, 0) == 0 ? "yes"
							: "no";

	int r = setting_set(kiosk_of(app)->db, &act, c->setting, value, err);
	/* Its name is for the command line. */
	if (r == ERR_INVALID) {
		*err = (struct err){ 0 };
		return err_set(err, ERR_INVALID,
			REASON_TEXT(SETTING_BAD, _(setting_table[c->setting].help)));
	}
	if (r < 0)
		return r;
	*ret_done = _("It is so from now on");
	return 0;
}

static void finish(void *context)
{
	struct change *c = context;

	free(c->value);
	free(c->range);
	free(c);
}

static const struct screen change_screen = FORM_PAGE(N_("Setting"));

static void change(struct app *app, void *self)
{
	const struct settings *s = self;
	int row = list_selected(s->list);

	if (row < 0 || row >= SETTING_COUNT)
		return;
	const struct setting_info *info = &setting_table[row];
	struct change *c = mem_alloc(sizeof(*c));
	c->setting = (enum setting)row;
	c->value = mem_text(s->values[row]);
	c->range = mem_printf("%" PRId64 " – %" PRId64, info->min, info->max);
	c->field = field_of(info, c->range);
	const struct form_page_request request = { .screen = &change_screen,
		.fields = &c->field,
		.count = 1,
		.head = _(info->help),
		.context = c,
		.show = show,
		.save = save,
		.blames = blames,
		.blame_count = ARRAY_LEN(blames),
		.finish = finish };
	form_page_open(app, &request);
}

static void change_house(struct app *app, void *self)
{
	(void)self;
	house_form_open(app);
}

static void show_backups(struct app *app, void *self)
{
	(void)self;
	restore_open(app);
}

static const struct action actions[] = {
	{ '1', N_("The house"), N_("Its name, phone and address, and when it is open."),
		change_house, accounts_may, .place = ACTION_TILE },
	{ '2', N_("Backups"), N_("Tries a backup, goes on from one, prints the recovery sheet."),
		show_backups, accounts_may, .place = ACTION_TILE },
	{ K_ENTER, N_("Change it"), N_("Gives the setting another value."), change },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	const struct settings *s = self;
	enum list_answer answer = list_key(s->list, key);

	if (answer == LIST_CHOSEN)
		change(app, self);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void draw(struct app *app, void *self, struct rect area)
{
	const struct settings *s = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(s->list, area);
}

static const struct screen settings_screen = {
	.name = "settings",
	.title = N_("Settings"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
