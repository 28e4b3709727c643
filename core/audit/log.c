#include "core/audit/log.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/items/lending/loan_sql.h"
#include "core/store/journal.h"
#include "core/store/rows.h"

/* ---- kinds ---- */

/* A kind belongs to the group that lists the part before its dot, or its whole name. */
static const struct {
	const char *name, *nouns;
} groups[LOG_GROUP_COUNT] = {
	[LOG_ALL] = { "all", "" },
	[LOG_LENDING] = { "lending", " loan return renew claim hold deposit " },
	[LOG_THINGS] = { "things", " category label_size rule title item kit stock stocktake ticket"
				   " donation giveaway swap sale departure " },
	[LOG_PEOPLE] = { "people", " household resident resident_category phone card kin message"
				   " code fetchers " },
	[LOG_ROOMS] = { "rooms", " venue session sessions exception blackout booking bookings thing"
				 " handover series " },
	[LOG_DUTY] = { "duty", " shift shifts shift_type duty_role template volunteer team"
			       " assignment roster attendance service certificate hours.approve"
			       " hours.reverse holidays " },
	[LOG_POINTS] = { "points", " account transfer reversal body freeze points ranking exempt"
				   " earn_rule earn earning skill reward redeem redemption voucher"
				   " use_right fund merchant settlement " },
	[LOG_HOUSE] = { "house", "" },
};

static bool is_named_in(const char *nouns, const char *word, size_t len)
{
	CLEANUP(mem_free) char *padded = mem_printf(" %.*s ", (int)len, word);

	return strstr(nouns, padded) != NULL;
}

enum log_group log_group_of(enum act_kind kind)
{
	const char *name = act_kind_table[kind].name;

	for (int g = LOG_ALL + 1; g < LOG_HOUSE; g++)
		if (is_named_in(groups[g].nouns, name, strcspn(name, ".")) ||
			is_named_in(groups[g].nouns, name, strlen(name)))
			return (enum log_group)g;
	return LOG_HOUSE;
}

struct log_kinds log_kinds_in(enum log_group group)
{
	struct log_kinds kinds = { 0 };

	for (int k = 0; k < ACT_KIND_COUNT; k++)
		kinds.has[k] = group == LOG_ALL || log_group_of((enum act_kind)k) == group;
	return kinds;
}

int log_kinds_parse(const char *text, struct log_kinds *ret, struct err *err)
{
	struct log_kinds kinds = { 0 };
	size_t len = strlen(text);
	bool is_any = false;

	for (int g = 0; g < LOG_GROUP_COUNT; g++)
		if (strcmp(text, groups[g].name) == 0) {
			*ret = log_kinds_in((enum log_group)g);
			return 0;
		}
	for (int k = 0; k < ACT_KIND_COUNT; k++) {
		const char *name = act_kind_table[k].name;
		kinds.has[k] = strncmp(name, text, len) == 0 && (!name[len] || name[len] == '.');
		is_any = is_any || kinds.has[k];
	}
	if (!is_any)
		return err_set(err, ERR_INVALID, REASON_TEXT(WORD_BAD, "kind"));
	*ret = kinds;
	return 0;
}

/* ",loan.open,loan.return,": searched for ",KIND,"; NULL for all. The caller's. */
static char *kinds_text(const struct log_kinds *kinds)
{
	CLEANUP(bytes_finish) struct bytes text = { 0 };

	if (!kinds)
		return NULL;
	bytes_add_text(&text, ",");
	for (int k = 0; k < ACT_KIND_COUNT; k++) {
		if (!kinds->has[k])
			continue;
		bytes_add_text(&text, act_kind_table[k].name);
		bytes_add_text(&text, ",");
	}
	return mem_text_n((const char *)text.data, text.size);
}

/* ---- what an act is about ---- */

/* An id belongs to one row of one table: the first table that has it names it. Nothing here is a
 * person's name; the reader looks those up with their own rights. */
static const char subject_sql[] =
	"SELECT title.name || printf(' %06d', item.number) AS name FROM item"
	" JOIN title ON title.id = item.title WHERE item.id = :id"
	" UNION ALL SELECT title.name || printf(' %06d', item.number) FROM loan"
	" JOIN item ON item.id = loan.item JOIN title ON title.id = item.title WHERE loan.id = :id"
	" UNION ALL SELECT name FROM title WHERE id = :id"
	" UNION ALL SELECT name FROM category WHERE id = :id"
	" UNION ALL SELECT name FROM label_size WHERE id = :id"
	" UNION ALL SELECT ifnull(category.name, '') FROM rule"
	" LEFT JOIN category ON category.id = rule.category WHERE rule.id = :id"
	" UNION ALL SELECT name FROM venue WHERE id = :id"
	" UNION ALL SELECT venue.name || ' ' || booking.number FROM booking"
	" JOIN venue ON venue.id = booking.venue WHERE booking.id = :id"
	" UNION ALL SELECT venue.name FROM booking_series"
	" JOIN venue ON venue.id = booking_series.venue WHERE booking_series.id = :id"
	" UNION ALL SELECT venue.name FROM blackout JOIN venue ON venue.id = blackout.venue"
	" WHERE blackout.id = :id"
	" UNION ALL SELECT venue_thing.name FROM venue_thing WHERE id = :id"
	" UNION ALL SELECT name FROM shift WHERE id = :id"
	" UNION ALL SELECT shift.name FROM assignment JOIN shift ON shift.id = assignment.shift"
	" WHERE assignment.id = :id"
	" UNION ALL SELECT name FROM shift_type WHERE id = :id"
	" UNION ALL SELECT name FROM duty_team WHERE id = :id"
	" UNION ALL SELECT name FROM body WHERE id = :id"
	" UNION ALL SELECT name FROM earn_rule WHERE id = :id"
	" UNION ALL SELECT earn_rule.name FROM earning JOIN earn_rule ON earn_rule.id = "
	"earning.rule"
	" WHERE earning.id = :id"
	" UNION ALL SELECT name FROM reward WHERE id = :id"
	" UNION ALL SELECT reward.name FROM redemption JOIN reward ON reward.id = redemption.reward"
	" WHERE redemption.id = :id"
	" UNION ALL SELECT name FROM setting WHERE id = :id"
	" UNION ALL SELECT code FROM staff WHERE id = :id"
	" LIMIT 1";

