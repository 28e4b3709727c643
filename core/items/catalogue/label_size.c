#include "core/items/catalogue/label_size.h"

#include <math.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define CODE_MAX_CHARS 24
#define NAME_MAX_CHARS 40

/* A code of ours has 21 modules and a quiet zone of 4 on either side; its text is below it, in
 * hundredths of a millimetre. Beside it there is room for the title. */
#define MODULES    29
#define TEXT_BELOW 360
#define DOTS_PER   (8 / 100.0)
#define CODE_SHARE 0.62
#define DOTS_MAX   10

static const struct label_size stand_in = {
	.code = (char *)"roll-40x30",
	.name = (char *)"40 × 30 mm",
	.page_width = 4000,
	.page_height = 3000,
	.across = 1,
	.down = 1,
	.width = 4000,
	.height = 3000,
	.inside = 100,
};

static const struct column label_size_columns[] = {
	COLUMN(struct label_size, id),
	COLUMN(struct label_size, code),
	COLUMN(struct label_size, name),
	COLUMN(struct label_size, position),
	COLUMN(struct label_size, page_width),
	COLUMN(struct label_size, page_height),
	COLUMN(struct label_size, across),
	COLUMN(struct label_size, down),
	COLUMN(struct label_size, width),
	COLUMN(struct label_size, height),
	COLUMN(struct label_size, gap_x),
	COLUMN(struct label_size, gap_y),
	COLUMN(struct label_size, left_edge),
	COLUMN(struct label_size, top_edge),
	COLUMN(struct label_size, inside),
};
static const struct row_type label_size_rows = ROW_TYPE(struct label_size, label_size_columns);
ROW_FINISHER(label_size_finish, struct label_size, label_size_rows);
LIST_FINISHER(label_size_list_finish, struct label_size_list, label_size_rows);

int label_size_per_page(const struct label_size *size)
{
	return (int)(size->across * size->down);
}

bool label_size_is_roll(const struct label_size *size)
{
	return label_size_per_page(size) == 1;
}

int label_size_dots(const struct label_size *size)
{
	double high = (double)(size->height - 2 * size->inside - TEXT_BELOW) * DOTS_PER;
	double wide = (double)(size->width - 2 * size->inside) * DOTS_PER * CODE_SHARE;
	int dots = (int)floor((high < wide ? high : wide) / MODULES);

	return dots < DOTS_MAX ? dots : DOTS_MAX;
}

/* ---- reading ---- */

#define SIZE_SELECT                                                                              \
	"SELECT id, code, name, position, page_width, page_height, across, down, width, height," \
	" gap_x, gap_y, left_edge, top_edge, inside FROM label_size"

static struct label_size copy(const struct label_size *size)
{
	struct label_size own = *size;

	own.code = mem_text(size->code);
	own.name = mem_text(size->name);
	return own;
}

int label_sizes(struct db *db, struct label_size_list *ret, struct err *err)
{
	CLEANUP(label_size_list_finish) struct label_size_list list = { 0 };

	TRY(rows_list(
		db, &label_size_rows, SIZE_SELECT " ORDER BY position, id", NO_FIELDS, &list, err));
	if (list.count == 0) {
		list.rows = mem_alloc(sizeof(*list.rows));
		list.rows[list.count++] = copy(&stand_in);
	}
	*ret = list;
	list = (struct label_size_list){ 0 };
	return 0;
}

int label_size_by_code(struct db *db, const char *code, struct label_size *ret, struct err *err)
{
	CLEANUP(label_size_list_finish) struct label_size_list list = { 0 };

	TRY(label_sizes(db, &list, err));
	for (int i = 0; i < list.count; i++) {
		if (strcmp(list.rows[i].code, code) != 0)
			continue;
		*ret = copy(&list.rows[i]);
		return 0;
	}
	return err_set(err, ERR_NOT_FOUND, REASON_TEXT(LABEL_SIZE_UNKNOWN, code));
}

/* Equal within a millimetre, the precision with which people state paper sizes. */
static bool is_about(int64_t hundredths, double mm)
{
	return fabs((double)hundredths / 100 - mm) < 1;
}

int label_size_loaded(
	struct db *db, double width_mm, double height_mm, struct label_size *ret, struct err *err)
{
	CLEANUP(label_size_list_finish) struct label_size_list list = { 0 };
	int found = -1, roll = -1;

	TRY(label_sizes(db, &list, err));
	for (int i = list.count - 1; i >= 0; i--) {
		const struct label_size *size = &list.rows[i];
		if (is_about(size->page_width, width_mm) &&
			(height_mm <= 0 || is_about(size->page_height, height_mm)))
			found = i;
		if (label_size_is_roll(size))
			roll = i;
	}
	*ret = copy(&list.rows[found >= 0 ? found : roll >= 0 ? roll : 0]);
	return 0;
}

/* ---- changing ---- */

static int check_code(const char *code, struct err *err)
{
	size_t len = strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return code[len] ? err_set(err, ERR_INVALID, REASON_TEXT(TEXT_CONTROL, "code")) : 0;
}

