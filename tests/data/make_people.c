/* The house, its staff and its residents: on 1 November. */
#include <string.h>

#include "core/people/card.h"
#include "core/people/household.h"
#include "core/people/message.h"
#include "core/people/phone.h"
#include "core/people/resident.h"
#include "core/people/staff.h"
#include "core/points/person.h"
#include "core/site/holiday.h"
#include "core/site/hours.h"
#include "core/site/setting.h"
#include "core/site/site.h"
#include "tests/data/make.h"

static void make_house(struct maker *m)
{
	const struct act admin = by_admin(m), coordinator = by_coordinator(m);
	const struct holiday holidays[] = {
		{ make_day(m, "2020-10-01"), HOLIDAY_OFF, "国庆节" },
		{ make_day(m, "2020-12-05"), HOLIDAY_WORK, "调休" },
	};
	const struct closure cleaning = { .from = make_day(m, "2020-11-30"),
		.until = make_day(m, "2020-11-30"),
		.name = "大扫除" };
	struct closure shorter = { .from = make_day(m, "2020-12-24"),
		.until = make_day(m, "2020-12-25"),
		.has_hours = true,
		.opens = 600,
		.closes = 720,
		.name = "盘点" };
	struct opening week[7];
	int64_t id;

	MUST(m, site_set(m->db, &admin,
			&(struct site){ "榕荫共享家", "试验社区", "0757-00000000", "试验路 1 号",
				"多谢街坊" },
			&m->err));
	for (int i = 0; i < 7; i++)
		week[i] = (struct opening){ i + 1, 540, 1260 };
	MUST(m, hours_set(m->db, &coordinator, week, 7, &m->err));
	MUST(m, holidays_set(m->db, &coordinator, holidays, 2, &m->err));
	MUST(m, closure_add(m->db, &coordinator, &cleaning, &id, &m->err));
	MUST(m, closure_add(m->db, &coordinator, &shorter, &id, &m->err));
	MUST(m, closure_remove(m->db, &coordinator, id, &m->err));
	MUST(m, setting_set(m->db, &coordinator, SETTING_POINTS_MONTHS, "1", &m->err));
	MUST(m, setting_set(m->db, &coordinator, SETTING_DONATION_POINTS, "5", &m->err));
	MUST(m, setting_set(m->db, &coordinator, SETTING_NEIGHBOUR_OWES, "20", &m->err));
}

static int64_t add_staff(struct maker *m, const char *code, enum role role, bool is_service)
{
	const struct act admin = by_admin(m);
	const struct staff_new draft = {
		.code = code, .name = "试用员", .role = role, .is_service = is_service
	};
	int64_t id = 0;

	MUST(m, staff_add(m->db, &admin, &draft, &id, &m->err));
	return id;
}

static void make_staff(struct maker *m)
{
	const struct act admin = by_admin(m);
	CLEANUP(mem_free) char *token = mem_printf("%s/token", m->scratch);
	char hash[STAFF_HASH_SIZE];
	struct pepper pepper;

	MUST(m, pepper_create(m->scratch, &pepper, &m->err));
	m->coordinator = add_staff(m, "luo", ROLE_ADMIN, false);
	m->volunteer = add_staff(m, "wei", ROLE_VOLUNTEER, false);
	MUST(m, staff_pin_hash(&pepper, "271936", hash, &m->err));
	MUST(m, staff_pin_set(m->db, &admin, m->coordinator, hash, &m->err));
	int64_t cron = add_staff(m, "cron", ROLE_COORDINATOR, true);
	MUST(m, staff_token_issue(m->db, &admin, cron, token, &m->err));
	MUST(m, staff_leave(
			m->db, &admin, add_staff(m, "former", ROLE_COORDINATOR, false), &m->err));
}

/* Of a household of three each, the third a child; some serve, one is a group. */
static void add_person(struct maker *m, int i)
{
	static const char *const marks[] = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛" };
	static const enum wall_name walls[] = { WALL_FULL, WALL_ALIAS, WALL_MASKED };
	const struct act volunteer = by_volunteer(m);
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
		.guardian = is_child ? m->people[i - 1] : 0,
		.wall_name = walls[i % 3],
		.consent_version = "2026-1" };

	MUST(m, resident_add(m->db, &volunteer, &draft, &m->people[i], &m->err));
}

static void make_residents(struct maker *m)
{
	static const struct {
		const char *code, *name;
	} categories[] = { { "resident", "居民" }, { "volunteer", "志愿者" }, { "group", "团体" } };
	const struct act coordinator = by_coordinator(m);
	const struct act volunteer = by_volunteer(m);
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	CLEANUP(mem_free) char *phone = NULL;
	char card[CODE_TEXT_MAX];
	int64_t id;

	for (size_t i = 0; i < ARRAY_LEN(categories); i++)
		MUST(m, resident_category_add(m->db, &coordinator, categories[i].code,
				categories[i].name, &id, &m->err));
	MUST(m, household_at(m->db, &volunteer, "9栋", "901", &id, &m->err));
	for (int i = 0; i < PEOPLE; i++)
		add_person(m, i);
	for (int i = 0; i < PEOPLE - 2; i++)
		MUST(m, card_issue(m->db, &volunteer, m->people[i], card, NULL, &m->err));
	MUST(m, card_issue(m->db, &volunteer, m->people[3], card, NULL, &m->err));
	MUST(m, card_revoke(m->db, &volunteer, m->people[21], &m->err));
	edit.alias = "老街坊";
	edit.building = "5栋";
	edit.room = "501";
	MUST(m, resident_edit(m->db, &volunteer, m->people[6], &edit, &m->err));
	MUST(m, phone_reveal(m->db, &volunteer, m->people[0], &phone, &m->err));
	MUST(m, resident_leave(m->db, &coordinator, m->people[22], &m->err));
	MUST(m, ranking_choose(m->db, &volunteer, m->people[7], true, &m->err));
	MUST(m, exempt_set(m->db, &volunteer, m->people[9], true, &m->err));
}

static void make_messages(struct maker *m)
{
	const struct act volunteer = by_volunteer(m), self = by_self(m->people[0]);
	const struct message swapped = { .kind = MESSAGE_SHIFT_SWAPPED,
		.about = (char *)"服务台",
		.start_at = m->clock.set_wall,
		.end_at = m->clock.set_wall + 3600 };
	int64_t id;

	MUST(m, message_add(m->db, &volunteer, m->people[0], "伞找到了", &id, &m->err));
	MUST(m, message_read(m->db, &self, id, &m->err));
	MUST(m, message_add(m->db, &volunteer, m->people[1], "请来取书", &id, &m->err));
	MUST(m, message_tell(m->db, &volunteer, m->people[2], &swapped, &m->err));
}

void make_people(struct maker *m)
{
	make_staff(m);
	make_house(m);
	make_residents(m);
	make_messages(m);
}
