#include "tui/widgets/pinyin.h"

#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/i18n.h"

#define LETTERS_MAX 60
#define PAGES_MAX   64
/* A page has what fits beside the letters on a screen of 80 columns, so that every candidate is
 * visible. */
#define PAGE_CELLS 56

struct pinyin {
	const struct pinyin_source *source;
	bool is_on;
	char letters[LETTERS_MAX + 1];
	struct pinyin_candidate shown[PINYIN_PAGE];
	int shown_count;
	bool has_more;
	int starts[PAGES_MAX]; /* where each page so far began */
	int page;
};

struct pinyin *pinyin_create(const struct pinyin_source *source)
{
	struct pinyin *pinyin = mem_alloc(sizeof(*pinyin));
	pinyin->source = source;
	return pinyin;
}

static void forget_page(struct pinyin *pinyin)
{
	for (int i = 0; i < pinyin->shown_count; i++)
		mem_free(&pinyin->shown[i].text);
	pinyin->shown_count = 0;
	pinyin->has_more = false;
}

void pinyin_destroy(struct pinyin *pinyin)
{
	if (!pinyin)
		return;
	forget_page(pinyin);
	mem_free(&pinyin);
}

bool pinyin_is_on(const struct pinyin *pinyin)
{
	return pinyin->is_on;
}

bool pinyin_is_composing(const struct pinyin *pinyin)
{
	return pinyin->letters[0] != '\0';
}

static int candidate_cells(const struct pinyin_candidate *candidate)
{
	return text_width(candidate->text) + 4;
}

static void fetch_page(struct pinyin *pinyin)
{
	struct pinyin_candidate found[PINYIN_PAGE + 1];
	forget_page(pinyin);
	if (!pinyin_is_composing(pinyin))
		return;
	const struct pinyin_source *source = pinyin->source;
	int count = source->find(source->context, pinyin->letters, pinyin->starts[pinyin->page],
		PINYIN_PAGE + 1, found);
	int cells = 0;
	for (int i = 0; i < count; i++) {
		cells += candidate_cells(&found[i]);
		if (i < PINYIN_PAGE && (i == 0 || (cells <= PAGE_CELLS && !pinyin->has_more))) {
			pinyin->shown[pinyin->shown_count++] = found[i];
		} else {
			pinyin->has_more = true;
			mem_free(&found[i].text);
		}
	}
}

static void start_over(struct pinyin *pinyin)
{
	pinyin->page = 0;
	pinyin->starts[0] = 0;
	fetch_page(pinyin);
}

static void set_letters(struct pinyin *pinyin, const char *letters)
{
	size_t len = strlen(letters);
	memmove(pinyin->letters, letters, len + 1);
	start_over(pinyin);
}

void pinyin_turn(struct pinyin *pinyin, bool on)
{
	pinyin->is_on = on;
	set_letters(pinyin, "");
}

static void turn_page(struct pinyin *pinyin, int step)
{
	if (step < 0 && pinyin->page > 0) {
		pinyin->page--;
	} else if (step > 0 && pinyin->has_more && pinyin->page + 1 < PAGES_MAX) {
		int next = pinyin->starts[pinyin->page] + pinyin->shown_count;
		pinyin->starts[++pinyin->page] = next;
	}
	fetch_page(pinyin);
}

static char *pick(struct pinyin *pinyin, int index)
{
	if (index < 0 || index >= pinyin->shown_count)
		return NULL;
	const struct pinyin_source *source = pinyin->source;
	char *text = TAKE(pinyin->shown[index].text);
	int used = pinyin->shown[index].letters;
	int len = (int)strlen(pinyin->letters);
	pinyin->shown[index].text = mem_text("");
	if (source->picked)
		source->picked(source->context, pinyin->letters, text);
	set_letters(pinyin, pinyin->letters + (used < 1 || used > len ? len : used));
	return text;
}

static bool is_letter(const struct key *key)
{
	return (key->code >= 'a' && key->code <= 'z') || key->code == '\'';
}

static void add_letter(struct pinyin *pinyin, uint32_t letter)
{
	size_t len = strlen(pinyin->letters);
	if (len >= LETTERS_MAX)
		return;
	pinyin->letters[len] = (char)letter;
	pinyin->letters[len + 1] = '\0';
	start_over(pinyin);
}

