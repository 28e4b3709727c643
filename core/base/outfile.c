#include "core/base/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"

static int unwritable(const char *path, int problem, struct err *err)
{
	return err_setf(
		err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, path), "%s", strerror(problem));
}

void outfile_hand_over(const char *path)
{
	CLEANUP(mem_free) char *folder = mem_text(path);
	struct stat st;

	/* If this fails, the next error names the file. */
	if (geteuid() == 0 && stat(dirname(folder), &st) == 0 && st.st_uid != 0 &&
		lchown(path, st.st_uid, st.st_gid) < 0)
		return;
}

int outfile_create(struct outfile *ret, const char *path, mode_t mode, struct err *err)
{
	struct outfile f = { .path = mem_text(path), .draft = mem_printf("%s.XXXXXX", path) };

	f.fd = mkostemp(f.draft, O_CLOEXEC); /* 0600 */
	if (f.fd < 0) {
		int problem = errno;
		free(f.path);
		free(f.draft);
		return unwritable(path, problem, err);
	}
	if (fchmod(f.fd, mode) < 0)
		f.problem = errno;
	outfile_hand_over(f.draft);
	*ret = f;
	return 0;
}

void outfile_add(struct outfile *f, const void *data, size_t size)
{
	for (size_t done = 0; done < size && !f->problem;) {
		ssize_t n = write(f->fd, (const char *)data + done, size - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			f->problem = errno;
		else
			done += (size_t)n;
	}
}

/* ---- the end ---- */

/* File systems that cannot rename without replacing (as on some USB sticks) are checked first. */
static int rename_as(const char *draft, const char *path, enum outfile_end end)
{
	if (end == OUTFILE_REPLACE)
		return rename(draft, path);
	if (renameat2(AT_FDCWD, draft, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	if (access(path, F_OK) == 0) {
		errno = EEXIST;
		return -1;
	}
	return rename(draft, path);
}

static int sync_folder_of(const char *path)
{
	CLEANUP(mem_free) char *copy = mem_text(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int r = fd < 0 ? -1 : fsync(fd);
	int problem = errno;

	if (fd >= 0)
		close(fd);
	errno = problem;
	return r;
}

static int place(const char *draft, const char *path, enum outfile_end end, struct err *err)
{
	if (rename_as(draft, path, end) == 0)
		return sync_folder_of(path) < 0 ? unwritable(path, errno, err) : 0;
	if (errno == EEXIST && end == OUTFILE_NEW)
		return err_set(err, ERR_REFUSED, REASON_TEXT(FILE_EXISTS, path));
	return unwritable(path, errno, err);
}

int outfile_finish(struct outfile *f, enum outfile_end end, struct err *err)
{
	int r;

	if (!f->problem && fsync(f->fd) < 0)
		f->problem = errno;
	if (close(f->fd) < 0 && !f->problem)
		f->problem = errno;
	f->fd = -1;
	r = f->problem ? unwritable(f->path, f->problem, err) : place(f->draft, f->path, end, err);
	if (r == 0)
		mem_free(&f->draft);
	outfile_abandon(f);
	return r;
}

void outfile_abandon(struct outfile *f)
{
	if (!f->path)
		return;
	if (f->fd >= 0)
		close(f->fd);
	/* The draft is already gone when only syncing the folder failed. */
	if (f->draft)
		unlink(f->draft);
	free(f->path);
	free(f->draft);
	*f = (struct outfile){ .fd = -1 };
}

int outfile_put(const char *path, const void *data, size_t size, mode_t mode, enum outfile_end end,
	struct err *err)
{
	struct outfile f;

	TRY(outfile_create(&f, path, mode, err));
	outfile_add(&f, data, size);
	return outfile_finish(&f, end, err);
}

int outfile_folders(const char *path, struct err *err)
{
	CLEANUP(mem_free) char *up = mem_text(path);

	for (char *slash = strchr(up + 1, '/');; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		bool is_made = mkdir(up, 0700) == 0;
		if (!is_made && errno != EEXIST && errno != EISDIR)
			return unwritable(up, errno, err);
		if (is_made)
			outfile_hand_over(up);
		if (is_made && sync_folder_of(up) < 0)
			return unwritable(up, errno, err);
		if (!slash)
			return 0;
		*slash = '/';
	}
}

int outfile_place(const char *draft, const char *path, enum outfile_end end, struct err *err)
{
	int fd = open(draft, O_RDONLY | O_CLOEXEC);
	int r = fd < 0 ? -1 : fsync(fd);
	int problem = errno;

	if (fd >= 0)
		close(fd);
	return r < 0 ? unwritable(path, problem, err) : place(draft, path, end, err);
}
