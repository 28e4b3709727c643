#include "tests/faults/sim_disk.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/base/mem.h"

#define SECTOR      512
#define PAGE        4096
#define PAGES_MAX   (1 << 18) /* of a file that SQLite writes: a GiB */
#define TRACKED_MAX 16
#define NAMES_MAX   256
#define PATH_BYTES  160

const char *const sim_fault_names[SIM_FAULT_COUNT] = { "sound", "write fails", "sync fails", "full",
	"kill", "cut", "late kill", "late cut" };

/* Which pages of a file SQLite has written since its last sync. In other files everything that
 * differs from the durable copy counts as written. */
struct tracked {
	ino_t inode; /* 0: free */
	uint64_t pages[PAGES_MAX / 64];
};

struct name {
	char path[PATH_BYTES]; /* within the folder */
	ino_t inode;
};
struct names {
	struct name rows[NAMES_MAX];
	int count;
};

/* Shared by all processes. */
struct sim_disk {
	const char *folder, *kept;
	bool is_lying;
	enum sim_fault fault;
	int at, calls;
	bool is_struck;
	unsigned seed;
	struct tracked tracked[TRACKED_MAX];
	struct names durable;
};

static struct sim_disk *disk; /* the program's one */
static bool is_exposed;       /* faults hit this process */

/* ---- files ---- */

/* The path within the folder of the file open there, or false. SQLite's shared memory is created
 * anew after any cut. */
static bool path_of(int fd, char ret[PATH_BYTES])
{
	char link[32], path[PATH_BYTES + 96];
	size_t len = disk ? strlen(disk->folder) : 0;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	ssize_t n = disk ? readlink(link, path, sizeof(path) - 1) : -1;
	if (n <= 0)
		return false;
	path[n] = '\0';
	if (strncmp(path, disk->folder, len) != 0 || (path[len] && path[len] != '/'))
		return false;
	snprintf(ret, PATH_BYTES, "%s", path[len] ? path + len + 1 : "");
	return !strstr(ret, "-shm");
}

static ino_t inode_of(int fd)
{
	struct stat about;

	return fstat(fd, &about) == 0 ? about.st_ino : 0;
}

static off_t size_of(int fd)
{
	struct stat about;

	return fstat(fd, &about) == 0 ? about.st_size : 0;
}

static char *kept_path(ino_t inode)
{
	return mem_printf("%s/%llu", disk->kept, (unsigned long long)inode);
}

static struct tracked *tracked_find(ino_t inode)
{
	for (int i = 0; i < TRACKED_MAX; i++)
		if (disk->tracked[i].inode == inode)
			return &disk->tracked[i];
	return NULL;
}

static bool is_written(const struct tracked *t, size_t page)
{
	return !t || (page < PAGES_MAX && t->pages[page / 64] >> page % 64 & 1);
}

/* ---- what is durable ---- */

static void copy_page(int from, int to, size_t page)
{
	unsigned char bytes[PAGE];
	ssize_t n = pread(from, bytes, PAGE, (off_t)(page * PAGE));

	if (n > 0 && pwrite(to, bytes, (size_t)n, (off_t)(page * PAGE)) != n)
		abort();
}

/* The file may have been opened for writing only. */
static int open_again(int fd)
{
	CLEANUP(mem_free) char *link = mem_printf("/proc/self/fd/%d", fd);

	return open(link, O_RDONLY | O_CLOEXEC);
}

static void keep_content(int fd, bool is_lost)
{
	ino_t inode = inode_of(fd);
	int from = open_again(fd);
	CLEANUP(mem_free) char *path = kept_path(inode);
	int to = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	struct tracked *t = tracked_find(inode);
	off_t size = size_of(fd);
	size_t pages = (size_t)(size + PAGE - 1) / PAGE;

	if (to < 0 || from < 0)
		abort();
	for (size_t page = 0; page < pages && !is_lost; page++) {
		if (t && t->pages[page / 64] == 0)
			page |= 63;
		else if (is_written(t, page))
			copy_page(from, to, page);
	}
	if (!is_lost && ftruncate(to, size) < 0)
		abort();
	close(to);
	close(from);
	if (t)
		memset(t->pages, 0, sizeof(t->pages));
}

static struct names found; /* by look_around */

