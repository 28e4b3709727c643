#include "tests/lib/printer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "core/base/when.h"

#define PROGRAM  "/usr/sbin/ippeveprinter"
#define SHIM     JIAPLUS_BUILDDIR "/tests/lib/libnoavahi.so"
#define START_MS 30000
#define PORT_MIN 20000
#define PORTS    10000

extern char **environ;

/* ---- ports, folders, files ---- */

static struct sockaddr_in loopback(int port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static int bind_to(int port, int type)
{
	struct sockaddr_in address = loopback(port);
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Below the ephemeral ports, so that no connection takes it before the printer does. A UDP port of
 * the same number, held as long as this process lives, keeps concurrent tests away from it. */
int free_port(void)
{
	for (int i = 0, port = PORT_MIN + getpid() % PORTS; i < PORTS; i++) {
		port = port + 1 < PORT_MIN + PORTS ? port + 1 : PORT_MIN;
		int mark = bind_to(port, SOCK_DGRAM), fd = bind_to(port, SOCK_STREAM);
		if (fd >= 0)
			close(fd);
		if (mark >= 0 && fd >= 0)
			return port;
		if (mark >= 0)
			close(mark);
	}
	abort();
}

static void nap(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
}

bool port_opens(int port, int timeout_ms)
{
	struct sockaddr_in address = loopback(port);
	int64_t until = clock_ms(&clock_system) + timeout_ms;

	do {
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		int rc = connect(fd, (struct sockaddr *)&address, sizeof(address));
		close(fd);
		if (rc == 0)
			return true;
		nap();
	} while (clock_ms(&clock_system) < until);
	return false;
}

char *folder_make(const char *name)
{
	const char *root = getenv("TMPDIR");
	char *path = mem_printf("%s/jiaplus-%s.XXXXXX", root ? root : "/tmp", name);

	if (!mkdtemp(path) || chmod(path, 0755) < 0) {
		perror(path);
		abort();
	}
	return path;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st, (void)type, (void)where;
	return remove(path);
}

void folder_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

char *file_text(const char *path, size_t *ret_size)
{
	FILE *in = fopen(path, "r");
	size_t size = 0, room = 64 << 10, n;

	if (!in)
		return NULL;
	char *text = mem_alloc(room);
	while ((n = fread(text + size, 1, room - size - 1, in)) > 0) {
		size += n;
		if (size + 1 == room)
			text = mem_resize(text, room *= 2);
	}
	fclose(in);
	text[size] = '\0';
	if (ret_size)
		*ret_size = size;
	return text;
}

/* ---- processes ---- */

pid_t child_start(const char *const argv[], char *const env[], const char *log)
{
	pid_t parent = getpid(), pid = fork();

	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	int in = open("/dev/null", O_RDONLY), out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
	if (getppid() == parent && dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(out, 2) == 2)
		execve(argv[0], (char *const *)argv, env);
	_exit(127);
}

/* ---- the IPP printer ---- */

const char *printer_missing(void)
{
	if (access(PROGRAM, X_OK) < 0)
		return "ippeveprinter is not installed (cups-ipp-utils)";
	return access(SHIM, R_OK) < 0 ? "libnoavahi.so is not built" : NULL;
}

/* Its environment is this process's, plus the shim and its folder. */
static char **printer_environment(const char *folder)
{
	static const char name[] = "LD_PRELOAD=";
	const char *preload = getenv("LD_PRELOAD");
	size_t count = 0, n = 2;

	while (environ[count])
		count++;
	char **list = mem_alloc((count + 3) * sizeof(*list));
	list[0] = preload ? mem_printf("%s%s:%s", name, SHIM, preload)
			  : mem_printf("%s%s", name, SHIM);
	list[1] = mem_printf("PRINTER_DIR=%s", folder);
	/* If a variable is set twice, the loader takes the last. */
	for (size_t i = 0; i < count; i++) {
		if (strncmp(environ[i], name, strlen(name)) != 0)
			list[n++] = environ[i];
	}
	return list;
}

static pid_t launch(const char *kind, const char *folder, int port)
{
	CLEANUP(mem_free)
	char *conf = mem_printf("%s/tests/lib/printer/%s.conf", JIAPLUS_SOURCEDIR, kind);
	CLEANUP(mem_free)
	char *command = mem_printf("%s/tests/lib/printer/print.sh", JIAPLUS_SOURCEDIR);
	CLEANUP(mem_free) char *spool = mem_printf("%s/spool", folder);
	CLEANUP(mem_free) char *log = mem_printf("%s/log", folder);
	CLEANUP(mem_free) char *number = mem_printf("%d", port);
	const char *const argv[] = { PROGRAM, "-r", "off", "-n", "localhost", "-p", number, "-a",
		conf, "-c", command, "-d", spool, "-v", "Test Printer", NULL };
	char **env = printer_environment(folder);

	mkdir(spool, 0755);
	pid_t pid = child_start(argv, env, log);
	free(env[0]);
	free(env[1]);
	free(env);
	return pid;
}

bool printer_restart(struct printer *printer, const char *kind)
{
	printer->pid = launch(kind, printer->folder, printer->port);
	return printer->pid > 0 && port_opens(printer->port, START_MS);
}

struct printer *printer_start(const char *kind)
{
	struct printer *printer = mem_alloc(sizeof(*printer));

	printer->port = free_port();
	printer->folder = folder_make("printer");
	printer->uri = mem_printf("ipp://localhost:%d/ipp/print", printer->port);
	if (printer_restart(printer, kind))
		return printer;
	printer_stop(printer);
	return NULL;
}

void printer_kill(struct printer *printer)
{
	if (printer->pid > 0) {
		kill(printer->pid, SIGKILL);
		waitpid(printer->pid, NULL, 0);
	}
	printer->pid = 0;
}

void printer_stop(struct printer *printer)
{
	if (!printer)
		return;
	printer_fault(printer, NULL); /* ends a command that waits for it */
	printer_kill(printer);
	folder_remove(printer->folder);
	free(printer->folder);
	free(printer->uri);
	free(printer);
}

void printer_fault(struct printer *printer, const char *fault)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/fault", printer->folder);

	if (!fault) {
		unlink(path);
		return;
	}
	FILE *out = fopen(path, "w");
	if (out) {
		fputs(fault, out);
		fclose(out);
	}
}

static char *document_path(const struct printer *printer, int n)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/%d.pdf", printer->folder, n);

	return access(path, R_OK) == 0 ? TAKE(path) : NULL;
}

