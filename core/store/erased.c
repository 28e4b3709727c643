#include "core/store/erased.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/mem.h"
#include "core/base/outfile.h"
#include "core/store/db.h"
#include "core/store/internal.h"

static void close_file(FILE **f)
{
	if (*f)
		fclose(*f);
}

static void close_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

void erased_ids_finish(struct erased_ids *erased)
{
	free(erased->ids);
	*erased = (struct erased_ids){ 0 };
}

static int place_of(const struct erased_ids *erased, int64_t id)
{
	int from = 0, to = erased->count;

	while (from < to) {
		int middle = from + (to - from) / 2;
		if (erased->ids[middle] < id)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static void add(struct erased_ids *erased, int64_t id)
{
	int at = place_of(erased, id);

	if (at < erased->count && erased->ids[at] == id)
		return;
	erased->ids = mem_resize(erased->ids, (size_t)(erased->count + 1) * sizeof(id));
	memmove(&erased->ids[at + 1], &erased->ids[at], (size_t)(erased->count - at) * sizeof(id));
	erased->ids[at] = id;
	erased->count++;
}

/* ---- of a database ---- */

int erased_of(struct db *db, struct erased_ids *erased, struct err *err)
{
	/* Those named by acts of erasing, and those who were merged with them. */
	static const char named[] = "SELECT DISTINCT resident AS id FROM journal WHERE kind ="
				    " 'resident.erase' AND resident IS NOT NULL";
	static const char marked[] = "SELECT id FROM resident WHERE erased_at IS NOT NULL";
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int is_marked = store_has_column(db, "resident", "erased_at", err), r;

	TRY(is_marked);
	TRY(query_open(&q, db, is_marked ? marked : named, NO_FIELDS, err));
	while ((r = query_next(&q, err)) > 0)
		add(erased, query_int(&q, "id"));
	return r;
}

/* ---- lists ---- */

static void read_list(const char *path, struct erased_ids *erased)
{
	CLEANUP(close_file) FILE *f = fopen(path, "re");
	int64_t id;

	while (f && fscanf(f, "%" SCNd64, &id) == 1)
		add(erased, id);
}

/* The next list in the folder; NULL: no more. The caller's. */
static char *next_list(DIR *dir, const char *folder)
{
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		size_t len = strlen(entry->d_name), end = strlen(ERASED_LIST);
		if (len > end && strcmp(entry->d_name + len - end, ERASED_LIST) == 0)
			return mem_printf("%s/%s", folder, entry->d_name);
	}
	return NULL;
}

void erased_in(const char *folder, struct erased_ids *erased)
{
	CLEANUP(close_dir) DIR *dir = opendir(folder);
	char *path;

	while ((path = next_list(dir, folder))) {
		read_list(path, erased);
		free(path);
	}
}

int erased_write(const struct erased_ids *erased, const char *path, struct err *err)
{
	CLEANUP(bytes_finish) struct bytes text = { 0 };

	for (int i = 0; i < erased->count; i++) {
		CLEANUP(mem_free) char *line = mem_printf("%" PRId64 "\n", erased->ids[i]);
		bytes_add_text(&text, line);
	}
	return outfile_put(path, text.data, text.size, OUTFILE_PRIVATE, OUTFILE_REPLACE, err);
}

static int note_in(const char *path, const struct erased_ids *known, struct err *err)
{
	CLEANUP(erased_ids_finish) struct erased_ids all = { 0 };

	read_list(path, &all);
	int before = all.count;
	for (int i = 0; i < known->count; i++)
		add(&all, known->ids[i]);
	return all.count == before ? 0 : erased_write(&all, path, err);
}

int erased_note(struct db *db, const char *folder, struct err *err)
{
	CLEANUP(erased_ids_finish) struct erased_ids known = { 0 };
	CLEANUP(close_dir) DIR *dir = opendir(folder);
	char *path;

	TRY(erased_of(db, &known, err));
	while ((path = next_list(dir, folder))) {
		int r = note_in(path, &known, err);
		free(path);
		TRY(r);
	}
	return 0;
}