static int look_at(const char *path, const struct stat *about, int kind, struct FTW *ftw)
{
	(void)ftw;
	if (kind != FTW_F || strstr(path, "-shm"))
		return 0;
	assert(found.count < NAMES_MAX);
	struct name *name = &found.rows[found.count++];
	snprintf(name->path, PATH_BYTES, "%s", path + strlen(disk->folder) + 1);
	name->inode = about->st_ino;
	return 0;
}

static void look_around(void)
{
	found.count = 0;
	nftw(disk->folder, look_at, 16, FTW_PHYS);
}

static bool is_found(ino_t inode)
{
	for (int i = 0; i < found.count; i++)
		if (found.rows[i].inode == inode)
			return true;
	return false;
}

/* Files come and go; records of those that are gone make room. */
static struct tracked *tracked_make(ino_t inode)
{
	struct tracked *t = tracked_find(0);

	if (!t)
		look_around();
	for (int i = 0; !t && i < TRACKED_MAX; i++)
		if (!is_found(disk->tracked[i].inode))
			t = &disk->tracked[i];
	assert(t && "more files are written than are tracked");
	memset(t, 0, sizeof(*t));
	t->inode = inode;
	return t;
}

static void note_write(ino_t inode, size_t offset, size_t size)
{
	struct tracked *t = tracked_find(inode);

	if (!t)
		t = tracked_make(inode);
	assert(offset + size <= (size_t)PAGES_MAX * PAGE);
	for (size_t page = offset / PAGE; size && page <= (offset + size - 1) / PAGE; page++)
		t->pages[page / 64] |= UINT64_C(1) << page % 64;
}

static bool is_below(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return !len || (strncmp(path, folder, len) == 0 && path[len] == '/');
}

static void keep_names(const char *folder)
{
	struct names *durable = &disk->durable;
	int left = 0;

	for (int i = 0; i < durable->count; i++)
		if (!is_below(durable->rows[i].path, folder))
			durable->rows[left++] = durable->rows[i];
	durable->count = left;
	look_around();
	for (int i = 0; i < found.count; i++)
		if (is_below(found.rows[i].path, folder)) {
			assert(durable->count < NAMES_MAX);
			durable->rows[durable->count++] = found.rows[i];
		}
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *ftw)
{
	(void)about;
	(void)kind;
	return ftw->level > 0 ? remove(path) : 0;
}