static void drop_letter(struct pinyin *pinyin)
{
	pinyin->letters[strlen(pinyin->letters) - 1] = '\0';
	start_over(pinyin);
}

static char *give_letters(struct pinyin *pinyin)
{
	char *text = mem_text(pinyin->letters);
	set_letters(pinyin, "");
	return text;
}

static int page_step(uint32_t code)
{
	switch (code) {
	case K_DOWN:
	case K_PAGE_DOWN:
	case '=':
	case '.':
		return 1;
	case K_UP:
	case K_PAGE_UP:
	case '-':
	case ',':
		return -1;
	default:
		return 0;
	}
}

/* The dot between the parts of a name: on the same key as in Chinese input methods. */
#define DOT_KEY '`'
#define DOT     "·"

/* Any other character typed while composing picks the first candidate and follows it: so names and
 * words flow with their punctuation. */
static char *pick_and_type(struct pinyin *pinyin, uint32_t code)
{
	CLEANUP(mem_free) char *text = pick(pinyin, 0);
	char typed[5];
	if (code == DOT_KEY)
		snprintf(typed, sizeof(typed), DOT);
	else
		text_put(code, typed);
	return mem_printf("%s%s", text ? text : "", typed);
}

bool pinyin_key(struct pinyin *pinyin, const struct key *key, char **ret_text)
{
	*ret_text = NULL;
	if (!pinyin->is_on)
		return false;
	if (is_letter(key) && (key->code != '\'' || pinyin_is_composing(pinyin))) {
		add_letter(pinyin, key->code);
		return true;
	}
	if (!pinyin_is_composing(pinyin) && key->code == DOT_KEY) {
		*ret_text = mem_text(DOT);
		return true;
	}
	if (!pinyin_is_composing(pinyin))
		return false;
	int digit = key_digit(key);
	if (digit > 0)
		*ret_text = pick(pinyin, digit - 1);
	else if (key->code == K_PICK && key->of == pinyin)
		*ret_text = pick(pinyin, key->index);
	else if (key->code == ' ')
		*ret_text = pick(pinyin, 0);
	else if (page_step(key->code))
		turn_page(pinyin, page_step(key->code));
	else if (key->code == K_BACKSPACE)
		drop_letter(pinyin);
	else if (key->code == K_ENTER)
		*ret_text = give_letters(pinyin);
	else if (key->code == K_ESC)
		set_letters(pinyin, "");
	else if (key_is_char(key))
		*ret_text = pick_and_type(pinyin, key->code);
	else
		return false;
	return true;
}

static void draw_candidate(const struct pinyin *pinyin, struct rect area, int index, int *col)
{
	const char *text = pinyin->shown[index].text;
	int width = text_width(text) + 3;
	if (*col + width > area.cols)
		return;
	struct rect place = { area.row, area.col + *col, 1, width };
	draw_textf(area, 0, *col, STYLE_MARK, "%d", index + 1);
	draw_text(area, 0, *col + 2, index == 0 ? STYLE_STRONG : STYLE_PAPER, text);
	draw_hot(place, (struct key){ .code = K_PICK, .index = index, .of = pinyin });
	*col += width + 1;
}

void pinyin_draw(const struct pinyin *pinyin, struct rect area)
{
	if (!pinyin->is_on)
		return;
	if (!pinyin_is_composing(pinyin)) {
		draw_text(area, 0, 0, STYLE_MARK, _("Pinyin"));
		draw_text(area, 0, text_width(_("Pinyin")) + 2, STYLE_QUIET,
			_("type letters, then pick by number · F11 off"));
		return;
	}
	int col = draw_textf(area, 0, 0, STYLE_FIELD_ACTIVE, " %s ", pinyin->letters) + 2;
	for (int i = 0; i < pinyin->shown_count; i++)
		draw_candidate(pinyin, area, i, &col);
	if (pinyin->shown_count == 0)
		draw_text(area, 0, col, STYLE_QUIET, _("no characters for these letters"));
	CLEANUP(mem_free)
	char *pages =
		mem_printf("%s %s", pinyin->page > 0 ? "‹" : " ", pinyin->has_more ? "›" : " ");
	if (col + 4 <= area.cols)
		draw_right(area, 0, STYLE_MARK, pages);
}
