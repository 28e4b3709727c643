/* The house, its staff and its residents: on 1 November. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/people/card.h"
#include "core/people/child.h"
#include "core/people/consent.h"
#include "core/people/household.h"
#include "core/people/lockout.h"
#include "core/people/message.h"
#include "core/people/pause.h"
#include "core/people/phone.h"
#include "core/people/resident_acts.h"
#include "core/people/staff.h"
#include "core/people/staff_card.h"
#include "core/points/person.h"
#include "core/site/holiday.h"
#include "core/site/hours.h"
#include "core/site/setting.h"
#include "core/site/site.h"
#include "tests/walk/walk.h"

static void make_house(struct walk *w)
{
	const struct act admin = by_admin(w), coordinator = by_coordinator(w);
	const struct holiday holidays[] = {
		{ walk_day(w, "2020-10-01"), HOLIDAY_OFF, "国庆节" },
		{ walk_day(w, "2020-12-05"), HOLIDAY_WORK, "调休" },
	};
	const struct closure cleaning = { .from = walk_day(w, "2020-11-30"),
		.until = walk_day(w, "2020-11-30"),
		.name = "大扫除" };
	struct closure shorter = { .from = walk_day(w, "2020-12-24"),
		.until = walk_day(w, "2020-12-25"),
		.has_hours = true,
		.opens = 600,
		.closes = 720,
		.name = "盘点" };
	struct opening week[7];
	int64_t id;

	MUST(w, site_set(w->db, &admin,
			&(struct site){ "榕荫共享家", "试验社区", "0757-00000000", "试验路 1 号",
				"多谢街坊" },
			&w->err));
	for (int i = 0; i < 7; i++)
		week[i] = (struct opening){ i + 1, 540, 1260 };
	MUST(w, hours_set(w->db, &coordinator, week, 7, &w->err));
	MUST(w, holidays_set(w->db, &coordinator, holidays, 2, &w->err));
	MUST(w, closure_add(w->db, &coordinator, &cleaning, &id, &w->err));
	MUST(w, closure_add(w->db, &coordinator, &shorter, &id, &w->err));
	MUST(w, closure_remove(w->db, &coordinator, id, &w->err));
	MUST(w, setting_set(w->db, &coordinator, SETTING_POINTS_MONTHS, "1", &w->err));
	MUST(w, setting_set(w->db, &coordinator, SETTING_DONATION_POINTS, "5", &w->err));
	MUST(w, setting_set(w->db, &coordinator, SETTING_NEIGHBOUR_OWES, "20", &w->err));
}

static int64_t add_staff(struct walk *w, const char *code, enum role role)
{
	const struct act admin = by_admin(w);
	const struct staff_new draft = { .code = code, .name = "试用员", .role = role };
	int64_t id = 0;

	MUST(w, staff_add(w->db, &admin, &draft, &id, &w->err));
	return id;
}

static void write_pin(const struct walk *w, const char *pin)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/pin", w->dir);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, pin, strlen(pin)), strlen(pin));
	close(fd);
}

/* Somebody tried the shell's PIN too often. */
static void unlock(struct walk *w, int64_t staff)
{
	const struct act admin = by_admin(w);

	for (int i = 0; i < LOCKOUT_TRIES; i++)
		MUST(w, lockout_count(w->db, staff, LOCKOUT_SHELL, &w->err));
	MUST(w, staff_unlock(w->db, &admin, staff, &w->err));
}

static void make_staff(struct walk *w)
{
	const struct act admin = by_admin(w);
	CLEANUP(mem_free) char *token = mem_printf("%s/token", w->dir);
	char hash[STAFF_HASH_SIZE], card[CODE_TEXT_MAX];
	struct pepper pepper;

	MUST(w, pepper_create(w->dir, &pepper, &w->err));
	w->coordinator = add_staff(w, "luo", ROLE_ADMIN);
	w->volunteer = add_staff(w, "wei", ROLE_VOLUNTEER);
	write_pin(w, WALK_PIN);
	MUST(w, staff_pin_hash(&pepper, w->coordinator, WALK_PIN, hash, &w->err));
	MUST(w, staff_pin_set(w->db, &admin, w->coordinator, hash, &w->err));
	MUST(w, staff_card_issue(w->db, &admin, w->coordinator, card, &w->err));
	unlock(w, w->coordinator);
	w->night = add_staff(w, "night", ROLE_SERVICE);
	MUST(w, staff_token_issue(w->db, &admin, w->night, token, &w->err));
	MUST(w, staff_leave(w->db, &admin, add_staff(w, "former", ROLE_COORDINATOR), &w->err));
}

