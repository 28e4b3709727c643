#include "tui/widgets/reader.h"

#include "core/base/mem.h"
#include "tui/widgets/wrap.h"

#define WHEEL_ROWS 3

struct reader {
	char *text;
	int first;
	int rows, visible; /* as of the last drawing */
};

struct reader *reader_create(const char *text)
{
	struct reader *reader = mem_alloc(sizeof(*reader));
	reader->text = mem_text(text);
	return reader;
}

void reader_destroy(struct reader *reader)
{
	if (!reader)
		return;
	mem_free(&reader->text);
	mem_free(&reader);
}

void reader_set(struct reader *reader, const char *text)
{
	mem_free(&reader->text);
	reader->text = mem_text(text);
	reader->first = 0;
}

static void clamp(struct reader *reader)
{
	if (reader->first > reader->rows - reader->visible)
		reader->first = reader->rows - reader->visible;
	if (reader->first < 0)
		reader->first = 0;
}

bool reader_key(struct reader *reader, const struct key *key)
{
	int page = reader->visible > 1 ? reader->visible - 1 : 1;
	switch (key->code) {
	case K_UP:
		reader->first--;
		break;
	case K_DOWN:
		reader->first++;
		break;
	case K_SCROLL_UP:
		reader->first -= WHEEL_ROWS;
		break;
	case K_SCROLL_DOWN:
		reader->first += WHEEL_ROWS;
		break;
	case K_PAGE_UP:
		reader->first -= page;
		break;
	case K_PAGE_DOWN:
	case ' ':
		reader->first += page;
		break;
	case K_HOME:
		reader->first = 0;
		break;
	case K_END:
		reader->first = reader->rows;
		break;
	default:
		return false;
	}
	clamp(reader);
	return true;
}

void reader_draw(struct reader *reader, struct rect area)
{
	struct rect more = rect_cut_right(&area, 2);
	reader->rows = wrap_rows(reader->text, area.cols);
	reader->visible = area.rows;
	clamp(reader);
	/* Lines above the area are clipped away. */
	wrap_draw(area, -reader->first, STYLE_PAPER, reader->text);
	if (reader->first > 0)
		draw_text(more, 0, 1, STYLE_MARK, "↑");
	if (reader->first + reader->visible < reader->rows)
		draw_text(more, more.rows - 1, 1, STYLE_MARK, "↓");
}
