#include "tui/widgets/form.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/i18n.h"
#include "tui/widgets/edit.h"

#define CHARS_DEFAULT 60
#define FIELD_CELLS   44 /* maximum width of a field, however long its text may be */
#define LABEL_GAP     2

struct slot {
	struct edit *edit; /* NULL for choices and checks */
	int choice;
	char *error;
};

struct form {
	const struct form_field *fields;
	int count;
	void *context;
	struct slot *slots;
	int active;
	struct pinyin *pinyin; /* NULL without a source */
};

static bool is_typed(const struct form_field *field)
{
	return field->kind == FORM_TEXT || field->kind == FORM_PASSWORD ||
	       field->kind == FORM_DIGITS;
}

static int choice_count(const struct form_field *field)
{
	if (field->kind == FORM_CHECK)
		return 2;
	int count = 0;
	while (field->choices && field->choices[count])
		count++;
	return count;
}

static void switch_pinyin(struct form *form)
{
	if (form->pinyin)
		pinyin_turn(form->pinyin, form->fields[form->active].is_chinese);
}

struct form *form_create(const struct form_field *fields, int count, void *context,
	const struct pinyin_source *source)
{
	struct form *form = mem_alloc(sizeof(*form));
	form->fields = fields;
	form->count = count;
	form->context = context;
	form->slots = mem_alloc((size_t)count * sizeof(*form->slots));
	for (int i = 0; i < count; i++) {
		int max = fields[i].max_chars ? fields[i].max_chars : CHARS_DEFAULT;
		form->slots[i].edit = is_typed(&fields[i]) ? edit_create(max) : NULL;
	}
	form->pinyin = source ? pinyin_create(source) : NULL;
	switch_pinyin(form);
	return form;
}

void form_destroy(struct form *form)
{
	if (!form)
		return;
	for (int i = 0; i < form->count; i++) {
		edit_destroy(form->slots[i].edit);
		mem_free(&form->slots[i].error);
	}
	pinyin_destroy(form->pinyin);
	mem_free(&form->slots);
	mem_free(&form);
}

/* --- values --- */

const char *form_text(const struct form *form, int field)
{
	const struct edit *edit = form->slots[field].edit;
	return edit ? edit_text(edit) : "";
}

int form_choice(const struct form *form, int field)
{
	return form->slots[field].choice;
}

void form_set_text(struct form *form, int field, const char *text)
{
	if (form->slots[field].edit)
		edit_set(form->slots[field].edit, text ? text : "");
}

void form_set_choice(struct form *form, int field, int choice)
{
	int count = choice_count(&form->fields[field]);
	if (count > 0 && choice >= 0 && choice < count)
		form->slots[field].choice = choice;
}

void form_set_error(struct form *form, int field, const char *sentence)
{
	mem_free(&form->slots[field].error);
	form->slots[field].error = mem_text(sentence);
}

int form_active(const struct form *form)
{
	return form->active;
}

/* True when the field's own check has no objection. */
static bool check(struct form *form, int field)
{
	const struct form_field *f = &form->fields[field];
	if (!f->check)
		return true;
	struct slot *slot = &form->slots[field];
	char *error = f->check(form->context, form_text(form, field));
	mem_free(&slot->error);
	slot->error = error;
	return !error;
}

/* No error is shown for a field that was passed without being filled in. */
static void leave(struct form *form)
{
	const struct slot *slot = &form->slots[form->active];
	if (slot->edit && !edit_is_empty(slot->edit))
		check(form, form->active);
}

void form_activate(struct form *form, int field)
{
	if (field < 0 || field >= form->count || field == form->active)
		return;
	leave(form);
	form->active = field;
	switch_pinyin(form);
}

static bool check_all(struct form *form)
{
	int wrong = -1;
	for (int i = form->count - 1; i >= 0; i--)
		if (!check(form, i))
			wrong = i;
	if (wrong >= 0) {
		form->active = wrong;
		switch_pinyin(form);
	}
	return wrong < 0;
}

/* --- keys --- */

static void insert(struct form *form, const char *text)
{
	const struct form_field *field = &form->fields[form->active];
	struct slot *slot = &form->slots[form->active];
	if (!slot->edit)
		return;
	form_set_error(form, form->active, NULL);
	if (field->kind != FORM_DIGITS) {
		edit_insert(slot->edit, text);
		return;
	}
	CLEANUP(mem_free) char *narrow = text_narrow(text);
	for (const char *s = narrow; *s; s++)
		if (*s >= '0' && *s <= '9')
			edit_insert(slot->edit, (char[]){ *s, '\0' });
}

