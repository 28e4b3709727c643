#include "core/scan/frame_open.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/scan/frame_camera.h"
#include "core/scan/frame_picture.h"
#include "core/scan/frame_y4m.h"

/* A device need not exist now to be one. */
static bool is_camera(const char *name)
{
	struct stat status;

	if (strcmp(name, "auto") == 0)
		return true;
	if (stat(name, &status) == 0)
		return S_ISCHR(status.st_mode);
	return strncmp(name, "/dev/", 5) == 0;
}

/* A FIFO can only be a recording; what cannot be opened is reported when it is tried. */
static bool is_recording(const char *path)
{
	static const char magic[] = "YUV4MPEG2";
	struct stat status;
	char head[sizeof(magic) - 1];

	if (stat(path, &status))
		return false;
	if (!S_ISREG(status.st_mode))
		return S_ISFIFO(status.st_mode);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	ssize_t got = read(fd, head, sizeof(head));
	close(fd);
	return got == (ssize_t)sizeof(head) && memcmp(head, magic, sizeof(head)) == 0;
}

int frame_file_open(const char *path, const struct frame_options *options,
	struct frame_source **ret, struct err *err)
{
	return is_recording(path) ? frame_y4m_open(path, options, ret, err)
				  : frame_picture_open(path, options, ret, err);
}

int frame_source_open(const char *name, const struct frame_options *options,
	struct frame_source **ret, struct err *err)
{
	return is_camera(name) ? frame_camera_open(name, options, ret, err)
			       : frame_file_open(name, options, ret, err);
}
