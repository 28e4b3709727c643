/* The recording. */
#include "tests/faults/tape.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/faults/tape_internal.h"
#include "tests/lib/test.h"

/* ---- names ---- */

int tape_names_find(const struct tape_names *names, const char *name)
{
	for (int i = 0; i < names->count; i++)
		if (strcmp(names->rows[i].name, name) == 0)
			return i;
	return -1;
}

void tape_names_add(struct tape_names *names, const char *name, int node)
{
	assert_true(names->count < TAPE_NAMES_MAX);
	names->rows[names->count].name = mem_text(name);
	names->rows[names->count++].node = node;
}

static void names_drop(struct tape_names *names, const char *name)
{
	int at = tape_names_find(names, name);

	if (at < 0)
		return;
	free(names->rows[at].name);
	names->rows[at] = names->rows[--names->count];
}

/* With its contents, when it is a folder. */
static void names_move(struct tape_names *names, const char *from, const char *to)
{
	size_t len = strlen(from);

	names_drop(names, to);
	for (int i = 0; i < names->count; i++) {
		char *name = names->rows[i].name;
		if (strncmp(name, from, len) != 0 || (name[len] != '\0' && name[len] != '/'))
			continue;
		names->rows[i].name = mem_printf("%s%s", to, name + len);
		free(name);
	}
}

void tape_names_apply(struct tape_names *names, const struct tape_op *op)
{
	switch (op->kind) {
	case TAPE_CREATE:
		tape_names_add(names, op->name, op->node);
		break;
	case TAPE_MAKE_FOLDER:
		tape_names_add(names, op->name, TAPE_FOLDER_NODE);
		break;
	case TAPE_RENAME:
		names_move(names, op->name, op->to);
		break;
	case TAPE_REMOVE:
		names_drop(names, op->name);
		break;
	case TAPE_WRITE:
	case TAPE_TRUNCATE:
	case TAPE_SYNC:
	case TAPE_SYNC_FOLDER:
		break;
	}
}

void tape_names_clear(struct tape_names *names)
{
	for (int i = 0; i < names->count; i++)
		free(names->rows[i].name);
	names->count = 0;
}

void tape_names_copy(struct tape_names *to, const struct tape_names *from)
{
	tape_names_clear(to);
	for (int i = 0; i < from->count; i++)
		tape_names_add(to, from->rows[i].name, from->rows[i].node);
}

/* ---- the tape ---- */

static void add_op(struct tape *t, struct tape_op op)
{
	if (t->count == t->capacity) {
		t->capacity = t->capacity ? t->capacity * 2 : 1024;
		t->ops = mem_resize(t->ops, (size_t)t->capacity * sizeof(*t->ops));
	}
	t->ops[t->count++] = op;
	tape_names_apply(&t->names, &op);
}

/* What is there already. */
static void take_in(struct tape *t, const char *within)
{
	CLEANUP(mem_free) char *path = mem_printf("%s%s", t->folder, within);
	DIR *dir = opendir(path);
	struct dirent *entry;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		struct stat about;
		CLEANUP(mem_free)
		char *name = mem_printf("%s%s%s", within, *within ? "/" : "", entry->d_name);
		CLEANUP(mem_free) char *full = mem_printf("%s%s", t->folder, name);
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		assert_int_equal(stat(full, &about), 0);
		if (S_ISDIR(about.st_mode)) {
			tape_names_add(&t->base_names, name, TAPE_FOLDER_NODE);
			take_in(t, name);
			continue;
		}
		t->base = mem_resize(t->base, (size_t)(t->nodes + 1) * sizeof(*t->base));
		t->base[t->nodes] = (struct paged){ .size = 0 };
		assert_true(paged_load(&t->base[t->nodes], full));
		tape_names_add(&t->base_names, name, t->nodes++);
	}
	closedir(dir);
}

static void free_files(struct paged *files, int count)
{
	for (int i = 0; files && i < count; i++)
		paged_finish(&files[i]);
	free(files);
}

