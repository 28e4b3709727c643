#include "tests/guest/guest.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"

#define ROWS 34
#define COLS 120
/* The guest polls the USB keyboard every 8 ms, and it buffers 16 keys: no faster than this, and
 * slower when the machine is too busy for it (guest_slow_down). */
#define KEY_MS 12

struct guest {
	struct vt *vt;
	char *socket;
	FILE *to, *from; /* of the machine's monitor */
	int key_ms;
};

static char *kernel_dir(void)
{
	const char *build = getenv("JIAPLUS_BUILD");

	assert_non_null(build);
	return mem_printf("%s/guest/kernel", build);
}

const char *guest_missing(void)
{
	CLEANUP(mem_free) char *kernel = kernel_dir();

#if !defined(__x86_64__)
	return "the virtual machine is an amd64";
#endif
	if (access("/usr/bin/qemu-system-x86_64", X_OK) < 0 || access("/bin/busybox", X_OK) < 0)
		return "qemu-system-x86 or busybox-static is not installed";
	return access(kernel, R_OK) < 0 ? "no kernel could be fetched for the virtual machine"
					: NULL;
}

/* ---- the monitor ---- */

/* Sends a command and reads up to its answer; other events meanwhile are skipped. */
static void ask(struct guest *g, const char *command)
{
	char line[4096];

	fprintf(g->to, "%s\n", command);
	fflush(g->to);
	while (fgets(line, sizeof(line), g->from)) {
		if (strstr(line, "\"error\""))
			fail_msg("%s: %s", command, line);
		if (strstr(line, "\"return\""))
			return;
	}
	fail_msg("%s: the virtual machine has gone", command);
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_true(strlen(path) < sizeof(address.sun_path));
	strcpy(address.sun_path, path);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	close(fd);
	return -1;
}

static void open_monitor(struct guest *g)
{
	int fd = -1;

	for (int waited = 0; fd < 0 && waited < VT_PATIENCE_MS; waited += 50) {
		vt_pump(g->vt, 50);
		fd = connect_to(g->socket);
	}
	if (fd < 0) {
		vt_dump(g->vt, stderr);
		fail_msg("no virtual machine at %s", g->socket);
	}
	g->from = fdopen(fd, "r");
	g->to = fdopen(dup(fd), "w");
	assert_true(g->from && g->to);
	ask(g, "{\"execute\":\"qmp_capabilities\"}");
}

/* ---- the machine ---- */

struct guest *guest_start(const char *dir, const char *const *argv)
{
	struct guest *g = mem_alloc(sizeof(*g));
	CLEANUP(mem_free) char *kernel = kernel_dir();
	CLEANUP(mem_free)
	char *start = mem_printf("%s/tests/guest/start", getenv("JIAPLUS_SOURCE"));
	const char *whole[16] = { start, kernel };
	size_t n = 3;

	g->key_ms = KEY_MS;
	g->socket = mem_printf("%s/monitor", dir);
	whole[2] = g->socket;
	for (; *argv; argv++) {
		assert_true(n + 1 < ARRAY_LEN(whole));
		whole[n++] = *argv;
	}
	g->vt = vt_start(&(struct vt_options){ .rows = ROWS, .cols = COLS, .argv = whole });
	open_monitor(g);
	return g;
}

void guest_stop(struct guest *g)
{
	if (!g)
		return;
	fclose(g->to);
	fclose(g->from);
	vt_stop(g->vt);
	mem_free(&g->socket);
	mem_free(&g);
}

struct vt *guest_vt(const struct guest *g)
{
	return g->vt;
}

/* ---- keyboards ---- */

static void move_key(struct guest *g, enum guest_keyboard keyboard, const char *name, bool is_down)
{
	CLEANUP(mem_free)
	char *command = mem_printf("{\"execute\":\"input-send-event\",\"arguments\":{%s\"events\":["
				   "{\"type\":\"key\",\"data\":{\"down\":%s,"
				   "\"key\":{\"type\":\"qcode\",\"data\":\"%s\"}}}]}}",
		keyboard == GUEST_SCANNER ? "\"device\":\"screen\"," : "",
		is_down ? "true" : "false", name);

	ask(g, command);
	vt_pump(g->vt, 0);
	nanosleep(&(struct timespec){ .tv_nsec = g->key_ms * 1000000L }, NULL);
}

static void press(struct guest *g, enum guest_keyboard keyboard, const char *name)
{
	move_key(g, keyboard, name, true);
	move_key(g, keyboard, name, false);
}

void guest_slow_down(struct guest *g)
{
	g->key_ms *= 2;
}

void guest_type(struct guest *g, enum guest_keyboard keyboard, const char *text)
{
	for (; *text; text++) {
		bool is_shifted = isupper((unsigned char)*text);
		const char name[] = { (char)tolower((unsigned char)*text), '\0' };

		if (is_shifted)
			move_key(g, keyboard, "shift", true);
		press(g, keyboard, name);
		if (is_shifted)
			move_key(g, keyboard, "shift", false);
	}
	press(g, keyboard, "ret");
}

void guest_hold_shift(struct guest *g, enum guest_keyboard keyboard, bool is_down)
{
	move_key(g, keyboard, "shift", is_down);
}

void guest_unplug(struct guest *g)
{
	ask(g, "{\"execute\":\"device_del\",\"arguments\":{\"id\":\"scanner\"}}");
}

void guest_plug_in(struct guest *g)
{
	ask(g, "{\"execute\":\"device_add\",\"arguments\":"
	       "{\"driver\":\"usb-kbd\",\"id\":\"scanner\",\"display\":\"screen\"}}");
}