static int read_subject(struct db *db, int64_t id, char **ret, struct err *err)
{
	if (id == 0) {
		*ret = mem_text("");
		return 0;
	}
	int r = db_text(db, subject_sql, FIELDS(F_INT("id", id)), ret, err);
	return r < 0 ? r : 0;
}

/* For these the result says what they were about, not the subject. */
static int read_about(
	struct db *db, const struct query *q, enum act_kind kind, char **ret, struct err *err)
{
	int64_t result = query_int(q, "result");

	if (kind == ACT_PHONE_LIST) {
		*ret = mem_printf("%lld", (long long)result);
		return 0;
	}
	bool is_told = kind == ACT_EARN || kind == ACT_SETTING_SET;
	return read_subject(db, is_told ? result : query_int(q, "subject"), ret, err);
}

/* ---- reading ---- */

/* `found` decides which index is used; the rest only filters. */
#define LOG_SELECT(found)                                                                        \
	"SELECT seq, recorded_at, occurred_at, kind, role, actor, approver, resident, subject,"  \
	" result, undoes, (SELECT why FROM journal_why WHERE journal_why.id = seq) AS why,"      \
	" EXISTS (SELECT 1 FROM journal AS later WHERE later.undoes = journal.seq) AS is_undone" \
	" FROM journal WHERE " found " AND seq < :before AND seq BETWEEN :first AND :last"       \
	" AND (:resident = 0 OR resident = :resident)"                                           \
	" AND (:staff = 0 OR actor = :staff OR approver = :staff)"                               \
	" AND (:kinds IS NULL OR instr(:kinds, ',' || kind || ','))"                             \
	" ORDER BY seq DESC LIMIT :limit"

static const char all_sql[] = LOG_SELECT("(:item = 0)");
static const char resident_sql[] = LOG_SELECT("(:item = 0) AND resident = :resident");
static const char item_sql[] =
	LOG_SELECT("subject IN (SELECT :item UNION ALL SELECT title FROM item WHERE id = :item"
		   " UNION ALL " LOANS_ALL("id", "item = :item") ")");

static enum act_kind kind_of(const char *name)
{
	for (int k = 0; k < ACT_KIND_COUNT; k++)
		if (strcmp(name, act_kind_table[k].name) == 0)
			return (enum act_kind)k;
	return ACT_KIND_COUNT;
}

static int read_kind(const struct query *q, void *row, struct err *err)
{
	struct log_entry *entry = row;

	entry->kind = kind_of(entry->kind_name);
	return read_about(q->db, q, entry->kind, &entry->subject, err);
}

static const struct column entry_columns[] = {
	COLUMN(struct log_entry, seq),
	COLUMN(struct log_entry, recorded_at),
	COLUMN(struct log_entry, occurred_at),
	COLUMN_AS(struct log_entry, kind_name, "kind"),
	COLUMN_NUMBER(struct log_entry, role),
	COLUMN(struct log_entry, actor),
	COLUMN(struct log_entry, approver),
	COLUMN(struct log_entry, resident),
	COLUMN(struct log_entry, undoes),
	COLUMN(struct log_entry, is_undone),
	COLUMN_TO_FILL(struct log_entry, subject),
	COLUMN(struct log_entry, why),
};
static const struct row_type entry_rows = ROW_TYPE_MORE(struct log_entry, entry_columns, read_kind);
LIST_FINISHER(log_list_finish, struct log_list, entry_rows);

/* The rows that were recorded on the requested days. */
static int find_days(struct db *db, const struct log_filter *filter, int64_t *ret_first,
	int64_t *ret_last, struct err *err)
{
	struct journal_head head;

	TRY(journal_head(db, &head, err));
	*ret_first = 1;
	*ret_last = head.seq;
	if (filter->from)
		TRY(journal_row_from(db, when_day_start(*filter->from), head.seq, ret_first, err));
	if (!filter->until)
		return 0;
	TRY(journal_row_from(
		db, when_day_start(day_add(*filter->until, 1)), head.seq, ret_last, err));
	--*ret_last;
	return 0;
}

static const char *sql_for(const struct log_filter *filter)
{
	if (filter->item)
		return item_sql;
	return filter->resident ? resident_sql : all_sql;
}

int log_read(struct db *db, const struct log_filter *filter, struct log_list *ret, struct err *err)
{
	CLEANUP(mem_free) char *kinds = kinds_text(filter->kinds);
	int64_t first, last;

	TRY(find_days(db, filter, &first, &last, err));
	return rows_list(db, &entry_rows, sql_for(filter),
		FIELDS(F_INT("before", filter->before ? filter->before : INT64_MAX),
			F_INT("first", first), F_INT("last", last), F_INT("item", filter->item),
			F_INT("resident", filter->resident), F_INT("staff", filter->staff),
			F_TEXT("kinds", kinds), F_INT("limit", filter->limit)),
		ret, err);
}
