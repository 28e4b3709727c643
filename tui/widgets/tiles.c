#include "tui/widgets/tiles.h"

#include "core/base/text.h"

#define TILE_GAP   2
#define TILE_MIN   16
#define TILES_MAX  16
#define TILE_ROWS  3
#define LARGE_ROWS 5

/* How many are side by side, how wide and how high each is. */
struct plan {
	int across, cols, rows;
};

static int tile_width(const struct tile *tile)
{
	int label = text_width(key_label(tile->key).text) + 2 + text_width(tile->label);
	int note = tile->note ? text_width(tile->note) : 0;
	return (label > note ? label : note) + 4;
}

static struct plan make_plan(const struct tile *tiles, int count, int cols)
{
	struct plan plan = { .cols = TILE_MIN, .rows = draw_is_large() ? LARGE_ROWS : TILE_ROWS };
	for (int i = 0; i < count; i++) {
		int width = tile_width(&tiles[i]);
		plan.cols = width > plan.cols ? width : plan.cols;
	}
	if (plan.cols > cols)
		plan.cols = cols;
	plan.across = (cols + TILE_GAP) / (plan.cols + TILE_GAP);
	plan.across = plan.across < 1 ? 1 : plan.across > count ? count : plan.across;
	return plan;
}

static int lines(const struct plan *plan, int count)
{
	return plan->across > 0 ? (count + plan->across - 1) / plan->across : 0;
}

int tiles_rows(const struct tile *tiles, int count, int cols)
{
	struct plan plan = make_plan(tiles, count, cols);
	int n = lines(&plan, count);
	return n > 0 ? n * (plan.rows + 1) - 1 : 0;
}

static void draw_tile(struct rect place, const struct tile *tile, bool is_marked)
{
	enum style ground = is_marked ? STYLE_BUTTON_MARKED : STYLE_BUTTON;
	enum style name = is_marked ? STYLE_BUTTON_MARKED : STYLE_BUTTON_KEY;
	draw_fill(place, ground);
	draw_hot(place, KEY_OF(tile->key));
	struct rect inside = rect_inset(place, 0, 2);
	int rows = 1 + (tile->note ? 1 : 0);
	int row = place.rows > rows ? (place.rows - rows + 1) / 2 : 0;
	if (tile->note && place.rows == TILE_ROWS)
		row = 0;
	int col = draw_text(inside, row, 0, name, key_label(tile->key).text) + 2;
	draw_text(inside, row, col, ground, tile->label);
	if (tile->note)
		draw_text(inside, row + 1, col, ground, tile->note);
}

/* If they have less height than they want they become flatter, then lose the gap: all of them stay
 * pressable. Returns the gap. */
static int fit_rows(struct plan *plan, int count, int rows)
{
	for (int gap = 1; gap >= 0; gap--)
		for (int high = plan->rows; high > 0; high -= high > 3 ? 2 : 1)
			if (count * (high + gap) - gap <= rows) {
				plan->rows = high;
				return gap;
			}
	plan->rows = 1;
	return 0;
}

void tiles_draw(struct rect area, const struct tile *tiles, int count, int marked)
{
	struct plan plan = make_plan(tiles, count, area.cols);
	int gap = fit_rows(&plan, lines(&plan, count), area.rows);
	for (int i = 0; i < count; i++) {
		struct rect place = {
			.row = area.row + i / plan.across * (plan.rows + gap),
			.col = area.col + i % plan.across * (plan.cols + TILE_GAP),
			.rows = plan.rows,
			.cols = plan.cols,
		};
		draw_tile(rect_clip(place, area), &tiles[i], i == marked);
	}
}

static int collect(
	struct app *app, const struct action *actions, void *self, struct tile ret[TILES_MAX])
{
	int count = 0;
	for (const struct action *a = actions; a && a->key && count < TILES_MAX; a++)
		if (a->place == ACTION_TILE && action_is_available(a, app, self))
			ret[count++] = (struct tile){ .key = a->key, .label = _(a->label) };
	return count;
}

int tiles_actions_rows(struct app *app, const struct action *actions, void *self, int cols)
{
	struct tile tiles[TILES_MAX];
	int count = collect(app, actions, self, tiles);
	return tiles_rows(tiles, count, cols);
}

void tiles_draw_actions(struct app *app, const struct action *actions, void *self, struct rect area,
	uint32_t marked_key)
{
	struct tile tiles[TILES_MAX];
	int count = collect(app, actions, self, tiles);
	int marked = -1;
	for (int i = 0; i < count; i++)
		if (tiles[i].key == marked_key)
			marked = i;
	tiles_draw(area, tiles, count, marked);
}
