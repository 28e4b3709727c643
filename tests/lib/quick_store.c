/* Creates new databases from a copy: creating one runs every migration, which takes 70 ms, and the
 * tests create some thousand. The product's own functions create the first of a kind in each
 * program, and open all others too; only the result of the migrations is put in beforehand, so that
 * they find nothing to do.
 *
 * Linked under the functions' names by -Wl,--wrap (tests/lib/meson.build). */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/store/internal.h"
#include "tests/lib/test.h"

#define KINDS 8

/* The result of a list of migrations, as the bytes of a database. */
struct image {
	const struct migration *rows;
	int count;
	unsigned char *bytes;
	sqlite3_int64 size;
};

static struct image images[KINDS];
static int image_count;

/* The next database that is opened: `caught` keeps it when `fill` is NULL, otherwise it is
 * filled. */
static _Thread_local bool is_waiting;
static _Thread_local const struct image *fill;
static _Thread_local sqlite3 *caught;

static void must(int code)
{
	if (code != SQLITE_OK && code != SQLITE_DONE)
		fail_msg("quick_store: %s", sqlite3_errstr(code));
}

static sqlite3 *open_image(const struct image *image)
{
	sqlite3 *handle;
	unsigned char *bytes = sqlite3_malloc64((sqlite3_uint64)image->size);

	memcpy(bytes, image->bytes, (size_t)image->size);
	must(sqlite3_open(":memory:", &handle));
	must(sqlite3_deserialize(handle, "main", bytes, image->size, image->size,
		SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE));
	return handle;
}

static void copy(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");

	must(sqlite3_backup_step(backup, -1));
	must(sqlite3_backup_finish(backup));
}

static void copy_into(sqlite3 *handle, const struct image *image)
{
	sqlite3 *from = open_image(image);

	must(sqlite3_exec(handle, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", NULL,
		NULL, NULL));
	copy(from, handle);
	must(sqlite3_close(from));
}

static int on_open(sqlite3 *handle, char **message, const struct sqlite3_api_routines *api)
{
	(void)message, (void)api;
	if (!is_waiting)
		return SQLITE_OK;
	is_waiting = false;
	if (fill)
		copy_into(handle, fill);
	else
		caught = handle;
	return SQLITE_OK;
}

static struct image *find_image(const struct migration_list *known)
{
	for (int i = 0; i < image_count; i++) {
		if (images[i].rows == known->rows && images[i].count == known->count)
			return &images[i];
	}
	return NULL;
}

/* Saves what has just been created, without the one row that store_make adds to it. Uses another
 * handle, since the product's does not tell its size. */
static void keep_image(const struct migration_list *known)
{
	struct image *image = &images[image_count++];
	sqlite3 *handle;

	must(sqlite3_open(":memory:", &handle));
	copy(caught, handle);
	must(sqlite3_exec(handle, "DELETE FROM store", NULL, NULL, NULL));
	*image = (struct image){ .rows = known->rows, .count = known->count };
	unsigned char *bytes = sqlite3_serialize(handle, "main", &image->size, 0);
	assert_non_null(bytes);
	image->bytes = mem_alloc((size_t)image->size);
	memcpy(image->bytes, bytes, (size_t)image->size);
	sqlite3_free(bytes);
	must(sqlite3_close(handle));
}

/* A test of the migrations has its own lists, built anew each time. */
static bool is_product_list(const struct migration_list *known)
{
	return known->rows == migrations_all.rows;
}

static void expect_open(const struct image *image)
{
	sqlite3_auto_extension((void (*)(void))on_open);
	fill = image;
	is_waiting = true;
}

int __real_store_make(const char *path, int site, const char *zone, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err);
int __wrap_store_make(const char *path, int site, const char *zone, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err);

int __wrap_store_make(const char *path, int site, const char *zone, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err)
{
	if (!is_product_list(known))
		return __real_store_make(path, site, zone, clock, known, ret, err);
	const struct image *image = find_image(known);
	expect_open(image);
	int r = __real_store_make(path, site, zone, clock, known, ret, err);
	is_waiting = false;
	if (r == 0 && image)
		r = tables_load(*ret, err); /* as a migration does */
	if (r == 0 && !image && image_count < KINDS)
		keep_image(known);
	return r;
}

int __wrap_db_open_memory(const struct clock *clock, struct db **ret, struct err *err);

int __wrap_db_open_memory(const struct clock *clock, struct db **ret, struct err *err)
{
	return __wrap_store_make(":memory:", 1, "Asia/Shanghai", clock, &migrations_all, ret, err);
}