static void keep_all(void)
{
	nftw(disk->kept, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	memset(disk->tracked, 0, sizeof(disk->tracked));
	disk->durable.count = 0;
	keep_names("");
	for (int i = 0; i < disk->durable.count; i++) {
		CLEANUP(mem_free)
		char *path = mem_printf("%s/%s", disk->folder, disk->durable.rows[i].path);
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			abort();
		keep_content(fd, false);
		close(fd);
	}
}

/* ---- faults ---- */

/* Counts a write or a sync of a process that faults hit; true when this one is hit. If the disk is
 * full, the fault persists. */
static bool is_hit(bool is_sync, bool grows)
{
	if (!is_exposed || disk->fault == SIM_SOUND)
		return false;
	if (disk->fault == SIM_FULL && disk->is_struck)
		return grows;
	if (disk->fault >= SIM_KILL_LATE || (disk->fault == SIM_SYNC_FAILS && !is_sync) ||
		(disk->fault == SIM_WRITE_FAILS && is_sync) ||
		(disk->fault == SIM_FULL && !grows) || ++disk->calls != disk->at)
		return false;
	disk->is_struck = true;
	if (disk->fault == SIM_KILL || disk->fault == SIM_CUT)
		raise(SIGKILL);
	return true;
}

/* ---- under SQLite ---- */

static ssize_t write_at(int fd, const void *bytes, size_t size, off_t offset)
{
	struct stat about;
	char path[PATH_BYTES];

	if (!disk || fstat(fd, &about) < 0 || (!tracked_find(about.st_ino) && !path_of(fd, path)))
		return pwrite(fd, bytes, size, offset);
	if (is_hit(false, offset + (off_t)size > about.st_size)) {
		errno = disk->fault == SIM_FULL ? ENOSPC : EIO;
		return -1;
	}
	note_write(about.st_ino, (size_t)offset, size);
	return pwrite(fd, bytes, size, offset);
}

static ssize_t write_on(int fd, const void *bytes, size_t size)
{
	off_t at = lseek(fd, 0, SEEK_CUR);
	ssize_t n = write_at(fd, bytes, size, at);

	if (n > 0)
		lseek(fd, at + n, SEEK_SET);
	return n;
}

static void stand_under_sqlite(void)
{
	static const struct {
		const char *name;
		sqlite3_syscall_ptr ours;
	} calls[] = { { "write", (sqlite3_syscall_ptr)write_on },
		{ "pwrite", (sqlite3_syscall_ptr)write_at },
		{ "pwrite64", (sqlite3_syscall_ptr)write_at } };
	sqlite3_vfs *vfs = sqlite3_vfs_find("unix");

	for (size_t i = 0; i < ARRAY_LEN(calls); i++)
		if (vfs->xGetSystemCall(vfs, calls[i].name))
			vfs->xSetSystemCall(vfs, calls[i].name, calls[i].ours);
}

/* ---- under everything ---- */

static int sync_file(int fd, long call)
{
	char path[PATH_BYTES];
	struct stat about;

	if (!path_of(fd, path))
		return (int)syscall(call, fd);
	bool is_folder = fstat(fd, &about) == 0 && S_ISDIR(about.st_mode);
	if (is_hit(true, false)) {
		if (!is_folder)
			keep_content(fd, rand_r(&disk->seed) % 2);
		errno = EIO;
		return -1;
	}
	if (disk->is_lying)
		return 0;
	if (is_folder)
		keep_names(path);
	else
		keep_content(fd, false);
	return 0;
}

/* Replaces the C library's, in SQLite's library as well. */
int fsync(int fd)
{
	return sync_file(fd, SYS_fsync);
}

int fdatasync(int fd)
{
	return sync_file(fd, SYS_fdatasync);
}

/* ---- a power cut ---- */

/* A file's durable copy, and its present content; either may be missing. */
struct versions {
	int kept, live;
	off_t kept_size, live_size;
	const struct tracked *tracked;
	enum disk_fate fate;
	int odds; /* of eight */
};

static bool survives(const struct versions *v, unsigned *seed)
{
	if (v->fate == DISK_KEPT || v->fate == DISK_LOST)
		return v->fate == DISK_KEPT;
	return rand_r(seed) % 8 < v->odds;
}

static size_t sector_of(int fd, off_t at, unsigned char bytes[SECTOR])
{
	memset(bytes, 0, SECTOR);
	ssize_t n = fd < 0 ? 0 : pread(fd, bytes, SECTOR, at);
	return n > 0 ? (size_t)n : 0;
}

static void put(int fd, const unsigned char *bytes, size_t size, off_t at)
{
	if (size && pwrite(fd, bytes, size, at) != (ssize_t)size)
		abort();
}

/* Garbage over what was being written, or over the 4 KiB around it, as far as the file goes. */
static void spoil(const struct versions *v, int to, off_t at, unsigned *seed)
{
	size_t unit = v->fate == DISK_TORN ? SECTOR : PAGE;
	off_t from = at - at % (off_t)unit, end = from + (off_t)unit, size = size_of(to);

	for (off_t i = from; i < end && i < size; i++) {
		unsigned char byte = (unsigned char)(rand_r(seed) >> 4);
		put(to, &byte, 1, i);
	}
}

static void cut_sector(const struct versions *v, int to, off_t at, unsigned *seed)
{
	unsigned char kept[SECTOR], live[SECTOR];
	size_t was = sector_of(v->kept, at, kept), is = sector_of(v->live, at, live);

	if (was == is && memcmp(kept, live, SECTOR) == 0)
		return;
	if (survives(v, seed))
		put(to, live, is, at);
	else if (v->fate >= DISK_TORN && rand_r(seed) % 4 == 0)
		spoil(v, to, at, seed);
}

/* `to` is the durable copy. */
static void cut_file(const struct versions *v, int to, unsigned *seed)
{
	if (v->live < 0)
		return;
	if (v->live_size < v->kept_size && survives(v, seed) && ftruncate(to, v->live_size) < 0)
		abort();
	/* What a failed sync has lost no longer counts as written: only the system knew it. */
	for (off_t at = 0; at < v->live_size; at += SECTOR)
		if (is_written(v->tracked, (size_t)at / PAGE))
			cut_sector(v, to, at, seed);
}

static int open_live(ino_t inode, const struct names *live)
{
	for (int i = 0; i < live->count; i++) {
		CLEANUP(mem_free) char *path = NULL;
		if (live->rows[i].inode != inode)
			continue;
		path = mem_printf("%s/%s", disk->folder, live->rows[i].path);
		return open(path, O_RDONLY | O_CLOEXEC);
	}
	return -1;
}

/* Creates a file, and the folders that it is in. */
static int make_file(const char *top, const char *path)
{
	CLEANUP(mem_free) char *whole = mem_printf("%s/%s", top, path);

	for (char *slash = whole + strlen(top) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(whole, 0700);
		*slash = '/';
	}
	int fd = open(whole, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		abort();
	return fd;
}

static void close_if_open(int fd)
{
	if (fd >= 0)
		close(fd);
}

static void put_file(const struct name *name, const struct names *live, const char *top,
	enum disk_fate fate, unsigned *seed)
{
	CLEANUP(mem_free) char *kept = kept_path(name->inode);
	struct versions v = { .kept = open(kept, O_RDONLY | O_CLOEXEC),
		.live = open_live(name->inode, live),
		.tracked = tracked_find(name->inode),
		.fate = fate,
		.odds = 1 + rand_r(seed) % 7 };
	int to = make_file(top, name->path);

	v.kept_size = v.kept < 0 ? 0 : size_of(v.kept);
	v.live_size = v.live < 0 ? 0 : size_of(v.live);
	for (size_t page = 0; page * PAGE < (size_t)v.kept_size; page++)
		copy_page(v.kept, to, page);
	cut_file(&v, to, seed);
	close_if_open(v.kept);
	close_if_open(v.live);
	close(to);
}

void sim_disk_cut(struct sim_disk *d, enum disk_fate fate, unsigned *seed)
{
	static struct names live;
	CLEANUP(mem_free) char *fresh = mem_printf("%s.fresh", d->folder);
	CLEANUP(mem_free) char *gone = mem_printf("%s.gone", d->folder);
	bool are_names_kept = fate == DISK_KEPT || (fate != DISK_LOST && rand_r(seed) % 2);

	look_around();
	live = found;
	const struct names *names = are_names_kept ? &live : &d->durable;
	if (mkdir(fresh, 0700) < 0)
		abort();
	for (int i = 0; i < names->count; i++)
		put_file(&names->rows[i], &live, fresh, fate, seed);
	if (rename(d->folder, gone) < 0 || rename(fresh, d->folder) < 0)
		abort();
	nftw(gone, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	rmdir(gone);
	keep_all();
}

/* ---- the disk ---- */

struct sim_disk *sim_disk_create(const char *folder, const char *kept)
{
	assert(!disk);
	disk = mmap(NULL, sizeof(*disk), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (disk == MAP_FAILED)
		abort();
	disk->folder = folder;
	disk->kept = kept;
	stand_under_sqlite();
	keep_all();
	return disk;
}

void sim_disk_destroy(struct sim_disk *d)
{
	if (!d)
		return;
	munmap(d, sizeof(*d));
	disk = NULL;
}

void sim_disk_expose(struct sim_disk *d)
{
	is_exposed = d == disk;
}

void sim_disk_arm(struct sim_disk *d, enum sim_fault fault, int at, unsigned seed)
{
	d->fault = fault;
	d->at = at;
	d->calls = 0;
	d->is_struck = false;
	d->seed = seed;
}

void sim_disk_telling(struct sim_disk *d)
{
	if (!is_exposed || d->fault < SIM_KILL_LATE)
		return;
	d->is_struck = true;
	raise(SIGKILL);
}

bool sim_disk_disarm(struct sim_disk *d)
{
	bool was_struck = d->is_struck;

	sim_disk_arm(d, SIM_SOUND, 0, 0);
	return was_struck;
}

void sim_disk_settle(struct sim_disk *d)
{
	assert(d == disk);
	keep_all();
}

void sim_disk_lie(struct sim_disk *d)
{
	d->is_lying = true;
}