void form_paste(struct form *form, const char *text)
{
	CLEANUP(mem_free) char *copy = mem_text(text);
	size_t len = strlen(copy);
	while (len > 0 && copy[len - 1] == '\n')
		copy[--len] = '\0';
	insert(form, copy);
}

static bool choice_key(struct form *form, const struct key *key)
{
	const struct form_field *field = &form->fields[form->active];
	int count = choice_count(field);
	int choice = form->slots[form->active].choice;
	int digit = key_digit(key);
	if (count == 0)
		return false;
	if (key->code == K_RIGHT || key->code == ' ')
		choice = (choice + 1) % count;
	else if (key->code == K_LEFT)
		choice = (choice + count - 1) % count;
	else if (field->kind == FORM_CHOICE && digit > 0 && digit <= count)
		choice = digit - 1;
	else
		return false;
	form_set_error(form, form->active, NULL);
	form->slots[form->active].choice = choice;
	return true;
}

static bool text_key(struct form *form, const struct key *key)
{
	struct edit *edit = form->slots[form->active].edit;
	if (key_is_char(key)) {
		char bytes[5];
		text_put(key->code, bytes);
		insert(form, bytes);
		return true;
	}
	if (key->code == K_BACKSPACE || key->code == K_DELETE)
		form_set_error(form, form->active, NULL);
	/* Backspace in an empty field is not the screen's undo. */
	return edit_key(edit, key) || key->code == K_BACKSPACE;
}

static bool pinyin_takes(struct form *form, const struct key *key)
{
	const struct form_field *field = &form->fields[form->active];
	if (!form->pinyin || !field->is_chinese)
		return false;
	if (key->code == K_F11) {
		pinyin_turn(form->pinyin, !pinyin_is_on(form->pinyin));
		return true;
	}
	CLEANUP(mem_free) char *text = NULL;
	if (!pinyin_key(form->pinyin, key, &text))
		return false;
	if (text)
		insert(form, text);
	return true;
}

static enum form_answer enter(struct form *form)
{
	if (form->active + 1 < form->count) {
		if (check(form, form->active)) {
			form->active++;
			switch_pinyin(form);
		}
		return FORM_TAKEN;
	}
	return check_all(form) ? FORM_DONE : FORM_TAKEN;
}

/* A press on a field makes it active; on a choice, it also picks it (`col` is the choice, from
 * 1). */
static enum form_answer picked(struct form *form, const struct key *key)
{
	form_activate(form, key->index);
	if (key->col > 0)
		form_set_choice(form, key->index, key->col - 1);
	else if (form->fields[key->index].kind == FORM_CHECK)
		form_set_choice(form, key->index, !form_choice(form, key->index));
	return FORM_TAKEN;
}

enum form_answer form_key(struct form *form, const struct key *key)
{
	if (pinyin_takes(form, key))
		return FORM_TAKEN;
	if (key->code == K_PICK && key->of == form)
		return picked(form, key);
	bool is_last = form->active + 1 >= form->count;
	switch (key->code) {
	case K_ENTER:
		return enter(form);
	case K_TAB:
		form_activate(form, is_last ? 0 : form->active + 1);
		return FORM_TAKEN;
	case K_DOWN:
		form_activate(form, form->active + 1);
		return FORM_TAKEN;
	case K_BACKTAB:
	case K_UP:
		form_activate(form, form->active - 1);
		return FORM_TAKEN;
	default:
		break;
	}
	bool is_taken =
		form->slots[form->active].edit ? text_key(form, key) : choice_key(form, key);
	return is_taken ? FORM_TAKEN : FORM_IGNORED;
}

/* --- drawing --- */

static int label_cells(const struct form *form)
{
	int widest = 0;
	for (int i = 0; i < form->count; i++) {
		int width = text_width(_(form->fields[i].label));
		widest = width > widest ? width : widest;
	}
	return widest;
}

static struct key pick_key(const struct form *form, int field, int choice)
{
	return (struct key){ .code = K_PICK, .index = field, .col = choice, .of = form };
}

static int choices_width(const struct form_field *field)
{
	int width = 0, count = choice_count(field);
	for (int i = 0; i < count; i++)
		width += text_width(_(field->choices[i])) + 5;
	return width;
}

