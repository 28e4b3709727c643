#include "core/people/household.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define PLACE_CHARS_MAX 30

/* ---- comparing places ---- */

/* Words and characters that only separate; the longest of a kind first. */
static const char *const separators[] = { "单元", "号楼", "栋", "座", "幢", "楼", "室", "房", "号",
	"层", "之", "-", "#", "/", ".", ",", "_", " ", "－", "—", "–", "、", "，", "。" };

static size_t separator_at(const char *s)
{
	for (size_t i = 0; i < ARRAY_LEN(separators); i++) {
		size_t len = strlen(separators[i]);
		if (strncmp(s, separators[i], len) == 0)
			return len;
	}
	return 0;
}

/* The value of a Chinese numeral, 10 and 100 for 十 and 百, or -1. */
static int numeral(unsigned c)
{
	static const struct {
		unsigned character;
		int value;
	} numerals[] = {
		{ 0x3007, 0 },  /* 〇 */
		{ 0x96F6, 0 },  /* 零 */
		{ 0x4E00, 1 },  /* 一 */
		{ 0x4E8C, 2 },  /* 二 */
		{ 0x4E24, 2 },  /* 两 */
		{ 0x4E09, 3 },  /* 三 */
		{ 0x56DB, 4 },  /* 四 */
		{ 0x4E94, 5 },  /* 五 */
		{ 0x516D, 6 },  /* 六 */
		{ 0x4E03, 7 },  /* 七 */
		{ 0x516B, 8 },  /* 八 */
		{ 0x4E5D, 9 },  /* 九 */
		{ 0x5341, 10 }, /* 十 */
		{ 0x767E, 100 } /* 百 */
	};

	for (size_t i = 0; i < ARRAY_LEN(numerals); i++)
		if (numerals[i].character == c)
			return numerals[i].value;
	return -1;
}

/* Reads a run of Chinese numerals: 十二 and 一百零二 by value, 五零二 digit by digit. Returns what
 * was read, 0 characters when there is none. */
static size_t read_numerals(const char *s, struct bytes *out)
{
	char digits[PLACE_CHARS_MAX * 2 + 2];
	const char *at = s, *ahead = s;
	bool has_unit = false;
	int value = 0, digit = 0, n;
	size_t count = 0;

	while (count < sizeof(digits) - 1 && (n = numeral(text_next(&ahead))) >= 0) {
		at = ahead;
		if (n < 10) {
			digits[count++] = (char)('0' + n);
			digit = n;
			continue;
		}
		has_unit = true;
		value += (digit ? digit : 1) * n;
		digit = 0;
		count++;
	}
	if (at == s)
		return 0;
	if (has_unit)
		count = (size_t)snprintf(digits, sizeof(digits), "%d", value + digit);
	bytes_add(out, digits, count);
	return (size_t)(at - s);
}

static void write_place(const char *s, struct bytes *out, bool *has_any)
{
	bool is_parted = *has_any; /* building and room always are */

	while (*s) {
		size_t skip = separator_at(s);
		if (skip) {
			is_parted = *has_any;
			s += skip;
			continue;
		}
		if (is_parted || !*has_any) {
			bytes_add_text(out, is_parted ? "-" : "");
			/* 03栋 is 3栋 */
			while (*s == '0' && s[1] >= '0' && s[1] <= '9')
				s++;
		}
		is_parted = false;
		*has_any = true;
		size_t numerals = read_numerals(s, out);
		if (numerals) {
			s += numerals;
			continue;
		}
		const char *from = s;
		text_next(&s);
		char small = (char)(*from + 'a' - 'A');
		bool is_capital = *from >= 'A' && *from <= 'Z';
		bytes_add(out, is_capital ? &small : from, (size_t)(s - from));
	}
}

char *household_place(const char *building, const char *room)
{
	CLEANUP(mem_free) char *first = text_narrow(building ? building : "");
	CLEANUP(mem_free) char *second = text_narrow(room ? room : "");
	struct bytes place = { 0 };
	bool has_any = false;

	write_place(first, &place, &has_any);
	write_place(second, &place, &has_any);
	bytes_add(&place, "", 1);
	return (char *)place.data;
}

/* ---- an address in one line ---- */

/* The last of these words separates building and room; it belongs to the building. */
static const char *const building_ends[] = { "单元", "号楼", "栋", "幢", "座", "楼", "梯" };
static const char *const room_ends[] = { "室", "房", "户", "号" };
static const char address_signs[] = "-#/_ ";

static bool drop_end(char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	if (len <= end_len || strcmp(text + len - end_len, end) != 0)
		return false;
	text[len - end_len] = '\0';
	return true;
}

/* Narrow, dashes of all kinds as -, no spaces at the ends. The caller's. */
static char *plain_address(const char *address)
{
	static const char *const dashes[] = { "—", "–", "－", "﹣", "─", "~" };
	CLEANUP(mem_free) char *narrow = text_narrow(address);
	struct bytes plain = { 0 };

	for (const char *at = narrow + strspn(narrow, " "); *at;) {
		size_t len = 0;
		for (size_t i = 0; i < ARRAY_LEN(dashes) && len == 0; i++)
			if (strncmp(at, dashes[i], strlen(dashes[i])) == 0)
				len = strlen(dashes[i]);
		bytes_add(&plain, len ? "-" : at, 1);
		at += len ? len : 1;
	}
	while (plain.size > 0 && plain.data[plain.size - 1] == ' ')
		plain.size--;
	bytes_add(&plain, "", 1);
	return (char *)plain.data;
}

