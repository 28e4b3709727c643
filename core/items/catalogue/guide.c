#include "core/items/catalogue/guide.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/store/acting.h"

#define TITLE_MAX_CHARS 30
#define LINE_MAX_CHARS  120

void guide_finish(struct guide *guide)
{
	free(guide->title);
	for (int i = 0; i < guide->count; i++)
		free(guide->lines[i]);
	*guide = (struct guide){ 0 };
}

/* ---- reading ---- */

static void read_lines(const char *text, struct guide *guide)
{
	while (*text && guide->count < GUIDE_LINES_MAX) {
		size_t len = strcspn(text, "\n");
		guide->lines[guide->count++] = mem_printf("%.*s", (int)len, text);
		text += len + (text[len] != '\0');
	}
}

int guide_get(struct db *db, int64_t category, struct guide *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"WITH RECURSIVE up (id, parent, depth) AS ("
		" SELECT id, parent, 0 FROM category WHERE id = :category UNION ALL"
		" SELECT c.id, c.parent, depth + 1 FROM up JOIN category AS c ON c.id = up.parent)"
		" SELECT g.id AS id, title, lines FROM up JOIN category_guide AS g ON g.id = up.id"
		" ORDER BY depth LIMIT 1",
		FIELDS(F_INT("category", category)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	*ret = (struct guide){ .title = mem_text(r ? query_text0(&q, "title") : "") };
	if (r == 0)
		return 0;
	ret->category = query_int(&q, "id");
	read_lines(query_text0(&q, "lines"), ret);
	return 0;
}

/* ---- writing ---- */

/* One text with a line feed between lines: "" when all are empty. */
static int accept_lines(const struct guide_draft *draft, char **ret, struct err *err)
{
	static const struct text_limits limits = { "guide", LINE_MAX_CHARS, true };
	CLEANUP(mem_free) char *all = mem_text("");
	int count = 0;

	for (int i = 0; i < draft->count; i++) {
		CLEANUP(mem_free) char *line = NULL;
		CLEANUP(mem_free) char *before = all;
		TRY(text_accept(draft->lines[i], strlen(draft->lines[i]), &limits, &line, err));
		count += *line != '\0';
		all = *line ? mem_printf("%s%s%s", before, *before ? "\n" : "", line)
			    : mem_text(before);
	}
	if (count > GUIDE_LINES_MAX) {
		struct reason reason = REASON_TEXT(NUMBER_RANGE, "guide");
		reason.n1 = 1;
		reason.n2 = GUIDE_LINES_MAX;
		return err_set(err, ERR_INVALID, reason);
	}
	*ret = TAKE(all);
	return 0;
}

static int write_row(
	struct acting *a, int64_t category, const char *title, const char *lines, struct err *err)
{
	int64_t has_one;

	TRY(db_integer(a->db, "SELECT 1 FROM category_guide WHERE id = :id",
		FIELDS(F_INT("id", category)), 0, &has_one, err));
	if (!*lines)
		return has_one ? act_delete(a, "category_guide", category, err) : 0;
	if (has_one)
		return act_update(a, "category_guide", category,
			FIELDS(F_TEXT("title", title), F_TEXT("lines", lines)), err);
	return act_insert(a, "category_guide",
		FIELDS(F_INT("id", category), F_TEXT("title", title), F_TEXT("lines", lines)), err);
}

int guide_set(struct db *db, const struct act *act, int64_t category,
	const struct guide_draft *draft, struct err *err)
{
	static const struct text_limits limits = { "title", TITLE_MAX_CHARS, true };
	const char *title_text = draft->title ? draft->title : "";
	CLEANUP(mem_free) char *title = NULL;
	CLEANUP(mem_free) char *lines = NULL;
	CLEANUP(category_finish) struct category found = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(text_accept(title_text, strlen(title_text), &limits, &title, err));
	TRY(accept_lines(draft, &lines, err));
	TRY(act_begin(&a, db, act, ACT_CATEGORY_GUIDE,
		FIELDS(F_INT("category", category), F_TEXT("title", title), F_TEXT("lines", lines)),
		err));
	if (a.is_repeat)
		return 0;
	TRY(category_get(db, category, &found, err));
	TRY(write_row(&a, category, title, lines, err));
	act_set_subject(&a, category, act->resident);
	return act_commit(&a, category, err);
}
