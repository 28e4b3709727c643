#include "tests/faults/disk.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/faults/disk_internal.h"

/* ---- files ---- */

void disk_file_write(struct disk_file *f, const void *bytes, size_t size, size_t offset)
{
	paged_write(&f->content, bytes, size, offset);
	f->exists = true;
}

void disk_file_truncate(struct disk_file *f, size_t size)
{
	if (size < f->content.size)
		paged_truncate(&f->content, size);
}

void disk_file_remove(struct disk_file *f)
{
	f->exists = false;
	paged_truncate(&f->content, 0);
}

/* ---- images ---- */

static void image_set(struct disk_image *to, const struct disk_image *from)
{
	for (int i = 0; i < DISK_FILES_MAX; i++) {
		paged_copy(&to->files[i].content, &from->files[i].content);
		to->files[i].exists = from->files[i].exists;
	}
}

static void image_clear(struct disk_image *image)
{
	for (int i = 0; i < DISK_FILES_MAX; i++)
		paged_finish(&image->files[i].content);
}

struct disk_image *disk_image_copy(const struct disk_image *image)
{
	struct disk_image *copy = mem_alloc(sizeof(*copy));

	image_set(copy, image);
	return copy;
}

void disk_image_destroy(struct disk_image *image)
{
	if (!image)
		return;
	image_clear(image);
	free(image);
}

/* ---- the disk ---- */

struct disk *disk_create(const char *folder)
{
	struct disk *disk = mem_alloc(sizeof(*disk));

	disk->folder = mem_printf("%s/", folder);
	disk->log = disk_log_create(&disk->now);
	disk_vfs_register(disk);
	return disk;
}

void disk_destroy(struct disk *disk)
{
	if (!disk)
		return;
	sqlite3_vfs_unregister(&disk->vfs);
	disk_log_destroy(disk->log);
	image_clear(&disk->now);
	for (int i = 0; i < DISK_FILES_MAX; i++) {
		disk_shm_drop(disk, i);
		free(disk->names[i]);
	}
	free(disk->folder);
	free(disk);
}

int disk_file_number(struct disk *disk, const char *path)
{
	if (!path || strncmp(path, disk->folder, strlen(disk->folder)) != 0)
		return -1;
	for (int i = 0; i < DISK_FILES_MAX; i++) {
		if (!disk->names[i])
			disk->names[i] = mem_text(path);
		if (strcmp(disk->names[i], path) == 0)
			return i;
	}
	assert(false && "more files than the disk takes");
	return -1;
}

void disk_shm_drop(struct disk *disk, int file)
{
	for (int i = 0; i < DISK_SHM_MAX; i++)
		free(TAKE(disk->shm[file][i]));
}

void disk_import_as(struct disk *disk, const char *path, const char *real)
{
	int file = disk_file_number(disk, path);

	disk->now.files[file].exists = paged_load(&disk->now.files[file].content, real);
	disk_shm_drop(disk, file);
	disk_log_destroy(disk_take_log(disk));
}

void disk_import(struct disk *disk, const char *path)
{
	disk_import_as(disk, path, path);
	assert(disk_content(disk, path));
}

void disk_put(struct disk *disk, const char *path, const struct paged *content)
{
	static const struct paged empty;
	int file = disk_file_number(disk, path);

	assert(file >= 0);
	paged_copy(&disk->now.files[file].content, content ? content : &empty);
	disk->now.files[file].exists = content != NULL;
	disk_shm_drop(disk, file);
	disk_log_destroy(disk_take_log(disk));
}

const struct paged *disk_content(struct disk *disk, const char *path)
{
	const struct disk_file *file = &disk->now.files[disk_file_number(disk, path)];

	return file->exists ? &file->content : NULL;
}

struct disk_image *disk_save(const struct disk *disk)
{
	return disk_image_copy(&disk->now);
}

void disk_load(struct disk *disk, const struct disk_image *image)
{
	image_set(&disk->now, image);
	for (int i = 0; i < DISK_FILES_MAX; i++)
		disk_shm_drop(disk, i);
	disk_log_destroy(disk_take_log(disk));
}

struct disk_log *disk_take_log(struct disk *disk)
{
	struct disk_log *log = disk->log;

	disk->log = disk_log_create(&disk->now);
	return log;
}

void disk_mark(struct disk *disk, int number)
{
	disk_log_add(
		disk->log, (struct disk_op){ .kind = DISK_MARK, .number = (unsigned)number }, NULL);
}

void disk_trust(struct disk *disk)
{
	disk->is_trusted = true;
}

void disk_fail(struct disk *disk, enum disk_fault fault, int at, bool for_ever, unsigned seed)
{
	disk->fault = fault;
	disk->at = at;
	disk->for_ever = for_ever;
	disk->seed = seed;
	disk->calls = disk->failed = 0;
	disk->space = 0;
}

int disk_calls(const struct disk *disk)
{
	return disk->calls;
}

int disk_failed(const struct disk *disk)
{
	return disk->failed;
}
