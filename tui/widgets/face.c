#include "tui/widgets/face.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"

#define LINE_MAX_BYTES (6 + 1 + 64 + 1) /* a code point, ':', 16 columns, the end of the line */
#define SEARCH_BYTES   4096             /* so much is looked through line by line */
#define KNOWN_MAX      128              /* a counter's words are made of fewer characters */

struct known {
	unsigned character;
	bool is_there;
	struct glyph glyph;
};

/* Read, not mapped: a disk that fails costs the large words and not the kiosk. */
struct face {
	int fd;
	off_t size;
	int count; /* of `known`; beyond KNOWN_MAX the oldest give way */
	struct known known[KNOWN_MAX];
};

struct face *face_open(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return NULL;
	}
	struct face *face = mem_alloc(sizeof(*face));
	face->fd = fd;
	face->size = st.st_size;
	return face;
}

void face_close(struct face *face)
{
	if (!face)
		return;
	close(face->fd);
	free(face);
}

/* Reads up to `size` - 1 bytes and ends them with a NUL; 0 at the end and for what can't be read.
 */
static size_t read_at(const struct face *face, off_t at, char *ret, size_t size)
{
	ssize_t len = pread(face->fd, ret, size - 1, at);

	len = len < 0 ? 0 : len;
	ret[len] = '\0';
	return (size_t)len;
}

/* The code point that a line begins with; false when it is no line of such a file. */
static bool read_code(const char *line, unsigned *ret, const char **ret_digits)
{
	char *end;
	unsigned long code = strtoul(line, &end, 16);

	if (end == line || *end != ':')
		return false;
	*ret = (unsigned)code;
	*ret_digits = end + 1;
	return true;
}

/* The first line after `at`; false where there is none. */
static bool line_after(const struct face *face, off_t at, off_t *ret_at, unsigned *ret_code)
{
	char text[2 * LINE_MAX_BYTES + 1];
	const char *digits;

	read_at(face, at, text, sizeof(text));
	const char *end = strchr(text, '\n');
	if (!end || !read_code(end + 1, ret_code, &digits))
		return false;
	*ret_at = at + (end + 1 - text);
	return true;
}

/* Narrows *from, where a line begins, and *to until few lines are between them, the character's
 * among them. False for a file of another form. */
static bool narrow(const struct face *face, unsigned character, off_t *from, off_t *to)
{
	while (*to - *from > SEARCH_BYTES) {
		off_t middle = *from + (*to - *from) / 2, line = 0;
		unsigned code = 0;
		if (!line_after(face, middle, &line, &code))
			return false;
		if (code <= character)
			*from = line;
		else
			*to = middle;
	}
	return true;
}

static int digit_of(char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

static bool read_glyph(const char *digits, struct glyph *ret)
{
	size_t count = strspn(digits, "0123456789ABCDEF");
	struct glyph glyph = { .cols = (int)count * 4 / FACE_ROWS };

	if (glyph.cols != 8 && glyph.cols != 16)
		return false;
	for (int row = 0; row < FACE_ROWS; row++)
		for (int i = 0; i < glyph.cols / 4; i++)
			glyph.rows[row] |= (uint16_t)(digit_of(*digits++) << (12 - 4 * i));
	*ret = glyph;
	return true;
}

static bool find(const struct face *face, unsigned character, struct glyph *ret)
{
	char text[SEARCH_BYTES + LINE_MAX_BYTES + 1];
	off_t from = 0, to = face->size;
	const char *digits;
	unsigned code;

	if (!narrow(face, character, &from, &to))
		return false;
	/* The line that `to` falls into may be the character's. */
	read_at(face, from, text, sizeof(text));
	for (const char *line = text; line && read_code(line, &code, &digits);) {
		if (code == character)
			return read_glyph(digits, ret);
		line = strchr(digits, '\n');
		line = line ? line + 1 : NULL;
	}
	return false;
}

static struct known *known_of(struct face *face, unsigned character)
{
	int count = face->count < KNOWN_MAX ? face->count : KNOWN_MAX;

	for (int i = 0; i < count; i++)
		if (face->known[i].character == character)
			return &face->known[i];
	struct known *known = &face->known[face->count++ % KNOWN_MAX];
	*known = (struct known){ .character = character };
	known->is_there = find(face, character, &known->glyph);
	return known;
}

bool face_glyph(struct face *face, unsigned character, struct glyph *ret)
{
	if (!face)
		return false;
	const struct known *known = known_of(face, character);
	if (known->is_there)
		*ret = known->glyph;
	return known->is_there;
}
