#include "tests/record/sheets.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "tests/record/stage.h"
#include "tests/walk/sheets.h"
#include "tests/walk/walk.h"
#include "tui/i18n.h"

#define WALK_END 1610240400 /* 2021-01-10T09:00+08:00 */

/* ---- random numbers that are always the same ---- */

static uint64_t random_state;

static const char *random_name(void)
{
	return "still";
}

static uint32_t random_draw(void)
{
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(random_state >> 32);
}

static void random_fill(void *const out, const size_t size)
{
	for (size_t i = 0; i < size; i++)
		((unsigned char *)out)[i] = (unsigned char)random_draw();
}

static randombytes_implementation still_random = {
	.implementation_name = random_name,
	.random = random_draw,
	.buf = random_fill,
};

/* ---- sheets ---- */

static int draw(
	struct db *db, const struct walk_sheet *sheet, const char *language, int64_t id, FILE *out)
{
	const struct letterhead head = { .language = language };
	CLEANUP(sheet_destroyp) struct sheet *drawn = NULL;
	struct err err = { 0 };

	if (sheet->draw(db, &head, id, &drawn, &err) < 0)
		record_die("%s of %lld: %s", sheet->builder, (long long)id, err.detail);
	CLEANUP(mem_free) char *text = sheet_take_text(drawn);
	fprintf(out, "==== %s %lld %s\n%s\n", sheet->builder, (long long)id, language, text);
	return 1;
}

static int record_builder(struct db *db, const struct walk_sheet *sheet, const char *path)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	CLEANUP(mem_free) char *before = record_read(path);
	CLEANUP(mem_free) char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	struct err err = { 0 };
	int r, count = 0;

	fputs(before ? before : "", out);
	if (query_open(&q, db, sheet->rows, NO_FIELDS, &err) < 0)
		record_die("%s: %s", sheet->rows, err.detail);
	while ((r = query_next(&q, &err)) > 0) {
		int64_t id = query_int(&q, "id");
		if (count == 0) {
			i18n_use(I18N_CHINESE);
			count += draw(db, sheet, "zh_CN", id, out);
			i18n_use(I18N_ENGLISH);
		}
		count += draw(db, sheet, "en", id, out);
	}
	fclose(out);
	record_write(path, text);
	return count;
}

int sheets_record(const char *dir, const char *scratch)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", scratch);
	struct clock clock = clock_set(WALK_END);
	struct db *db = NULL;
	struct err err = { 0 };
	int count = 0;

	randombytes_set_implementation(&still_random);
	i18n_start(I18N_ENGLISH);
	walk_every_act(scratch);
	if (db_open(path, DB_OPEN, &clock, &db, &err) < 0)
		record_die("%s: %s", path, err.detail);
	for (const struct walk_sheet *sheet = walk_sheets; sheet->builder; sheet++) {
		CLEANUP(mem_free) char *to = mem_printf("%s/%s.txt", dir, sheet->builder);
		count += record_builder(db, sheet, to);
	}
	db_close(db);
	return count;
}
