#include "core/exchange/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"

/* ---- the file ---- */

#define PIECE ((size_t)64 * 1024) /* allocated first; doubled each time it is full */

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static int unreadable(const char *path, struct err *err)
{
	return err_setf(
		err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, path), "%s", strerror(errno));
}

static int read_all(
	int fd, const char *path, size_t most, char **ret, size_t *ret_len, struct err *err)
{
	size_t len = 0, room = PIECE < most + 1 ? PIECE : most + 1;
	CLEANUP(mem_free) char *bytes = mem_alloc(room);
	ssize_t n;

	while ((n = read(fd, bytes + len, room - len)) > 0) {
		len += (size_t)n;
		if (len < room)
			continue;
		room = room * 2 < most + 1 ? room * 2 : most + 1;
		bytes = mem_resize(bytes, room);
	}
	if (n < 0)
		return unreadable(path, err);
	if (len > most)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_TOO_LARGE, path));
	if (len == 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_EMPTY, path));
	bytes = mem_resize(bytes, len + 1);
	bytes[len] = '\0';
	*ret = TAKE(bytes);
	*ret_len = len;
	return 0;
}

static int read_file(const char *path, size_t most, char **ret, size_t *ret_len, struct err *err)
{
	CLEANUP(close_fd)
	int fd = strcmp(path, "-") == 0 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
					: open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(FILE_MISSING, path));
	if (fd < 0)
		return unreadable(path, err);
	return read_all(fd, path, most, ret, ret_len, err);
}

/* ---- its encoding ---- */

#define PAGE_HEAD ((size_t)8 * 1024)

/* Converts all of it with iconv; NULL when a byte does not fit. */
static char *convert(const char *from, const char *bytes, size_t len)
{
	iconv_t converter = iconv_open("UTF-8", from);
	if (converter == (iconv_t)-1)
		return NULL;
	/* Two bytes become three at most. */
	size_t room = len * 2 + 4;
	char *text = mem_alloc(room + 1), *out = text, *in = (char *)bytes;
	size_t rest = iconv(converter, &in, &len, &out, &room);
	iconv_close(converter);
	if (rest == (size_t)-1) {
		free(text);
		return NULL;
	}
	*out = '\0';
	return text;
}

static bool is_utf8(const char *text)
{
	for (const char *s = text, *at = s; *s; at = s)
		if (text_next(&s) == 0xFFFD && strncmp(at, "\xEF\xBF\xBD", 3) != 0)
			return false;
	return true;
}

static bool holds(const char *bytes, size_t len, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (memmem(bytes, len, words[i], strlen(words[i])))
			return true;
	return false;
}

/* A spreadsheet's own format, recognised by content: a zip with a workbook, the older container, or
 * the HTML that some programs write under such a name. */
static bool is_spreadsheet(const char *bytes, size_t len)
{
	static const char *const in_zip[] = { "xl/workbook", "xl/worksheets", "[Content_Types].xml",
		"opendocument.spreadsheet" };
	static const char *const in_page[] = { "<table", "<TABLE", "<Workbook",
		"urn:schemas-microsoft-com:office" };
	static const char zip[] = "PK\3\4", ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
	size_t head = len < PAGE_HEAD ? len : PAGE_HEAD;
	size_t start = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

	if (len >= sizeof(ole) - 1 && memcmp(bytes, ole, sizeof(ole) - 1) == 0)
		return true;
	if (len >= sizeof(zip) - 1 && memcmp(bytes, zip, sizeof(zip) - 1) == 0)
		return holds(bytes, len, in_zip, ARRAY_LEN(in_zip));
	return bytes[start] == '<' && holds(bytes, head, in_page, ARRAY_LEN(in_page));
}

/* Takes over `bytes`. */
static char *decode(char *bytes, size_t len, const char **ret_encoding)
{
	bool is_utf16 = len >= 2 &&
			(memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
	size_t bom = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

	*ret_encoding = is_utf16 ? "UTF-16" : "UTF-8";
	if (!is_utf16 && memchr(bytes, '\0', len)) {
		free(bytes);
		return NULL;
	}
	if (!is_utf16 && is_utf8(bytes + bom)) {
		memmove(bytes, bytes + bom, len - bom + 1);
		return bytes;
	}
	if (!is_utf16)
		*ret_encoding = "GB18030";
	char *text = convert(*ret_encoding, bytes, len);
	free(bytes);
	return text;
}

int text_file_read(
	const char *path, size_t most, char **ret, const char **ret_encoding, struct err *err)
{
	const char *encoding;
	char *bytes = NULL;
	size_t len = 0;

	int r = read_file(path, most, &bytes, &len, err);
	if (r < 0)
		return r;
	if (is_spreadsheet(bytes, len)) {
		free(bytes);
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_SPREADSHEET, path));
	}
	char *text = decode(bytes, len, &encoding);
	if (!text)
		return err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, path),
			"not a text in UTF-8, UTF-16 or GB18030");
	*ret = text;
	*ret_encoding = encoding;
	return 0;
}