static int check_numbers(const struct label_size *size, struct err *err)
{
	const struct {
		const char *name;
		int64_t value, min, max;
	} numbers[] = {
		{ "page_width", size->page_width, 2000, 42000 },
		{ "page_height", size->page_height, 1000, 60000 },
		{ "across", size->across, 1, 20 },
		{ "down", size->down, 1, 60 },
		{ "label_width", size->width, 1, 42000 },
		{ "label_height", size->height, 1, 60000 },
		{ "gap_x", size->gap_x, 0, 42000 },
		{ "gap_y", size->gap_y, 0, 60000 },
		{ "left_edge", size->left_edge, 0, 42000 },
		{ "top_edge", size->top_edge, 0, 60000 },
		{ "inside", size->inside, 0, 2000 },
	};

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (numbers[i].value < numbers[i].min || numbers[i].value > numbers[i].max)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, numbers[i].name));
	return 0;
}

static int check_fit(const struct label_size *size, struct err *err)
{
	int64_t right =
		size->left_edge + size->across * size->width + (size->across - 1) * size->gap_x;
	int64_t bottom =
		size->top_edge + size->down * size->height + (size->down - 1) * size->gap_y;
	struct err refusal = { 0 };

	if (right > size->page_width || bottom > size->page_height)
		err_refuse(&refusal, REASON(LABEL_OUTSIDE));
	if (label_size_dots(size) < LABEL_DOTS_MIN)
		err_refuse(&refusal, REASON(LABEL_SMALL));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

/* The code is unique. */
static int check_code_is_free(struct db *db, const char *code, int64_t id, struct err *err)
{
	int64_t other;

	TRY(db_integer(db, "SELECT id FROM label_size WHERE code = :code",
		FIELDS(F_TEXT("code", code)), 0, &other, err));
	return other && other != id ? err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, code)) : 0;
}

static int check_known(struct db *db, int64_t id, struct err *err)
{
	int64_t is_known;

	TRY(db_integer(db, "SELECT 1 FROM label_size WHERE id = :id", FIELDS(F_INT("id", id)), 0,
		&is_known, err));
	return is_known ? 0 : err_set(err, ERR_NOT_FOUND, REASON_TEXT(LABEL_SIZE_UNKNOWN, ""));
}

#define SIZE_FIELDS(size, code_, name_, position_)                                          \
	F_TEXT("code", code_), F_TEXT("name", name_), F_INT("position", position_),         \
		F_INT("page_width", (size)->page_width),                                    \
		F_INT("page_height", (size)->page_height), F_INT("across", (size)->across), \
		F_INT("down", (size)->down), F_INT("width", (size)->width),                 \
		F_INT("height", (size)->height), F_INT("gap_x", (size)->gap_x),             \
		F_INT("gap_y", (size)->gap_y), F_INT("left_edge", (size)->left_edge),       \
		F_INT("top_edge", (size)->top_edge), F_INT("inside", (size)->inside)

/* A new one comes after the others unless its position is given. */
static int place_of(struct db *db, const struct label_size *size, int64_t *ret, struct err *err)
{
	*ret = size->position;
	if (size->position)
		return 0;
	return db_integer(db, "SELECT max(position) + 1 FROM label_size", NO_FIELDS, 1, ret, err);
}

static int write_size(struct acting *a, const struct label_size *size, const char *code,
	const char *name, int64_t *ret_id, struct err *err)
{
	int64_t position;

	if (size->id)
		TRY(check_known(a->db, size->id, err));
	TRY(check_code_is_free(a->db, code, size->id, err));
	TRY(check_fit(size, err));
	TRY(place_of(a->db, size, &position, err));
	*ret_id = size->id ? size->id : act_new_id(a);
	act_set_subject(a, *ret_id, a->act->resident);
	if (size->id)
		return act_update(a, "label_size", *ret_id,
			FIELDS(SIZE_FIELDS(size, code, name, position)), err);
	return act_insert(a, "label_size",
		FIELDS(F_INT("id", *ret_id), SIZE_FIELDS(size, code, name, position)), err);
}

int label_size_set(struct db *db, const struct act *act, const struct label_size *size,
	int64_t *ret_id, struct err *err)
{
	static const struct text_limits code_limits = { "code", CODE_MAX_CHARS, false };
	static const struct text_limits name_limits = { "name", NAME_MAX_CHARS, false };
	CLEANUP(mem_free) char *code = NULL;
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(text_accept(size->code, strlen(size->code), &code_limits, &code, err));
	TRY(check_code(code, err));
	TRY(text_accept(size->name, strlen(size->name), &name_limits, &name, err));
	TRY(check_numbers(size, err));
	TRY(act_begin(&a, db, act, ACT_LABEL_SIZE_SET,
		FIELDS(F_ID("id", size->id), SIZE_FIELDS(size, code, name, size->position)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(write_size(&a, size, code, name, &id, err));
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int label_size_remove(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_LABEL_SIZE_REMOVE, FIELDS(F_INT("id", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(check_known(db, id, err));
	act_set_subject(&a, id, act->resident);
	TRY(act_delete(&a, "label_size", id, err));
	return act_commit(&a, id, err);
}