void tape_destroy(struct tape *t)
{
	if (!t)
		return;
	for (int i = 0; i < t->count; i++) {
		free(t->ops[i].bytes);
		free(t->ops[i].name);
		free(t->ops[i].to);
	}
	free_files(t->base, t->base_nodes);
	free_files(t->durable, t->nodes);
	free_files(t->found, t->nodes);
	tape_names_clear(&t->base_names);
	tape_names_clear(&t->names);
	tape_names_clear(&t->durable_names);
	tape_names_clear(&t->found_names);
	free(t->ops);
	free(t->pending);
	free(t->renames);
	free(t->folder);
	free(t);
}

/* ---- the process ---- */

struct call {
	pid_t pid;
	uint64_t nr, args[6];
	int64_t result;
};

/* A string of the process. */
static char *text_at(const struct call *c, uint64_t address)
{
	char buffer[4096] = "";
	size_t got = 0;

	/* Not across a page that may not be mapped. */
	while (got + 1 < sizeof(buffer) && !memchr(buffer, '\0', got)) {
		size_t want = 4096 - (address + got) % 4096;
		if (want > sizeof(buffer) - 1 - got)
			want = sizeof(buffer) - 1 - got;
		struct iovec to = { buffer + got, want }, from = { (void *)(address + got), want };
		ssize_t n = process_vm_readv(c->pid, &to, 1, &from, 1, 0);
		assert_true(n > 0);
		got += (size_t)n;
	}
	return mem_text(buffer);
}

static unsigned char *bytes_at(const struct call *c, uint64_t address, size_t size)
{
	unsigned char *bytes = mem_alloc(size + 1);
	struct iovec to = { bytes, size }, from = { (void *)address, size };

	assert_int_equal(process_vm_readv(c->pid, &to, 1, &from, 1, 0), size);
	return bytes;
}

/* A name within the folder from a full path; NULL: it is elsewhere. */
static char *within(const struct tape *t, const char *path)
{
	size_t len = strlen(t->folder);

	if (strncmp(path, t->folder, len - 1) == 0 && path[len - 1] == '\0')
		return mem_text("");
	if (strncmp(path, t->folder, len) != 0 || strstr(path, " (deleted)"))
		return NULL;
	/* SQLite joins the path that it is given with a slash of its own. */
	return mem_text(path + len);
}

static char *link_of(const struct call *c, const char *what)
{
	CLEANUP(mem_free) char *link = mem_printf("/proc/%d/%s", (int)c->pid, what);
	char path[4096] = "";

	return readlink(link, path, sizeof(path) - 1) > 0 ? mem_text(path) : mem_text("");
}

static char *name_of_fd(const struct tape *t, const struct call *c, uint64_t fd)
{
	CLEANUP(mem_free) char *what = mem_printf("fd/%d", (int)fd);
	CLEANUP(mem_free) char *path = link_of(c, what);

	return within(t, path);
}

static char *name_at(const struct tape *t, const struct call *c, int dirfd, uint64_t address)
{
	CLEANUP(mem_free) char *given = text_at(c, address);
	CLEANUP(mem_free)
	char *what = dirfd == AT_FDCWD ? mem_text("cwd") : mem_printf("fd/%d", dirfd);

	if (given[0] == '/')
		return within(t, given);
	CLEANUP(mem_free) char *start = link_of(c, what);
	CLEANUP(mem_free) char *path = mem_printf("%s/%s", start, given);
	return within(t, path);
}

static int node_of(const struct tape *t, const char *name)
{
	int at = name ? tape_names_find(&t->names, name) : -1;

	return at < 0 ? TAPE_FOLDER_NODE : t->names.rows[at].node;
}

/* After the call: what it wrote ends at the file's present position. */
static size_t position_of(const struct call *c)
{
	CLEANUP(mem_free)
	char *path = mem_printf("/proc/%d/fdinfo/%d", (int)c->pid, (int)c->args[0]);
	long position = 0;
	FILE *f = fopen(path, "re");

	assert_non_null(f);
	assert_int_equal(fscanf(f, "pos: %ld", &position), 1);
	fclose(f);
	return (size_t)position;
}

static void on_open(struct tape *t, const struct call *c, int dirfd, uint64_t path, uint64_t flags)
{
	CLEANUP(mem_free)
	char *name = flags & (O_CREAT | O_TRUNC) ? name_at(t, c, dirfd, path) : NULL;

	if (!name)
		return;
	if (tape_names_find(&t->names, name) < 0)
		add_op(t, (struct tape_op){
				  .kind = TAPE_CREATE, .name = TAKE(name), .node = t->nodes++ });
	else if (flags & O_TRUNC)
		add_op(t, (struct tape_op){ .kind = TAPE_TRUNCATE, .node = node_of(t, name) });
}

