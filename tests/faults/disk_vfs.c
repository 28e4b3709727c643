/* The disk as SQLite sees it. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/faults/disk_internal.h"

struct handle {
	sqlite3_file base;
	struct disk *disk;
	int file;
	bool is_psow;
};

#define SECTOR_SIZE 4096 /* what SQLite's own VFS reports */

static struct handle *handle_of(sqlite3_file *f)
{
	return (struct handle *)f;
}

static struct disk_file *file_of(sqlite3_file *f)
{
	return &handle_of(f)->disk->now.files[handle_of(f)->file];
}

static size_t size_of(sqlite3_file *f)
{
	return file_of(f)->content.size;
}

static void note(
	sqlite3_file *f, enum disk_op_kind kind, size_t offset, size_t size, const void *bytes)
{
	disk_log_add(handle_of(f)->disk->log,
		(struct disk_op){
			.kind = kind, .file = handle_of(f)->file, .offset = offset, .size = size },
		bytes);
}

/* ---- faults ---- */

static bool fails(struct disk *disk, enum disk_fault fault, int error)
{
	if (disk->fault != fault || disk->at == 0)
		return false;
	disk->calls++;
	if (disk->calls != disk->at && !(disk->for_ever && disk->calls > disk->at))
		return false;
	disk->failed++;
	disk->errno_said = error;
	return true;
}

/* A full disk stays as full as it was: freed space can be used again. */
static bool is_full(struct disk *disk, size_t more)
{
	size_t used = 0;

	for (int i = 0; i < DISK_FILES_MAX; i++)
		used += disk->now.files[i].content.size;
	if (!disk->space && fails(disk, DISK_IS_FULL, ENOSPC)) {
		disk->space = disk->for_ever ? used : 0;
		return true;
	}
	return disk->space && used + more > disk->space;
}

/* ---- a file ---- */

static int file_close(sqlite3_file *f)
{
	disk_shm_drop(handle_of(f)->disk, handle_of(f)->file);
	return SQLITE_OK;
}

static int file_read(sqlite3_file *f, void *to, int amount, sqlite3_int64 at)
{
	size_t wanted = (size_t)amount;

	if (fails(handle_of(f)->disk, DISK_READ_FAILS, EIO))
		return SQLITE_IOERR_READ;
	size_t there = paged_read(&file_of(f)->content, to, wanted, (size_t)at);
	if (there == wanted)
		return SQLITE_OK;
	memset((char *)to + there, 0, wanted - there);
	return SQLITE_IOERR_SHORT_READ;
}

static void put(sqlite3_file *f, const void *from, size_t size, size_t offset)
{
	if (size == 0)
		return;
	disk_file_write(file_of(f), from, size, offset);
	note(f, DISK_WRITE, offset, size, from);
}

static int file_write(sqlite3_file *f, const void *from, int amount, sqlite3_int64 at)
{
	struct disk *disk = handle_of(f)->disk;
	size_t offset = (size_t)at, size = (size_t)amount, there = size_of(f);

	if (fails(disk, DISK_WRITE_FAILS, EIO))
		return SQLITE_IOERR_WRITE;
	if (fails(disk, DISK_WRITE_IS_SHORT, EIO)) {
		put(f, from, size / 2, offset);
		return SQLITE_IOERR_WRITE;
	}
	if (offset + size > there && is_full(disk, offset + size - there)) {
		put(f, from, offset < there ? there - offset : 0, offset);
		return SQLITE_FULL;
	}
	put(f, from, size, offset);
	return SQLITE_OK;
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	if (fails(handle_of(f)->disk, DISK_TRUNCATE_FAILS, EIO))
		return SQLITE_IOERR_TRUNCATE;
	disk_file_truncate(file_of(f), (size_t)size);
	note(f, DISK_TRUNCATE, 0, (size_t)size, NULL);
	return SQLITE_OK;
}

static int file_sync(sqlite3_file *f, int flags)
{
	struct disk *disk = handle_of(f)->disk;

	(void)flags;
	if (fails(disk, DISK_SYNC_CUT_OFF, EINTR))
		return SQLITE_IOERR_FSYNC;
	if (fails(disk, DISK_SYNC_FAILS, EIO) || fails(disk, DISK_SYNC_IS_FULL, ENOSPC)) {
		disk_log_add(disk->log,
			(struct disk_op){ .kind = DISK_SYNC_FAILED,
				.file = handle_of(f)->file,
				.number = disk->seed + (unsigned)disk->calls },
			NULL);
		return SQLITE_IOERR_FSYNC;
	}
	note(f, DISK_SYNC, 0, 0, NULL);
	return SQLITE_OK;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *ret)
{
	*ret = (sqlite3_int64)size_of(f);
	return SQLITE_OK;
}

static int file_lock(sqlite3_file *f, int level)
{
	(void)f;
	(void)level;
	return SQLITE_OK;
}

