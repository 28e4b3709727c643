#include "core/print/purge.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"

void purge_finish(struct purge *purge)
{
	for (int i = 0; i < purge->mark_count; i++)
		free(purge->marks[i]);
	free(purge->marks);
	*purge = (struct purge){ 0 };
}

static void add_mark(struct purge *purge, int64_t id, const char *nonce)
{
	size_t size = (size_t)(purge->mark_count + 1) * sizeof(*purge->marks);

	purge->marks = mem_resize(purge->marks, size);
	purge->marks[purge->mark_count++] = mem_printf("-%06lld-%s", (long long)id, nonce);
}

static bool says_any(const char *sheet, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (*words[i] && strstr(sheet, words[i]))
			return true;
	return false;
}

static int empty_one(struct db *db, int64_t id, struct err *err)
{
	return db_write(db,
		"UPDATE outbox SET sheet = '', changed_at = :now,"
		" state = CASE WHEN state IN ('done', 'cancelled') THEN state ELSE 'cancelled' END"
		" WHERE id = :id",
		FIELDS(F_INT("id", id), F_INT("now", db_now(db))), NULL, err);
}

struct found {
	int64_t *ids;
	int count;
};

static void found_finish(struct found *found)
{
	free(found->ids);
}

static int find_papers(struct db *db, int64_t resident, const char *const *words,
	struct purge *purge, struct found *found, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		"WITH RECURSIVE same (id) AS (VALUES (:resident) UNION"
		" SELECT r.id FROM same JOIN resident r ON r.merged_into = same.id)"
		" SELECT o.id AS id, o.nonce AS nonce, o.sheet AS sheet,"
		" ifnull(v.resident IN same, 0) OR ifnull(l.resident IN same, 0) AS is_theirs"
		" FROM outbox o LEFT JOIN visit v ON v.id = o.visit"
		" LEFT JOIN loan l ON l.id = o.loan ORDER BY o.id",
		FIELDS(F_INT("resident", resident)), err));
	while ((r = query_next(&q, err)) > 0) {
		const char *sheet = query_text0(&q, "sheet");
		bool is_found = query_int(&q, "is_theirs") || says_any(sheet, words);
		if (*sheet && !is_found)
			continue;
		add_mark(purge, query_int(&q, "id"), query_text0(&q, "nonce"));
		if (!*sheet)
			continue;
		found->ids =
			mem_resize(found->ids, (size_t)(found->count + 1) * sizeof(*found->ids));
		found->ids[found->count++] = query_int(&q, "id");
	}
	return r;
}

int purge_papers(struct db *db, int64_t resident, const char *const *words, struct purge *ret,
	struct err *err)
{
	CLEANUP(purge_finish) struct purge purge = { 0 };
	CLEANUP(found_finish) struct found found = { 0 };

	TRY(find_papers(db, resident, words, &purge, &found, err));
	for (int i = 0; i < found.count; i++)
		TRY(empty_one(db, found.ids[i], err));
	purge.count = found.count;
	*ret = purge;
	purge = (struct purge){ 0 };
	return 0;
}

/* ---- files ---- */

static bool is_marked(const struct purge *purge, const char *name)
{
	for (int i = 0; i < purge->mark_count; i++)
		if (strstr(name, purge->marks[i]))
			return true;
	return false;
}

static void close_folder(DIR **folder)
{
	if (*folder)
		closedir(*folder);
}

/* A missing folder holds nothing. */
static int clear_folder(const struct purge *purge, const char *path, struct err *err)
{
	CLEANUP(close_folder) DIR *folder = opendir(path);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder))) {
		CLEANUP(mem_free) char *file = mem_printf("%s/%s", path, entry->d_name);
		if (is_marked(purge, entry->d_name) && unlink(file) < 0 && errno != ENOENT)
			return err_set(err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, file));
	}
	return 0;
}

int purge_files(const struct purge *purge, const struct purge_folders *where, struct err *err)
{
	CLEANUP(mem_free) char *printed = mem_printf("%s/printed", where->dir);

	if (where->dir)
		TRY(clear_folder(purge, printed, err));
	for (int i = 0; where->config && i < PURPOSE_COUNT; i++) {
		const struct print_queue_config *queue = &where->config->queues[i];
		if (queue->mode == PRINT_FILE && queue->queue && *queue->queue)
			TRY(clear_folder(purge, queue->queue, err));
	}
	return 0;
}
