#include "core/scan/y4m.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"

#define LINE_MAX_BYTES 512 /* a header of ours has 40; others add X tags */
#define RATE_MAX       1000

enum y4m_state { Y4M_HEADER, Y4M_FRAME_LINE, Y4M_LUMA, Y4M_CHROMA, Y4M_DAMAGED };

struct y4m {
	enum y4m_state state;
	struct y4m_header header;
	char line[LINE_MAX_BYTES + 1];
	size_t line_size;
	struct image image;
	int64_t missing; /* bytes of the current plane */
};

struct y4m *y4m_create(void)
{
	return mem_alloc(sizeof(struct y4m));
}

void y4m_destroy(struct y4m *y4m)
{
	if (!y4m)
		return;
	image_finish(&y4m->image);
	free(y4m);
}

void y4m_restart(struct y4m *y4m)
{
	y4m->state = Y4M_HEADER;
	y4m->line_size = 0;
}

const struct y4m_header *y4m_header(const struct y4m *y4m)
{
	return y4m->state == Y4M_HEADER || y4m->state == Y4M_DAMAGED ? NULL : &y4m->header;
}

const struct image *y4m_image(const struct y4m *y4m)
{
	return &y4m->image;
}

bool y4m_is_between_frames(const struct y4m *y4m)
{
	return y4m->state == Y4M_FRAME_LINE && y4m->line_size == 0;
}

/* --- the header ------------------------------------------------------------------------------ */

/* The sizes of the two chroma planes are the luma's divided by these, rounded up. */
struct chroma {
	const char *name;
	int planes, across, down;
};

static const struct chroma chromas[] = {
	{ "420", 2, 2, 2 },
	{ "420jpeg", 2, 2, 2 },
	{ "420mpeg2", 2, 2, 2 },
	{ "420paldv", 2, 2, 2 },
	{ "411", 2, 4, 1 },
	{ "422", 2, 2, 1 },
	{ "444", 2, 1, 1 },
	{ "444alpha", 3, 1, 1 },
	{ "mono", 0, 1, 1 },
};

static const struct chroma *chroma_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(chromas); i++)
		if (strcmp(chromas[i].name, name) == 0)
			return &chromas[i];
	return NULL;
}

/* Digits alone, at most 8 of them; -1 for anything else. Stops at `end` or the string's end. */
static int number(const char *s, char end, const char **ret_rest)
{
	int value = 0, digits = 0;

	for (; *s >= '0' && *s <= '9'; s++) {
		if (++digits > 8)
			return -1;
		value = value * 10 + (*s - '0');
	}
	if (digits == 0 || *s != end)
		return -1;
	if (ret_rest)
		*ret_rest = s + 1;
	return value;
}

/* "30:1"; "0:0" means unknown and leaves the default. False when malformed. */
static bool read_rate(const char *s, struct y4m_header *header)
{
	const char *rest = s;
	int rate = number(s, ':', &rest);
	int scale = rate < 0 ? -1 : number(rest, '\0', NULL);

	if (rate < 0 || scale < 0)
		return false;
	if (rate == 0 || scale == 0)
		return true;
	if (rate / scale > RATE_MAX)
		return false;
	header->rate = rate;
	header->rate_scale = scale;
	return true;
}

static int bad(struct y4m *y4m, const char *name, const char *why, struct err *err)
{
	y4m->state = Y4M_DAMAGED;
	return err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, name), "Y4M: %s", why);
}

static int64_t plane_size(const struct y4m_header *header, int across, int down)
{
	return (int64_t)((header->width + across - 1) / across) *
	       ((header->height + down - 1) / down);
}

