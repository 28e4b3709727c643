#include "core/store/instance.h"

#include <errno.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/reasons.h"

int instance_claim(const char *path, int *ret_fd, struct err *err)
{
	int fd = -1;

	TRY(lock_file_open(path, path, &fd, err));
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		*ret_fd = fd;
		return 0;
	}
	int r = errno == EWOULDBLOCK
			? err_set(err, ERR_BUSY, REASON(KIOSK_RUNNING))
			: err_setf(err, ERR_STORAGE, reason_with_text(REASON_STORE_FAILED, path, 0),
				  "flock: %s", strerror(errno));
	close(fd);
	return r;
}