static void on_write(struct tape *t, const struct call *c, bool is_at)
{
	CLEANUP(mem_free) char *name = name_of_fd(t, c, c->args[0]);
	int node = node_of(t, name);
	size_t size = (size_t)c->result;

	if (node < 0 || size == 0)
		return;
	add_op(t, (struct tape_op){ .kind = TAPE_WRITE,
			  .node = node,
			  .offset = is_at ? c->args[3] : position_of(c) - size,
			  .size = size,
			  .bytes = bytes_at(c, c->args[1], size) });
}

static void on_sync(struct tape *t, const struct call *c)
{
	CLEANUP(mem_free) char *name = name_of_fd(t, c, c->args[0]);
	int node = node_of(t, name);

	if (name && node >= 0)
		add_op(t, (struct tape_op){ .kind = TAPE_SYNC, .node = node, .name = TAKE(name) });
	else if (name)
		add_op(t, (struct tape_op){ .kind = TAPE_SYNC_FOLDER, .name = TAKE(name) });
}

static void on_rename(
	struct tape *t, const struct call *c, int from_fd, uint64_t from, int to_fd, uint64_t to)
{
	char *name = name_at(t, c, from_fd, from), *other = name_at(t, c, to_fd, to);

	/* Within the folder: nothing goes into it or out of it. */
	assert_true(!name == !other);
	if (name)
		add_op(t, (struct tape_op){ .kind = TAPE_RENAME, .name = name, .to = other });
}

static void on_name(
	struct tape *t, const struct call *c, enum tape_kind kind, int dirfd, uint64_t path)
{
	char *name = name_at(t, c, dirfd, path);

	if (name)
		add_op(t, (struct tape_op){ .kind = kind, .name = name });
}

static void on_truncate(struct tape *t, const struct call *c)
{
	CLEANUP(mem_free) char *name = name_of_fd(t, c, c->args[0]);
	int node = node_of(t, name);

	if (node >= 0)
		add_op(t, (struct tape_op){
				  .kind = TAPE_TRUNCATE, .node = node, .size = c->args[1] });
}

/* Calls that would change a file unseen; SQLite's shared memory is created anew after any cut. */
static void refuse(const struct tape *t, const struct call *c, uint64_t fd)
{
	CLEANUP(mem_free) char *name = name_of_fd(t, c, fd);

	if (name && !strstr(name, "-shm"))
		fail_msg(
			"call %d changes %s, which the tape does not understand", (int)c->nr, name);
}

static void take_call(struct tape *t, const struct call *c)
{
	const uint64_t *a = c->args;

	switch (c->nr) {
#ifdef SYS_open
	case SYS_open:
		return on_open(t, c, AT_FDCWD, a[0], a[1]);
	case SYS_rename:
		return on_rename(t, c, AT_FDCWD, a[0], AT_FDCWD, a[1]);
	case SYS_unlink:
	case SYS_rmdir:
		return on_name(t, c, TAPE_REMOVE, AT_FDCWD, a[0]);
	case SYS_mkdir:
		return on_name(t, c, TAPE_MAKE_FOLDER, AT_FDCWD, a[0]);
#endif
#ifdef SYS_renameat
	case SYS_renameat:
#endif
	case SYS_renameat2:
		return on_rename(t, c, (int)a[0], a[1], (int)a[2], a[3]);
	case SYS_openat:
		return on_open(t, c, (int)a[0], a[1], a[2]);
	case SYS_unlinkat:
		return on_name(t, c, TAPE_REMOVE, (int)a[0], a[1]);
	case SYS_mkdirat:
		return on_name(t, c, TAPE_MAKE_FOLDER, (int)a[0], a[1]);
	case SYS_write:
		return on_write(t, c, false);
	case SYS_pwrite64:
		return on_write(t, c, true);
	case SYS_fsync:
	case SYS_fdatasync:
		return on_sync(t, c);
	case SYS_ftruncate:
		return on_truncate(t, c);
	case SYS_writev:
	case SYS_pwritev:
	case SYS_fallocate:
	case SYS_sendfile:
		return refuse(t, c, a[0]);
	case SYS_copy_file_range:
		return refuse(t, c, a[2]);
	case SYS_mmap:
		if (a[2] & PROT_WRITE && a[3] & MAP_SHARED && (int)a[4] >= 0)
			refuse(t, c, a[4]);
		return;
	default:
		return;
	}
}