/* All choices side by side if they fit, otherwise the chosen one between arrows. */
static void draw_choice(const struct form *form, int index, struct rect area)
{
	const struct form_field *field = &form->fields[index];
	int chosen = form->slots[index].choice, count = choice_count(field);
	bool is_active = index == form->active;
	if (count == 0)
		return;
	if (choices_width(field) > area.cols) {
		enum style style = is_active ? STYLE_FIELD_ACTIVE : STYLE_FIELD;
		draw_textf(area, 0, 0, style, " ‹ %s › ", _(field->choices[chosen]));
		return;
	}
	int col = 0;
	for (int i = 0; i < count; i++) {
		char digit[2] = { (char)('1' + i), '\0' };
		const char *label = _(field->choices[i]);
		const char *name = i < 9 ? digit : NULL;
		bool is_chosen = i == chosen;
		col = draw_button(area, 0, col, is_chosen ? "✓" : name, label,
			      pick_key(form, index, i + 1), is_chosen && is_active) +
		      1;
	}
}

static void draw_value(const struct form *form, int index, struct rect area)
{
	const struct form_field *field = &form->fields[index];
	bool is_active = index == form->active;
	if (field->kind == FORM_CHECK) {
		enum style style = is_active ? STYLE_FIELD_ACTIVE : STYLE_FIELD;
		int col = draw_text(area, 0, 0, style, form->slots[index].choice ? " ✓ " : "   ");
		if (field->hint)
			draw_text(area, 0, col + 1, STYLE_PAPER, _(field->hint));
	} else if (field->kind == FORM_CHOICE) {
		draw_choice(form, index, area);
	} else {
		int max = field->max_chars ? field->max_chars : CHARS_DEFAULT;
		int cells = max * (field->kind == FORM_TEXT ? 2 : 1) + 3;
		cells = cells < 12 ? 12 : cells > FIELD_CELLS ? FIELD_CELLS : cells;
		struct edit_look look = {
			.is_active = is_active,
			.is_masked = field->kind == FORM_PASSWORD,
			.hint = field->hint ? _(field->hint) : NULL,
		};
		edit_draw(form->slots[index].edit, area, 0, 0, cells, &look);
	}
}

/* What is wrong with a field, or how to fill it in; false when there is nothing to say. */
static bool draw_remark(const struct form *form, int index, struct rect line)
{
	const struct form_field *field = &form->fields[index];
	const char *error = form->slots[index].error;
	if (error) {
		CLEANUP(mem_free) char *text = mem_printf("✗ %s", error);
		draw_fit(line, 0, 0, line.cols, STYLE_REFUSED, text);
	} else if (field->help && index == form->active) {
		draw_fit(line, 0, 0, line.cols, STYLE_QUIET, _(field->help));
	}
	return error || (field->help && index == form->active);
}

/* If there is room every field has a line below it for remarks; otherwise the active one's remark
 * is the form's last line. */
static void draw_field(const struct form *form, int index, struct rect area, int labels)
{
	struct rect label = rect_cut_left(&area, labels);
	bool is_active = index == form->active;
	const char *text = _(form->fields[index].label);
	draw_right(label, 0, is_active ? STYLE_STRONG : STYLE_QUIET, text);
	rect_cut_left(&area, LABEL_GAP);
	struct rect line = rect_cut_top(&area, 1);
	draw_hot(line, pick_key(form, index, 0));
	draw_value(form, index, line);
	if (area.rows > 0)
		draw_remark(form, index, rect_cut_top(&area, 1));
}

static int pitch_for(int count, int rows)
{
	int pitch = 3;
	while (pitch > 1 && count * pitch > rows)
		pitch--;
	return pitch;
}

/* The pinyin line then keeps its place, or the fields would jump from one to the next. */
static bool has_chinese(const struct form *form)
{
	for (int i = 0; form->pinyin && i < form->count; i++)
		if (form->fields[i].is_chinese)
			return true;
	return false;
}

void form_draw(struct form *form, struct rect area)
{
	if (has_chinese(form)) {
		struct rect line = rect_cut_bottom(&area, 1);
		if (form->fields[form->active].is_chinese)
			pinyin_draw(form->pinyin, line);
		rect_cut_bottom(&area, 1);
	}
	int pitch = pitch_for(form->count, area.rows);
	if (pitch == 1) {
		struct rect remark = rect_cut_bottom(&area, 1);
		draw_remark(form, form->active, remark);
	}
	int labels = label_cells(form);
	int fit = area.rows / pitch;
	int first = fit > 0 && form->active >= fit ? form->active - fit + 1 : 0;
	for (int i = first; i < form->count && area.rows > 0; i++)
		draw_field(form, i, rect_cut_top(&area, pitch), labels);
}
