#include "tui/widgets/wrap.h"

#include <stddef.h>

#include "core/base/mem.h"
#include "core/base/text.h"

/* Closing punctuation that never begins a line, and opening ones that never end one (GB/T
 * 15834). */
static const unsigned no_start[] = { 0x3001, 0x3002, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff01, 0xff1f,
	0xff09, 0x300b, 0x300d, 0x300f, 0x3011, 0x3009, 0x3015, 0x3017, 0x201d, 0x2019, 0x2026,
	0x2014, 0x00b7, 0xff05, 0x2103, 0x301e, 0xff3d, 0xff5d, ',', '.', ':', ';', '!', '?', ')',
	']', '}', '%' };
static const unsigned no_end[] = { 0xff08, 0x300a, 0x300c, 0x300e, 0x3010, 0x3008, 0x3014, 0x3016,
	0x201c, 0x2018, 0x301d, 0xff3b, 0xff5b, 0xffe5, 0x00a5, '(', '[', '{' };

static bool is_among(const unsigned *list, size_t count, unsigned c)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == c)
			return true;
	return false;
}

/* Whether a line may end between two adjacent characters. */
static bool may_break(unsigned left, unsigned right)
{
	if (is_among(no_start, ARRAY_LEN(no_start), right) || text_width_of(right) == 0)
		return false;
	if (is_among(no_end, ARRAY_LEN(no_end), left))
		return false;
	/* Dashes and dots that come in pairs stay pairs: they are in no_start. */
	return text_width_of(left) == 2 || text_width_of(right) == 2 || left == '-';
}

static bool is_space(unsigned c)
{
	return c == ' ' || c == 0x3000;
}

static const char *skip_spaces(const char *s)
{
	for (const char *next = s; is_space(text_next(&next)); s = next)
		;
	return s;
}

/* Where the line that begins at `start` ends, and where the next one begins. */
struct break_at {
	const char *end, *next;
};

static struct break_at find_break(const char *start, int cells)
{
	struct break_at best = { 0 }; /* the last place where a break is allowed */
	const char *s = start;
	unsigned left = 0;
	int width = 0;
	for (;;) {
		const char *here = s;
		unsigned c = text_next(&s);
		/* Spaces at the end of a line hang over and are not drawn. */
		if (c == 0 || c == '\n')
			return (struct break_at){ is_space(left) ? best.end : here,
				c == 0 ? here : s };
		if (is_space(c) && !is_space(left))
			best = (struct break_at){ here, skip_spaces(here) };
		else if (left && !is_space(left) && !is_space(c) && may_break(left, c))
			best = (struct break_at){ here, here };
		int w = text_width_of(c);
		if (width + w > cells && !is_space(c)) {
			/* A word longer than the line is broken where necessary. */
			if (!best.end || best.end == start)
				best = (struct break_at){ here, here };
			return best;
		}
		width += w;
		left = c;
	}
}

int wrap_next(const char **text, int cells, const char **ret_line)
{
	if (**text == '\0')
		return -1;
	struct break_at at = find_break(*text, cells < 2 ? 2 : cells);
	*ret_line = *text;
	int len = (int)(at.end - *text);
	/* A character wider than the line, or a mark without a base. */
	if (at.next == *text)
		text_next(&at.next);
	*text = at.next;
	return len;
}

int wrap_rows(const char *text, int cells)
{
	int rows = 0;
	for (const char *line; wrap_next(&text, cells, &line) >= 0;)
		rows++;
	return rows;
}

int wrap_draw(struct rect area, int row, enum style style, const char *text)
{
	const char *line;
	for (int len; (len = wrap_next(&text, area.cols, &line)) >= 0;) {
		CLEANUP(mem_free) char *copy = mem_text_n(line, (size_t)len);
		draw_text(area, row++, 0, style, copy);
	}
	return row;
}
