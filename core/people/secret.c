#include "core/people/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/outfile.h"
#include "core/base/reasons.h"

#define TEXT_SIZE (SECRET_SIZE * 2 + 1) /* hex and a line end */

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static int put(const char *path, const unsigned char secret[SECRET_SIZE], enum outfile_end end,
	struct err *err)
{
	char text[TEXT_SIZE];

	sodium_bin2hex(text, sizeof(text), secret, SECRET_SIZE);
	text[TEXT_SIZE - 1] = '\n';
	int r = outfile_put(path, text, sizeof(text), OUTFILE_PRIVATE, end, err);
	sodium_memzero(text, sizeof(text));
	return r;
}

int secret_write(const char *path, const unsigned char secret[SECRET_SIZE], struct err *err)
{
	return put(path, secret, OUTFILE_REPLACE, err);
}

int secret_create(const char *path, unsigned char ret[SECRET_SIZE], struct err *err)
{
	unsigned char secret[SECRET_SIZE];

	randombytes_buf(secret, sizeof(secret));
	int r = put(path, secret, OUTFILE_NEW, err);
	if (r == 0)
		memcpy(ret, secret, sizeof(secret));
	sodium_memzero(secret, sizeof(secret));
	return r;
}

static int read_text(const char *path, char text[TEXT_SIZE + 1], struct err *err)
{
	CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat about;

	if (fd < 0 && errno == ENOENT)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(FILE_MISSING, path));
	if (fd < 0 || fstat(fd, &about) < 0)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, path), "%s",
			strerror(errno));
	if (!S_ISREG(about.st_mode) || about.st_mode & 077)
		return err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, path), "mode %o, not 600",
			(unsigned)about.st_mode & 07777);
	ssize_t len = read(fd, text, TEXT_SIZE + 1);
	if (len < 0)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, path), "%s",
			strerror(errno));
	return (int)len;
}

int secret_open(const char *path, unsigned char ret[SECRET_SIZE], struct err *err)
{
	char text[TEXT_SIZE + 1];
	size_t size = 0;
	int len = read_text(path, text, err);

	if (len < 0)
		return len;
	bool is_right =
		(len == TEXT_SIZE || len == TEXT_SIZE - 1) &&
		(len == TEXT_SIZE - 1 || text[len - 1] == '\n') &&
		sodium_hex2bin(ret, SECRET_SIZE, text, TEXT_SIZE - 1, NULL, &size, NULL) == 0 &&
		size == SECRET_SIZE;
	sodium_memzero(text, sizeof(text));
	if (!is_right)
		return err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, path), "not a secret");
	return 0;
}
