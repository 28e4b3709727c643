#include "tests/tui/page.h"

struct page page;

struct grid *term_grid(void)
{
	return &page.grid;
}

void term_caret(int row, int col)
{
	page.caret_col = col;
}

void term_hot(struct rect area, struct key key)
{
	page.hot_key = key;
	page.hot_count++;
}

void term_hot_clear(void)
{
}

enum theme term_theme(void)
{
	return THEME_LIGHT;
}