char *printer_document(struct printer *printer, int n, int timeout_ms)
{
	int64_t until = clock_ms(&clock_system) + timeout_ms;
	char *path;

	while (!(path = document_path(printer, n)) && clock_ms(&clock_system) < until)
		nap();
	return path;
}

int printer_count(const struct printer *printer)
{
	for (int n = 1;; n++) {
		CLEANUP(mem_free) char *path = document_path(printer, n);
		if (!path)
			return n - 1;
	}
}

char *printer_media(const struct printer *printer, int n)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/%d.media", printer->folder, n);

	return file_text(path, NULL);
}

/* ---- the raw printer ---- */

static void keep_one(int client, const char *folder, int n)
{
	CLEANUP(mem_free) char *partial = mem_printf("%s/partial", folder);
	CLEANUP(mem_free) char *path = mem_printf("%s/%d.pdf", folder, n);
	int out = open(partial, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	char buffer[4096];
	ssize_t size;

	while ((size = read(client, buffer, sizeof(buffer))) > 0)
		if (write(out, buffer, (size_t)size) != size)
			_exit(1);
	close(out);
	close(client);
	rename(partial, path);
}

struct printer *printer_start_raw(void)
{
	struct printer *printer = mem_alloc(sizeof(*printer));
	struct sockaddr_in address = loopback(0);
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	printer->folder = folder_make("raw");
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 || listen(fd, 4) < 0 ||
		getsockname(fd, (struct sockaddr *)&address, &size) < 0)
		abort();
	printer->port = ntohs(address.sin_port);
	printer->uri = mem_printf("socket://127.0.0.1:%d", printer->port);
	printer->pid = fork();
	if (printer->pid == 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int n = 1; printer->pid == 0;) {
		int client = accept(fd, NULL, NULL);
		if (client >= 0)
			keep_one(client, printer->folder, n++);
	}
	close(fd);
	return printer;
}
