#include "core/scan/picture.h"

#include <errno.h>
#include <fcntl.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/scan/jpeg_grey.h"

/* --- files ----------------------------------------------------------------------------------- */

static void fd_close(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static int unreadable(const char *path, struct err *err)
{
	return err_setf(
		err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, path), "%s", strerror(errno));
}

int picture_load(const char *path, size_t max, char **ret_bytes, size_t *ret_size, struct err *err)
{
	struct stat status;
	CLEANUP(mem_free) char *bytes = NULL;
	CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 && errno == ENOENT)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(FILE_MISSING, path));
	if (fd < 0 || fstat(fd, &status))
		return unreadable(path, err);
	if (!S_ISREG(status.st_mode))
		return err_setf(
			err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, path), "not a regular file");
	if (status.st_size == 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_EMPTY, path));
	if ((uintmax_t)status.st_size > max)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_TOO_LARGE, path));
	size_t size = (size_t)status.st_size, got = 0;
	bytes = mem_alloc(size);
	while (got < size) {
		ssize_t count = read(fd, bytes + got, size - got);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return unreadable(path, err);
		if (count == 0)
			break;
		got += (size_t)count;
	}
	*ret_bytes = TAKE(bytes);
	*ret_size = got;
	return 0;
}

/* --- formats --------------------------------------------------------------------------------- */

static int too_large(const char *name, struct err *err)
{
	return err_set(err, ERR_INVALID, REASON_TEXT(FILE_TOO_LARGE, name));
}

static int bad(const char *name, const char *why, struct err *err)
{
	return err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, name), "%s", why);
}

static int read_jpeg(
	const uint8_t *bytes, size_t size, const char *name, struct image *out, struct err *err)
{
	struct jpeg_grey *jpeg = jpeg_grey_create();
	int rc = jpeg_grey_read(jpeg, bytes, size, name, out, err);

	jpeg_grey_destroy(jpeg);
	return rc;
}

static int read_png(
	const uint8_t *bytes, size_t size, const char *name, struct image *out, struct err *err)
{
	CLEANUP(png_image_free) png_image png = { .version = PNG_IMAGE_VERSION };

	if (!png_image_begin_read_from_memory(&png, bytes, size))
		return bad(name, png.message, err);
	if (!frame_size_is_sane(png.width, png.height))
		return too_large(name, err);
	png.format = PNG_FORMAT_GRAY;
	image_resize(out, (int)png.width, (int)png.height);
	/* libpng composes transparent parts with what is in the buffer. */
	memset(out->pixels, 255, (size_t)png.width * png.height);
	if (!png_image_finish_read(&png, NULL, out->pixels, (png_int_32)png.width, NULL))
		return bad(name, png.message, err);
	return 0;
}

struct cursor {
	const uint8_t *at, *end;
};

static bool is_space(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next number of a PNM header, after white space and comments; -1 when there is none. */
static int pnm_number(struct cursor *cursor)
{
	int number = 0, digits = 0;

	while (cursor->at < cursor->end && (is_space(*cursor->at) || *cursor->at == '#')) {
		if (*cursor->at == '#')
			while (cursor->at < cursor->end && *cursor->at != '\n')
				cursor->at++;
		else
			cursor->at++;
	}
	for (; cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9'; digits++) {
		if (digits == 6)
			return -1;
		number = number * 10 + (*cursor->at++ - '0');
	}
	return digits ? number : -1;
}

static void unpack_bits(const uint8_t *from, struct image *out)
{
	size_t row_bytes = ((size_t)out->width + 7) / 8;
	uint8_t *to = out->pixels;

	for (int y = 0; y < out->height; y++, from += row_bytes)
		for (int x = 0; x < out->width; x++)
			*to++ = (from[x >> 3] << (x & 7) & 0x80) ? 0 : 255;
}

static void unpack_grey(const uint8_t *from, int max, struct image *out)
{
	size_t count = (size_t)out->width * (size_t)out->height;

	if (max == 255) {
		memcpy(out->pixels, from, count);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		int value = max > 255 ? from[2 * i] << 8 | from[2 * i + 1] : from[i];
		out->pixels[i] = (uint8_t)((value < max ? value : max) * 255 / max);
	}
}

/* P4 and P5 of netpbm; anything after the first picture is ignored. */
static int read_pnm(
	const uint8_t *bytes, size_t size, const char *name, struct image *out, struct err *err)
{
	struct cursor cursor = { bytes + 2, bytes + size };
	bool is_bits = bytes[1] == '4';
	int width = pnm_number(&cursor), height = pnm_number(&cursor);
	int max = is_bits ? 1 : pnm_number(&cursor);

	if (width <= 0 || height <= 0 || max <= 0 || max > 65535 || cursor.at == cursor.end ||
		!is_space(*cursor.at++))
		return bad(name, "PNM: damaged header", err);
	if (!frame_size_is_sane(width, height))
		return too_large(name, err);
	size_t row_bytes = is_bits ? ((size_t)width + 7) / 8 : (size_t)width * (max > 255 ? 2 : 1);
	if ((size_t)(cursor.end - cursor.at) < row_bytes * (size_t)height)
		return bad(name, "PNM: the picture's data ends early", err);
	image_resize(out, width, height);
	if (is_bits)
		unpack_bits(cursor.at, out);
	else
		unpack_grey(cursor.at, max, out);
	return 0;
}

struct format {
	const char *magic;
	size_t magic_size;
	int (*read)(const uint8_t *, size_t, const char *, struct image *, struct err *);
};

static const struct format formats[] = {
	{ "\x89PNG\r\n\x1a\n", 8, read_png },
	{ "\xff\xd8\xff", 3, read_jpeg },
	{ "P5", 2, read_pnm },
	{ "P4", 2, read_pnm },
};

int picture_read(
	const void *bytes, size_t size, const char *name, struct image *out, struct err *err)
{
	if (size == 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_EMPTY, name));
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		if (size > formats[i].magic_size &&
			memcmp(bytes, formats[i].magic, formats[i].magic_size) == 0)
			return formats[i].read(bytes, size, name, out, err);
	return bad(name, "neither PNG, JPEG, PGM, PBM nor Y4M", err);
}