/* After the name of the estate, in which everybody who comes here lives. */
static const char *without_estate(const char *address)
{
	static const char *const ends[] = { "小区", "社区" };
	const char *from = address;

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		for (const char *at; (at = strstr(from, ends[i])) && at[strlen(ends[i])];)
			from = at + strlen(ends[i]);
	return from + strspn(from, address_signs);
}

/* Where the room begins: after the last word that ends a building, or the last separator. */
static size_t room_start(const char *address)
{
	size_t start = 0;

	for (size_t i = 0; i < ARRAY_LEN(building_ends); i++)
		for (const char *at = address; (at = strstr(at, building_ends[i]));) {
			at += strlen(building_ends[i]);
			if (*at && (size_t)(at - address) > start)
				start = (size_t)(at - address);
		}
	for (const char *at = address + start; (at = strpbrk(at, address_signs));)
		if (*++at)
			start = (size_t)(at - address);
	if (start > 0)
		return start;
	for (start = strlen(address); start > 0 && strchr("0123456789", address[start - 1]);)
		start--;
	return start;
}

/* 3 → 3栋, 3-2 → 3栋2单元: bare numbers get their word. The caller's. */
static char *name_building(const char *building)
{
	size_t first = strspn(building, "0123456789");
	const char *rest = building + first;

	if (first > 0 && !*rest)
		return mem_printf("%s栋", building);
	if (first > 0 && *rest == '-' && strspn(rest + 1, "0123456789") == strlen(rest + 1))
		return mem_printf("%.*s栋%s单元", (int)first, building, rest + 1);
	return mem_text(building);
}

void household_split(const char *address, char **ret_building, char **ret_room)
{
	CLEANUP(mem_free) char *plain = plain_address(address);
	CLEANUP(mem_free) char *place = mem_text(without_estate(plain));
	CLEANUP(mem_free) char *building = NULL;

	for (size_t i = 0; i < ARRAY_LEN(room_ends); i++)
		if (drop_end(place, room_ends[i]))
			break;
	size_t start = room_start(place);
	building = mem_text_n(place, start);
	for (size_t len = start; len > 0 && strchr(address_signs, building[len - 1]);)
		building[--len] = '\0';
	*ret_room = mem_text(place + start);
	*ret_building = name_building(building);
}

/* ---- reading ---- */

int household_members(struct db *db, int64_t id, int64_t **ret, struct err *err)
{
	return rows_ids(db,
		"SELECT id FROM resident WHERE household = :household AND left_on IS NULL"
		" ORDER BY number",
		FIELDS(F_INT("household", id)), ret, err);
}

/* ---- the act ---- */

static int find(struct db *db, const char *place, int64_t *ret, struct err *err)
{
	return db_integer(db, "SELECT min(id) FROM household_private WHERE place = :place",
		FIELDS(F_TEXT("place", place)), 0, ret, err);
}

static const char *or_null(const char *s)
{
	return *s ? s : NULL;
}

/* The journal records that there is one more household, and its number, never where it is. */
static int add(struct acting *a, const char *building, const char *room, const char *place,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(mem_free) char *room_key = household_place(NULL, room);
	int64_t id = act_new_id(a), number;

	TRY(db_integer(a->db, NEXT_NUMBER("household"), NO_FIELDS, 1, &number, err));
	TRY(act_insert(a, "household", FIELDS(F_INT("id", id), F_INT("number", number)), err));
	TRY(act_private(a, "household_private", id,
		FIELDS(F_TEXT("building", or_null(building)), F_TEXT("room", or_null(room)),
			F_TEXT("place", place), F_TEXT("room_key", or_null(room_key))),
		err));
	*ret_id = id;
	return 0;
}

int household_at(struct db *db, const struct act *act, const char *building, const char *room,
	int64_t *ret_id, struct err *err)
{
	static const struct text_limits limits[] = { { "building", PLACE_CHARS_MAX, true },
		{ "room", PLACE_CHARS_MAX, true } };
	CLEANUP(mem_free) char *b = NULL, *r = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id = 0;

	building = building ? building : "";
	room = room ? room : "";
	TRY(text_accept(building, strlen(building), &limits[0], &b, err));
	TRY(text_accept(room, strlen(room), &limits[1], &r, err));
	CLEANUP(mem_free) char *place = household_place(b, r);
	if (*place)
		TRY(find(db, place, &id, err));
	if (!*place || id) {
		*ret_id = id;
		return 0;
	}
	TRY(act_begin(&a, db, act, ACT_HOUSEHOLD_ADD, NO_FIELDS, err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(find(db, place, &id, err)); /* now that nobody else writes */
	if (!id)
		TRY(add(&a, b, r, place, &id, err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}