/* ---- stops ---- */

/* Those of take_call: a process is stopped at no others, since stops are what recording costs. */
static const int recorded[] = {
#ifdef SYS_open
	SYS_open,
	SYS_rename,
	SYS_unlink,
	SYS_rmdir,
	SYS_mkdir,
#endif
#ifdef SYS_renameat
	SYS_renameat,
#endif
	SYS_renameat2,
	SYS_openat,
	SYS_unlinkat,
	SYS_mkdirat,
	SYS_write,
	SYS_pwrite64,
	SYS_fsync,
	SYS_fdatasync,
	SYS_ftruncate,
	SYS_writev,
	SYS_pwritev,
	SYS_fallocate,
	SYS_sendfile,
	SYS_copy_file_range,
	SYS_mmap,
};

/* In the process itself, once it is traced; it holds for all that it starts. */
static bool stop_at_recorded(void)
{
	struct sock_filter filter[2 * ARRAY_LEN(recorded) + 2];
	struct sock_fprog program = { .filter = filter };

	filter[program.len++] = (struct sock_filter)BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < ARRAY_LEN(recorded); i++) {
		filter[program.len++] = (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JEQ | BPF_K, (unsigned)recorded[i], 0, 1);
		filter[program.len++] =
			(struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
	}
	filter[program.len++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#define THREADS_MAX 64 /* of all processes together, that are in a call at once */

static struct call *call_of(struct call calls[THREADS_MAX], pid_t pid)
{
	for (int i = 0; i < THREADS_MAX; i++) {
		if (calls[i].pid && calls[i].pid != pid)
			continue;
		calls[i].pid = pid;
		return &calls[i];
	}
	fail_msg("more threads than the tape follows");
	return NULL;
}

/* Into a call that is recorded, out of it, or neither. How the thread goes on. */
static int on_stop(struct tape *t, struct call calls[THREADS_MAX], pid_t pid)
{
	struct __ptrace_syscall_info info = { 0 };

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), &info) <= 0)
		return PTRACE_CONT;
	if (info.op == PTRACE_SYSCALL_INFO_SECCOMP) {
		struct call *call = call_of(calls, pid);
		call->nr = info.seccomp.nr;
		memcpy(call->args, info.seccomp.args, sizeof(call->args));
		return PTRACE_SYSCALL;
	}
	if (info.op == PTRACE_SYSCALL_INFO_EXIT) {
		struct call *call = call_of(calls, pid);
		call->result = info.exit.rval;
		if (call->result >= 0)
			take_call(t, call);
		call->pid = 0;
	}
	return PTRACE_CONT;
}

/* From the first stop to the end of all that it starts. */
static void follow(struct tape *t, pid_t first)
{
	struct call calls[THREADS_MAX] = { 0 };
	int status, end = -1;
	pid_t pid;

	ptrace(PTRACE_SETOPTIONS, first, NULL,
		PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP |
			PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK);
	ptrace(PTRACE_CONT, first, NULL, 0);
	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		if (!WIFSTOPPED(status)) {
			end = pid == first ? status : end;
			continue;
		}
		int signal = WSTOPSIG(status) & ~0x80;
		bool is_ours = signal == SIGTRAP || signal == SIGSTOP;
		ptrace(on_stop(t, calls, pid), pid, NULL, is_ours ? 0 : signal);
	}
	assert_true(WIFEXITED(end));
	assert_int_equal(WEXITSTATUS(end), 0);
}

struct tape *tape_record(const char *folder, void (*play)(void *arg), void *arg)
{
	struct tape *t = mem_alloc(sizeof(*t));
	int status;

	t->folder = mem_printf("%s/", folder);
	take_in(t, "");
	t->base_nodes = t->nodes;
	tape_names_copy(&t->names, &t->base_names);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
			_exit(77);
		raise(SIGSTOP);
		if (!stop_at_recorded())
			_exit(77);
		play(arg);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFSTOPPED(status)) {
		tape_destroy(t);
		return NULL;
	}
	follow(t, pid);
	return t;
}
