#include "core/print/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"

static int unwritable(const char *path, struct err *err)
{
	int why = errno;

	return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, path), "%s", strerror(why));
}

static int write_all(int fd, const struct bytes *content)
{
	for (size_t done = 0; done < content->size;) {
		ssize_t n = write(fd, content->data + done, content->size - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		done += (size_t)n;
	}
	return 0;
}

static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_text(".");
	return mem_text_n(path, slash == path ? 1 : (size_t)(slash - path));
}

static int sync_folder(const char *path)
{
	CLEANUP(mem_free) char *folder = folder_of(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	int rc = fsync(fd);
	close(fd);
	return rc;
}

static int fill(int fd, const struct bytes *content)
{
	int rc = write_all(fd, content);

	if (rc == 0)
		rc = fchmod(fd, 0640);
	if (rc == 0)
		rc = fsync(fd);
	return close(fd) < 0 ? -1 : rc;
}

int file_put(const char *path, const struct bytes *content, struct err *err)
{
	CLEANUP(mem_free) char *temporary = mem_printf("%s.XXXXXX", path);
	int fd = mkostemp(temporary, O_CLOEXEC);

	if (fd < 0)
		return unwritable(path, err);
	if (fill(fd, content) < 0 || rename(temporary, path) < 0) {
		int rc = unwritable(path, err);
		unlink(temporary);
		return rc;
	}
	return sync_folder(path) < 0 ? unwritable(path, err) : 0;
}

char *file_job_path(const char *folder, const char *made, const char *job)
{
	char *path = mem_printf("%s/%.10s-%s.pdf", folder, made, job);

	for (char *s = path + strlen(folder) + 1; *s; s++) {
		bool is_plain = (*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z') ||
				(*s >= 'a' && *s <= 'z') || strchr("-_.", *s) || (*s & 0x80);
		if (!is_plain)
			*s = *s == '#' ? '-' : '_';
	}
	return path;
}
