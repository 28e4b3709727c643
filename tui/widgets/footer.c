#include "tui/widgets/footer.h"

#include "core/base/text.h"
#include "tui/draw.h"
#include "tui/i18n.h"

#define ENTRIES_MAX 32

struct entry {
	uint32_t key;
	const char *label;
};

/* The first available action of each key, in the order of the tables. */
static int collect(struct app *app, const struct action_source *sources, int count,
	struct entry ret[ENTRIES_MAX])
{
	int found = 0;
	for (int i = 0; i < count; i++) {
		for (const struct action *a = sources[i].actions; a && a->key; a++) {
			bool is_known = false;
			for (int k = 0; k < found; k++)
				is_known = is_known || ret[k].key == a->key;
			if (a->place == ACTION_FOOTER && !is_known && found < ENTRIES_MAX &&
				action_is_available(a, app, sources[i].self))
				ret[found++] = (struct entry){ a->key, _(a->label) };
		}
	}
	return found;
}

static int entry_width(const struct entry *entry)
{
	return text_width(key_label(entry->key).text) + 2 + 1 + text_width(entry->label);
}

static int draw_entry(struct rect area, int col, const struct entry *entry)
{
	int end = draw_textf(area, 0, col, STYLE_KEY, " %s ", key_label(entry->key).text);
	end = draw_text(area, 0, end + 1, STYLE_PAPER, entry->label);
	struct rect place = { area.row, area.col + col, 1, end - col };
	draw_hot(rect_clip(place, area), KEY_OF(entry->key));
	return end;
}

/* Whether the entry at `index` is shown: help is kept to the last. */
static int total(const struct entry *entries, int count, int gap)
{
	int width = 0;
	for (int i = 0; i < count; i++)
		width += entry_width(&entries[i]) + (i > 0 ? gap : 0);
	return width;
}

static void drop_last(struct entry *entries, int *count)
{
	int last = *count - 1;
	if (last > 0 && entries[last].key == K_F1)
		entries[last - 1] = entries[last];
	(*count)--;
}

void footer_draw(struct app *app, struct rect area, const struct action_source *sources, int count)
{
	struct entry entries[ENTRIES_MAX] = { 0 };
	int found = collect(app, sources, count, entries);
	area = rect_inset(area, 0, 1);
	int gap = 3;
	while (gap > 1 && total(entries, found, gap) > area.cols)
		gap--;
	while (found > 1 && total(entries, found, gap) > area.cols)
		drop_last(entries, &found);
	int col = 0;
	for (int i = 0; i < found; i++)
		col = draw_entry(area, col, &entries[i]) + gap;
}
