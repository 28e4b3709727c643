/* Decisions that hold for the whole house: each setting with its value; Enter changes one. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/site/reasons.h"
#include "core/site/setting.h"
#include "tui/pages/form_page.h"
#include "tui/pages/list_page.h"
#include "tui/screens/house/house.h"

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
	char *value; /* of a word or number */
	int choice;  /* 0: switched on */
	char *range;
};

static const char *const yes_no[] = { N_("switched on"), N_("switched off"), NULL };

static const struct form_row change_rows[] = {
	{ .field.label = N_("From now on"), .codes = { REASON_SETTING_BAD } },
};

/* The range is shown below the field. */
static int change_shape(void *self, struct form_row *row)
{
	const struct change *c = self;
	const struct setting_info *info = &setting_table[c->setting];
	const struct form_row text = { BIND_TEXT(NULL, struct change, value) };
	const struct form_row choice = { BIND_CHOICE(struct change, choice) };
	const struct form_row *bound = info->type == SETTING_TYPE_YES_NO ? &choice : &text;

	row->binding = bound->binding;
	row->offset = bound->offset;
	switch (info->type) {
	case SETTING_TYPE_YES_NO:
		row->field.kind = FORM_CHOICE;
		row->field.choices = yes_no;
		break;
	case SETTING_TYPE_NUMBER:
		row->field.kind = FORM_DIGITS;
		row->field.help = c->range;
		row->field.max_chars = 7;
		break;
	case SETTING_TYPE_WORD:
		row->field.kind = FORM_TEXT;
		row->field.max_chars = (int)info->max;
		break;
	}
	return 1;
}

static int change_load(struct app *app, void *self, struct err *err)
{
	struct change *c = self;
	const struct setting_info *info = &setting_table[c->setting];

	c->value = mem_text(c->value);
	c->choice = strcmp(c->value, "yes") != 0;
	c->range = mem_printf("%" PRId64 " – %" PRId64, info->min, info->max);
	return 0;
}

static void change_head(struct app *app, void *self, struct rect *area)
{
	form_page_head(area, _(setting_table[((struct change *)self)->setting].help), NULL);
}

static int change_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct change *c = filled;
	const struct setting_info *info = &setting_table[c->setting];
	const struct act act = clerk_act(app, 0);
	const char *value = info->type != SETTING_TYPE_YES_NO ? c->value
			    : c->choice == 0                  ? "yes"
							      : "no";

	int r = setting_set(kiosk_of(app)->db, &act, c->setting, value, err);
	/* Its name is for the command line. */
	if (r == ERR_INVALID) {
		*err = (struct err){ 0 };
		return err_set(err, ERR_INVALID, REASON_TEXT(SETTING_BAD, _(info->help)));
	}
	if (r < 0)
		return r;
	form_done(done, _("It is so from now on"), NULL);
	return 0;
}

static void change_finish(void *self)
{
	struct change *c = self;

	free(c->value);
	free(c->range);
}

static const struct form_page change_page = {
	.screen = FORM_SCREEN(N_("Setting")),
	.rows = change_rows,
	.count = ARRAY_LEN(change_rows),
	.size = sizeof(struct change),
	.hush = FORM_HUSH_OPEN,
	.load = change_load,
	.shape = change_shape,
	.head = change_head,
	.save = change_save,
	.finish = change_finish,
};

static void settings_change(struct app *app, void *self)
{
	char *const *value = list_page_row(self);

	if (!value)
		return;
	form_page_open(app, &change_page,
		&(struct change){ .setting = settings_setting_of(self, value), .value = *value });
}

static const struct action settings_actions[] = {
	{ '1', N_("The house"), N_("Its name, phone and address, and when it is open."),
		.opens = house_form_open, .is_available = staff_logins_may, .place = ACTION_TILE },
	{ '2', N_("Backups"), N_("Tries a backup, goes on from one, prints the recovery sheet."),
		.opens = restore_open, .is_available = staff_logins_may, .place = ACTION_TILE },
	{ K_ENTER, N_("Change it"), N_("Gives the setting another value."), settings_change },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind settings_page = {
	.screen = LIST_PAGE(N_("Settings"), settings_actions),
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
