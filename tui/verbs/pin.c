#include "tui/verbs/pin.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "tui/i18n.h"

#define PIN_BYTES_MAX 64

void pin_wipe(char **pin)
{
	if (*pin)
		sodium_memzero(*pin, strlen(*pin));
	free(*pin);
	*pin = NULL;
}

static void close_file(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* Up to the end of the first line. */
static int read_line(int fd, char line[PIN_BYTES_MAX])
{
	size_t have = 0;

	while (have < PIN_BYTES_MAX - 1) {
		ssize_t n = read(fd, line + have, 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0 || line[have] == '\n' || line[have] == '\r')
			break;
		have++;
	}
	line[have] = '\0';
	return 0;
}

int pin_from_file(const char *path, char **ret, struct err *err)
{
	CLEANUP(close_file) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct stat st;
	char line[PIN_BYTES_MAX];

	if (fd < 0 && errno == ENOENT)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(FILE_MISSING, path));
	if (fd < 0 || fstat(fd, &st) < 0)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, path), "%s",
			strerror(errno));
	if (S_ISREG(st.st_mode) && (st.st_mode & 077))
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_OPEN, path));
	if (read_line(fd, line) < 0)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, path), "%s",
			strerror(errno));
	*ret = mem_text(line);
	sodium_memzero(line, sizeof(line));
	return 0;
}

/* With echo off and Ctrl-C as a character, so that the terminal is never left without echo. */
static int ask(int tty, const char *code, char line[PIN_BYTES_MAX])
{
	struct termios before, silent;

	if (tcgetattr(tty, &before) < 0)
		return -1;
	silent = before;
	silent.c_lflag &= (tcflag_t) ~(ECHO | ISIG);
	if (tcsetattr(tty, TCSAFLUSH, &silent) < 0)
		return -1;
	/* The question for a PIN, with the staff code. */
	dprintf(tty, _("PIN of %s: "), code);
	int r = read_line(tty, line);
	tcsetattr(tty, TCSAFLUSH, &before);
	dprintf(tty, "\n");
	return r < 0 || strchr(line, '\003') ? -1 : 0;
}

int pin_from_terminal(const char *code, char **ret, struct err *err)
{
	CLEANUP(close_file) int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	char line[PIN_BYTES_MAX] = "";

	if (tty < 0 || ask(tty, code, line) < 0 || line[0] == '\0')
		return err_set(err, ERR_INVALID, REASON(PIN_UNASKED));
	*ret = mem_text(line);
	sodium_memzero(line, sizeof(line));
	return 0;
}