static int read_header(struct y4m *y4m, const char *name, struct err *err)
{
	struct y4m_header *header = &y4m->header;
	const struct chroma *chroma = &chromas[0];
	char *rest = NULL;
	char *tag = strtok_r(y4m->line, " ", &rest);

	*header = (struct y4m_header){ .rate = 25, .rate_scale = 1 };
	if (!tag || strcmp(tag, "YUV4MPEG2") != 0)
		return bad(y4m, name, "does not begin with YUV4MPEG2", err);
	while ((tag = strtok_r(NULL, " ", &rest))) {
		if (*tag == 'W')
			header->width = number(tag + 1, '\0', NULL);
		else if (*tag == 'H')
			header->height = number(tag + 1, '\0', NULL);
		else if (*tag == 'F' && !read_rate(tag + 1, header))
			return bad(y4m, name, "the frame rate makes no sense", err);
		else if (*tag == 'C' && !(chroma = chroma_find(tag + 1)))
			return bad(y4m, name, "a colour space other than 8-bit YUV or mono", err);
	}
	if (header->width <= 0 || header->height <= 0)
		return bad(y4m, name, "width or height is missing", err);
	if (!frame_size_is_sane(header->width, header->height)) {
		y4m->state = Y4M_DAMAGED;
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_TOO_LARGE, name));
	}
	header->frame_size = plane_size(header, 1, 1) +
			     chroma->planes * plane_size(header, chroma->across, chroma->down);
	y4m->state = Y4M_FRAME_LINE;
	return 0;
}

/* --- the stream ------------------------------------------------------------------------------ */

static int read_line(struct y4m *y4m, const char *name, struct err *err)
{
	if (strlen(y4m->line) != y4m->line_size)
		return bad(y4m, name, "a NUL in a header", err);
	y4m->line_size = 0;
	if (y4m->state == Y4M_HEADER)
		return read_header(y4m, name, err);
	if (strncmp(y4m->line, "FRAME", 5) != 0 || (y4m->line[5] && y4m->line[5] != ' '))
		return bad(y4m, name, "FRAME expected", err);
	image_resize(&y4m->image, y4m->header.width, y4m->header.height);
	y4m->missing = plane_size(&y4m->header, 1, 1);
	y4m->state = Y4M_LUMA;
	return 0;
}

static int64_t push_line(
	struct y4m *y4m, const char *bytes, size_t size, const char *name, struct err *err)
{
	size_t room = LINE_MAX_BYTES - y4m->line_size;
	const char *end = memchr(bytes, '\n', size < room ? size : room);
	size_t count = end ? (size_t)(end - bytes) : size;

	if (!end && size >= room)
		return bad(y4m, name, "a header without an end", err);
	memcpy(y4m->line + y4m->line_size, bytes, count);
	y4m->line_size += count;
	y4m->line[y4m->line_size] = '\0';
	if (!end)
		return (int64_t)count;
	int rc = read_line(y4m, name, err);
	return rc < 0 ? rc : (int64_t)count + 1;
}

/* Copies luma, skips chroma; a frame is complete when nothing of either is missing. */
static int64_t push_plane(struct y4m *y4m, const char *bytes, size_t size, bool *ret_has_frame)
{
	int64_t luma = plane_size(&y4m->header, 1, 1);
	int64_t count = (int64_t)size < y4m->missing ? (int64_t)size : y4m->missing;

	if (y4m->state == Y4M_LUMA)
		memcpy(y4m->image.pixels + (luma - y4m->missing), bytes, (size_t)count);
	y4m->missing -= count;
	if (y4m->missing == 0 && y4m->state == Y4M_LUMA && y4m->header.frame_size > luma) {
		y4m->state = Y4M_CHROMA;
		y4m->missing = y4m->header.frame_size - luma;
	} else if (y4m->missing == 0) {
		y4m->state = Y4M_FRAME_LINE;
		*ret_has_frame = true;
	}
	return count;
}

int64_t y4m_push(struct y4m *y4m, const void *bytes, size_t size, const char *name,
	bool *ret_has_frame, struct err *err)
{
	const char *at = bytes, *end = at + size;

	*ret_has_frame = false;
	while (at < end && !*ret_has_frame) {
		int64_t count = 0;
		switch (y4m->state) {
		case Y4M_HEADER:
		case Y4M_FRAME_LINE:
			count = push_line(y4m, at, (size_t)(end - at), name, err);
			break;
		case Y4M_LUMA:
		case Y4M_CHROMA:
			count = push_plane(y4m, at, (size_t)(end - at), ret_has_frame);
			break;
		case Y4M_DAMAGED:
			count = bad(y4m, name, "damaged before", err);
			break;
		}
		if (count < 0)
			return count;
		at += count;
	}
	return (int64_t)size - (end - at);
}
