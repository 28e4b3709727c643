/* One writer at a time among all processes: an flock on a separate file. The database's own files
 * are never opened by hand, since closing them would drop SQLite's locks. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "core/base/outfile.h"
#include "core/base/process.h"
#include "core/base/when.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/reasons.h"

int lock_file_open(const char *path, const char *whose, int *ret_fd, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0) {
		int why = errno == ENOSPC ? REASON_STORE_FULL : REASON_STORE_READ_ONLY;
		return err_setf(err, ERR_STORAGE, reason_with_text(why, whose, 0), "%s: %s", path,
			strerror(errno));
	}
	outfile_hand_over(path);
	*ret_fd = fd;
	return 0;
}

int lock_open(const char *db_path, int *ret_fd, struct err *err)
{
	CLEANUP(mem_free) char *path = mem_printf("%s.lock", db_path);

	return lock_file_open(path, db_path, ret_fd, err);
}

_Static_assert(LOCK_BOOT_SIZE == BOOT_SIZE, "a line end where a text has its NUL");

/* "c3f1…\n" of this boot; false when the system does not tell. */
static bool read_boot(char ret[LOCK_BOOT_SIZE])
{
	process_boot(ret);
	size_t len = strlen(ret);
	ret[len] = '\n';
	return len == LOCK_BOOT_SIZE - 1;
}

bool lock_knows_boot(int fd)
{
	char here[LOCK_BOOT_SIZE], marked[LOCK_BOOT_SIZE];

	return read_boot(here) && pread(fd, marked, sizeof(marked), 0) == sizeof(marked) &&
	       memcmp(here, marked, sizeof(here)) == 0;
}

void lock_mark_boot(int fd)
{
	char here[LOCK_BOOT_SIZE];

	/* If the mark fails, the next process that opens the database settles it once more. */
	if (!lock_knows_boot(fd) && read_boot(here) &&
		pwrite(fd, here, sizeof(here), 0) != sizeof(here))
		return;
}

#define DOUBT_AT LOCK_BOOT_SIZE
#define DOUBTED  '!'

bool lock_is_doubted(int fd)
{
	char mark = 0;

	return pread(fd, &mark, 1, DOUBT_AT) == 1 && mark == DOUBTED;
}

void lock_set_doubt(int fd, bool is_doubted)
{
	const char mark = is_doubted ? DOUBTED : '\n';

	/* Where not even this can be written, the commit cannot be either. */
	if (pwrite(fd, &mark, 1, DOUBT_AT) != 1)
		return;
}

int lock_wait(int fd, int patience_ms, struct err *err)
{
	const struct timespec nap = { .tv_nsec = 5 * 1000 * 1000 };
	int64_t until = clock_ms(&clock_system) + patience_ms;

	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (clock_ms(&clock_system) >= until)
			return err_set(err, ERR_BUSY, REASON(STORE_BUSY));
		nanosleep(&nap, NULL);
	}
	return 0;
}

int lock_take(struct db *db, struct err *err)
{
	return db->lock_fd < 0 ? 0 : lock_wait(db->lock_fd, db->patience_ms, err);
}

void lock_release(struct db *db)
{
	if (db->lock_fd >= 0)
		flock(db->lock_fd, LOCK_UN);
}
