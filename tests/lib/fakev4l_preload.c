/* Puts the fake camera under an unmodified program:
 *
 *   LD_PRELOAD=libfakev4l.so FAKEV4L_CONTROL=FILE jiaplus …
 *
 * FAKEV4L_DEVICE   the path it stands at; /dev/video0
 * FAKEV4L_FORMATS  "GREY YUYV MJPG" or some of them; YUYV
 * FAKEV4L_SIZE     1280x720
 * FAKEV4L_CONTROL  a file that a test rewrites: the mode, a space, a PGM that is shown
 *                  ("plugged /tmp/card.pgm"); read again whenever its time or size has changed.
 *                  Replace it by rename(), or half of it may be read. */
#undef _FILE_OFFSET_BITS /* both names of each call are written out below */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/lib/fakev4l.h"

static int width = 1280, height = 720;
static struct timespec control_read;
static ino_t control_inode;

static const char *setting(const char *name, const char *fallback)
{
	const char *value = getenv(name);

	return value && *value ? value : fallback;
}

__attribute__((constructor)) static void set_up(void)
{
	if (sscanf(setting("FAKEV4L_SIZE", ""), "%dx%d", &width, &height) != 2)
		width = 1280, height = 720;
	fakev4l_init(&(struct fakev4l_setup){
		.path = setting("FAKEV4L_DEVICE", "/dev/video0"),
		.width = width,
		.height = height,
		.formats = setting("FAKEV4L_FORMATS", "YUYV"),
		.frames_per_second = 30,
	});
}

static void show_pgm(const char *path)
{
	FILE *file = fopen(path, "rb");
	int w = 0, h = 0, max = 0;

	if (!file)
		return;
	size_t size = (size_t)width * (size_t)height;
	uint8_t *grey = malloc(size);
	if (grey && fscanf(file, "P5 %d %d %d", &w, &h, &max) == 3 && w == width && h == height &&
		fgetc(file) != EOF && fread(grey, 1, size, file) == size)
		fakev4l_show(grey);
	free(grey);
	fclose(file);
}

static void read_control(void)
{
	const char *path = setting("FAKEV4L_CONTROL", NULL);
	char line[4096] = "";
	struct stat status;

	if (!path || stat(path, &status))
		return;
	if (status.st_ino == control_inode && status.st_mtim.tv_sec == control_read.tv_sec &&
		status.st_mtim.tv_nsec == control_read.tv_nsec)
		return;
	FILE *file = fopen(path, "r");
	if (!file)
		return;
	control_inode = status.st_ino;
	control_read = status.st_mtim;
	if (fgets(line, sizeof(line), file)) {
		char *rest = NULL;
		const char *mode = strtok_r(line, " \n", &rest);
		const char *picture = strtok_r(NULL, "\n", &rest);
		if (picture)
			show_pgm(picture);
		for (int i = 0; mode && i < FAKEV4L_MODE_COUNT; i++)
			if (strcmp(mode, fakev4l_mode_names[i]) == 0)
				fakev4l_set((enum fakev4l_mode)i);
	}
	fclose(file);
}

/* --- what the program calls ------------------------------------------------------------------ */

static int open_any(const char *path, int flags, mode_t mode)
{
	if (!fakev4l_is_path(path))
		return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
	read_control();
	return fakev4l_open(path, flags);
}

#define OPEN(name)                                                                      \
	int name(const char *path, int flags, ...)                                      \
	{                                                                               \
		va_list args;                                                           \
		va_start(args, flags);                                                  \
		mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0; \
		va_end(args);                                                           \
		return open_any(path, flags, mode);                                     \
	}
OPEN(open)
OPEN(open64)

int close(int fd)
{
	return fakev4l_is_fd(fd) ? fakev4l_close(fd) : (int)syscall(SYS_close, fd);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list args;

	va_start(args, request);
	void *argument = va_arg(args, void *);
	va_end(args);
	if (!fakev4l_is_fd(fd))
		return (int)syscall(SYS_ioctl, fd, request, argument);
	read_control();
	return fakev4l_ioctl(fd, request, argument);
}

#define MMAP(name)                                                                         \
	void *name(void *at, size_t size, int protection, int flags, int fd, off_t offset) \
	{                                                                                  \
		if (fakev4l_is_fd(fd))                                                     \
			return fakev4l_mmap(size, fd, offset);                             \
		return (void *)syscall(SYS_mmap, at, size, protection, flags, fd, offset); \
	}
MMAP(mmap)
MMAP(mmap64)

int munmap(void *memory, size_t size)
{
	if (fakev4l_is_buffer(memory))
		return fakev4l_munmap(memory, size);
	return (int)syscall(SYS_munmap, memory, size);
}