/* Of a household of three each, the third a child; some serve, one is a group. */
static void add_person(struct walk *w, int i)
{
	static const char *const marks[] = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛" };
	static const enum wall_name walls[] = { WALL_FULL, WALL_ALIAS, WALL_MASKED };
	const struct act volunteer = by_volunteer(w);
	CLEANUP(mem_free) char *name = mem_printf("试%s%s", marks[i / 8], marks[i % 8]);
	CLEANUP(mem_free) char *alias = mem_printf("%s伯", marks[i % 8]);
	CLEANUP(mem_free) char *phone = mem_printf("0757-000000%02d", i);
	CLEANUP(mem_free) char *room = mem_printf("%d0%d", 1 + i / 6, 1 + i / 3 % 2);
	const bool is_child = i % 3 == 2 && i < 12;
	const struct resident_new draft = { .name = name,
		.alias = alias,
		.phone = is_child ? NULL : phone,
		.note = i == 4 ? "下午来" : NULL,
		.building = i < 20 ? "3栋" : NULL,
		.room = i < 20 ? room : NULL,
		.category = i == 23   ? "group"
			    : i >= 12 ? "volunteer"
				      : "resident",
		.guardian = is_child ? w->people[i - 1] : 0,
		.birth_year = is_child ? 2012 : 0,
		.wall_name = walls[i % 3],
		.is_wall_chosen = true,
		.consent_version = "2026-1" };

	MUST(w, resident_add(w->db, &volunteer, &draft, &w->people[i], &w->err));
}

static void make_residents(struct walk *w)
{
	static const struct {
		const char *code, *name;
	} categories[] = { { "resident", "居民" }, { "volunteer", "志愿者" }, { "group", "团体" } };
	const struct act coordinator = by_coordinator(w);
	const struct act volunteer = by_volunteer(w);
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	CLEANUP(mem_free) char *phone = NULL;
	char card[CODE_TEXT_MAX];
	int64_t id;

	for (size_t i = 0; i < ARRAY_LEN(categories); i++)
		MUST(w, resident_category_add(w->db, &coordinator, categories[i].code,
				categories[i].name, &id, &w->err));
	MUST(w, household_at(w->db, &volunteer, "9栋", "901", &id, &w->err));
	for (int i = 0; i < PEOPLE; i++)
		add_person(w, i);
	for (int i = 0; i < PEOPLE - 2; i++)
		MUST(w, card_issue(w->db, &volunteer, w->people[i], card, NULL, &w->err));
	MUST(w, card_issue(w->db, &volunteer, w->people[3], card, NULL, &w->err));
	MUST(w, card_revoke(w->db, &volunteer, w->people[21], &w->err));
	edit.alias = "老街坊";
	edit.building = "5栋";
	edit.room = "501";
	MUST(w, resident_edit(w->db, &volunteer, w->people[6], &edit, &w->err));
	MUST(w, phone_reveal(w->db, &volunteer, w->people[0], &phone, &w->err));
	MUST(w, resident_leave(w->db, &coordinator, w->people[22], &w->err));
	MUST(w, ranking_choose(w->db, &volunteer, w->people[7], true, &w->err));
	MUST(w, exempt_set(w->db, &volunteer, w->people[9], true, &w->err));
}

/* What is agreed with them later: a notice that changed, a pause, who fetches a child. */
static void make_agreements(struct walk *w)
{
	const struct act volunteer = by_volunteer(w), coordinator = by_coordinator(w);
	const struct act self = by_self(w->people[1]);

	MUST(w, consent_give(w->db, &self, w->people[1], "2026-2", &w->err));
	MUST(w, consent_give(w->db, &self, w->people[2], "2026-2", &w->err));
	MUST(w, fetchers_set(w->db, &volunteer, w->people[2], "1；试奶奶 0757-00000099", &w->err));
	MUST(w, pause_begin(w->db, &coordinator, w->people[18], walk_day(w, "2020-11-20"),
			"常常不来", &w->err));
	MUST(w, pause_end(w->db, &coordinator, w->people[18], &w->err));
	MUST(w, pause_begin(w->db, &coordinator, w->people[19], walk_day(w, "2020-11-02"),
			"借了不还", &w->err));
	MUST(w, phone_note_list(w->db, &volunteer, PEOPLE, &w->err));
}

static void make_messages(struct walk *w)
{
	const struct act volunteer = by_volunteer(w), self = by_self(w->people[0]);
	const struct message swapped = { .kind = MESSAGE_SHIFT_SWAPPED,
		.about = (char *)"服务台",
		.start_at = w->clock.set_wall,
		.end_at = w->clock.set_wall + 3600 };
	int64_t id;

	MUST(w, message_add(w->db, &volunteer, w->people[0], "伞找到了", &id, &w->err));
	MUST(w, message_read(w->db, &self, id, &w->err));
	MUST(w, message_add(w->db, &volunteer, w->people[1], "请来取书", &id, &w->err));
	MUST(w, message_tell(w->db, &volunteer, w->people[2], &swapped, &w->err));
}

void walk_people(struct walk *w)
{
	make_staff(w);
	make_house(w);
	make_residents(w);
	make_agreements(w);
	make_messages(w);
}