static int file_is_reserved(sqlite3_file *f, int *ret)
{
	(void)f;
	*ret = 0;
	return SQLITE_OK;
}

static int file_control(sqlite3_file *f, int op, void *arg)
{
	(void)f;
	(void)op;
	(void)arg;
	return SQLITE_NOTFOUND;
}

static int file_sector_size(sqlite3_file *f)
{
	(void)f;
	return SECTOR_SIZE;
}

static int file_characteristics(sqlite3_file *f)
{
	return handle_of(f)->is_psow ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
}

static int shm_map(sqlite3_file *f, int region, int size, int extend, void volatile **ret)
{
	struct disk *disk = handle_of(f)->disk;

	assert(region < DISK_SHM_MAX);
	void **slot = &disk->shm[handle_of(f)->file][region];
	if (!*slot && extend)
		*slot = mem_alloc((size_t)size);
	*ret = *slot;
	return SQLITE_OK;
}

static int shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	(void)f;
	(void)offset;
	(void)n;
	(void)flags;
	return SQLITE_OK;
}

static void shm_barrier(sqlite3_file *f)
{
	(void)f;
}

static int shm_unmap(sqlite3_file *f, int and_delete)
{
	(void)and_delete;
	disk_shm_drop(handle_of(f)->disk, handle_of(f)->file);
	return SQLITE_OK;
}

static const sqlite3_io_methods file_methods = {
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_lock,
	.xCheckReservedLock = file_is_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector_size,
	.xDeviceCharacteristics = file_characteristics,
	.xShmMap = shm_map,
	.xShmLock = shm_lock,
	.xShmBarrier = shm_barrier,
	.xShmUnmap = shm_unmap,
};

/* ---- the file system ---- */

static struct disk *disk_of(sqlite3_vfs *vfs)
{
	return vfs->pAppData;
}

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *ret_flags)
{
	struct disk *disk = disk_of(vfs);
	int file = disk_file_number(disk, path);

	if (file < 0)
		return disk->real->xOpen(disk->real, path, f, flags, ret_flags);
	*handle_of(f) = (struct handle){ .disk = disk,
		.file = file,
		.is_psow = disk->is_trusted || sqlite3_uri_boolean(path, "psow", 1) };
	if (!disk->now.files[file].exists) {
		if (!(flags & SQLITE_OPEN_CREATE))
			return SQLITE_CANTOPEN;
		disk->now.files[file].exists = true;
		disk_log_add(
			disk->log, (struct disk_op){ .kind = DISK_CREATE, .file = file }, NULL);
	}
	f->pMethods = &file_methods;
	if (ret_flags)
		*ret_flags = flags;
	return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	struct disk *disk = disk_of(vfs);
	int file = disk_file_number(disk, path);

	if (file < 0)
		return disk->real->xDelete(disk->real, path, sync_folder);
	if (!disk->now.files[file].exists)
		return SQLITE_IOERR_DELETE_NOENT;
	disk_file_remove(&disk->now.files[file]);
	disk_log_add(disk->log, (struct disk_op){ .kind = DISK_DELETE, .file = file }, NULL);
	return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *ret)
{
	struct disk *disk = disk_of(vfs);
	int file = disk_file_number(disk, path);

	if (file < 0)
		return disk->real->xAccess(disk->real, path, flags, ret);
	*ret = disk->now.files[file].exists;
	return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
	struct disk *disk = disk_of(vfs);

	return disk->real->xFullPathname(disk->real, path, size, out);
}

static int vfs_randomness(sqlite3_vfs *vfs, int size, char *out)
{
	struct disk *disk = disk_of(vfs);

	return disk->real->xRandomness(disk->real, size, out);
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
	(void)vfs;
	return microseconds;
}

static int vfs_time(sqlite3_vfs *vfs, double *ret)
{
	struct disk *disk = disk_of(vfs);

	return disk->real->xCurrentTime(disk->real, ret);
}

static int vfs_last_error(sqlite3_vfs *vfs, int size, char *out)
{
	(void)size;
	(void)out;
	return disk_of(vfs)->errno_said;
}

void disk_vfs_register(struct disk *disk)
{
	disk->real = sqlite3_vfs_find(NULL);
	int size = (int)sizeof(struct handle);
	if (size < disk->real->szOsFile)
		size = disk->real->szOsFile;
	disk->vfs = (sqlite3_vfs){
		.iVersion = 1,
		.szOsFile = size,
		.mxPathname = disk->real->mxPathname,
		.zName = "disk in memory",
		.pAppData = disk,
		.xOpen = vfs_open,
		.xDelete = vfs_delete,
		.xAccess = vfs_access,
		.xFullPathname = vfs_full_path,
		.xRandomness = vfs_randomness,
		.xSleep = vfs_sleep,
		.xCurrentTime = vfs_time,
		.xGetLastError = vfs_last_error,
	};
	int rc = sqlite3_vfs_register(&disk->vfs, 1);
	assert(rc == SQLITE_OK);
	(void)rc;
}
