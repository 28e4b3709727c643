/* What the house has decided once for all: each setting with its value; Enter changes one. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/site/reasons.h"
#include "core/site/setting.h"
#include "tui/screens/form_page.h"
#include "tui/screens/list_page.h"
#include "tui/screens/screens.h"

struct settings {
	struct list_page page;
	struct {
		char **rows; /* as setting_text has them */
		int count;   /* SETTING_COUNT, or 0 */
	} values;
};

/* ---- the list ---- */

enum { COLUMN_WHAT, COLUMN_VALUE };

static const struct list_column columns[] = {
	[COLUMN_WHAT] = { N_("What"), .min = 30 },
	[COLUMN_VALUE] = { N_("As it is"), .min = 8, .max = 16, .align_right = true },
};

/* "120 s"; the caller's. */
static char *settings_value_text(const struct setting_info *info, const char *value)
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

static enum setting settings_setting_of(const struct settings *s, const void *row)
{
	return (enum setting)((char *const *)row - s->values.rows);
}

static void settings_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct setting_info *info = &setting_table[settings_setting_of(self, row)];

	ret->text = column == COLUMN_WHAT ? mem_text(_(info->help))
					  : settings_value_text(info, *(char *const *)row);
}

static int settings_read(void *self, struct err *err)
{
	struct settings *s = self;

	s->values.rows = mem_alloc(SETTING_COUNT * sizeof(*s->values.rows));
	s->values.count = SETTING_COUNT;
	for (int i = 0; i < SETTING_COUNT; i++)
		TRY(setting_text(s->page.kiosk->db, (enum setting)i, &s->values.rows[i], err));
	return 0;
}

static void settings_forget(void *self)
{
	struct settings *s = self;

	for (int i = 0; i < s->values.count; i++)
		mem_free(&s->values.rows[i]);
	mem_free(&s->values.rows);
	s->values.count = 0;
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
	char *const *value = list_page_row(self);

	if (!value)
		return;
	struct change *c = mem_alloc(sizeof(*c));
	c->setting = settings_setting_of(self, value);
	c->value = mem_text(*value);
	const struct setting_info *info = &setting_table[c->setting];
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

static void settings_change_house(struct app *app, void *self)
{
	(void)self;
	house_form_open(app);
}

static void settings_show_backups(struct app *app, void *self)
{
	(void)self;
	restore_open(app);
}

static const struct action settings_actions[] = {
	{ '1', N_("The house"), N_("Its name, phone and address, and when it is open."),
		settings_change_house, accounts_may, .place = ACTION_TILE },
	{ '2', N_("Backups"), N_("Tries a backup, goes on from one, prints the recovery sheet."),
		settings_show_backups, accounts_may, .place = ACTION_TILE },
	{ K_ENTER, N_("Change it"), N_("Gives the setting another value."), change },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind settings_page = {
	.screen = LIST_PAGE("settings", N_("Settings"), settings_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct settings, values),
	.read = settings_read,
	.forget = settings_forget,
	.cell = settings_cell,
};

void settings_open(struct app *app)
{
	list_page_open(app, &settings_page);
}
