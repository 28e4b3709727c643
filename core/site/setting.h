/* Venue policy that is one number, one yes or no, or one word: a row that a person can change, with
 * its default here (doc/architecture.md, rule 8). Facts about this machine are in kiosk.conf. */
#pragma once

#include "core/store/act.h"

/* X(NAME, "name", type, default, min, max, "text default", unit, help): the help line is a msgid.
 */
#define SETTINGS(X)                                                                           \
	X(IDLE_SECONDS, "idle_seconds", NUMBER, 120, 30, 3600, "", SECONDS,                   \
		"How long the screen waits for a person before it ends their visit")          \
	X(IDLE_WARNING_SECONDS, "idle_warning_seconds", NUMBER, 20, 5, 300, "", SECONDS,      \
		"How long before that it asks whether they are still there")                  \
	X(RECEIPT_AUTO, "receipt_auto", YES_NO, 1, 0, 1, "", NONE,                            \
		"Print a receipt when a visit with loans ends")                               \
	X(RETURN_SLIP_AUTO, "return_slip_auto", YES_NO, 0, 0, 1, "", NONE,                    \
		"Print a slip for every return without being asked")                          \
	X(UNDO_MINUTES, "undo_minutes", NUMBER, 10, 1, 1440, "", MINUTES,                     \
		"How long the last line of a visit can be undone")                            \
	X(OUTBOX_KEEP_DAYS, "outbox_keep_days", NUMBER, 7, 1, 365, "", DAYS,                  \
		"How long the text of a printed paper is kept")                               \
	X(HOLD_DAYS, "hold_days", NUMBER, 3, 1, 60, "", DAYS,                                 \
		"How many open days a reserved thing waits on the pick-up shelf")             \
	X(RECALL_DAYS, "recall_days", NUMBER, 3, 1, 60, "", DAYS,                             \
		"How many days a borrower has at least when something is called back")        \
	X(DONATION_POINTS, "donation_points", NUMBER, 0, 0, 100000, "", NONE,                 \
		"How many points a resident gets for each thing they donate; 0: none")        \
	X(POINTS_CAP, "points_cap", NUMBER, 0, 0, 1000000, "", NONE,                          \
		"How many points a resident may save up; 0: any number")                      \
	X(POINTS_MONTHS, "points_months", NUMBER, 0, 0, 120, "", NONE,                        \
		"How many months points last from the day they are earned; 0: for ever")      \
	X(POINTS_NOTICE_DAYS, "points_notice_days", NUMBER, 30, 7, 365, "", DAYS,             \
		"How many days before points expire their holder is told")                    \
	X(POINTS_ROUNDING, "points_rounding", WORD, 0, 2, 7, "down", NONE,                    \
		"How points by the hour are rounded: down, up or nearest")                    \
	X(NEIGHBOUR_OWES, "neighbour_owes", NUMBER, 0, 0, 10000, "", NONE,                    \
		"How many points a neighbour may owe for help; never for goods")              \
	X(NIGHT_FROM, "night_from", NUMBER, 22, 0, 23, "", NONE,                              \
		"The hour from which service counts as night service")                        \
	X(NIGHT_UNTIL, "night_until", NUMBER, 6, 0, 23, "", NONE,                             \
		"The hour at which night service ends")                                       \
	X(REVERSAL_ALONE, "reversal_alone", NUMBER, 50, 0, 1000000, "", NONE,                 \
		"Up to how many points one volunteer alone may take back")                    \
	X(DEPOSIT_LOOK_HOURS, "deposit_look_hours", NUMBER, 12, 1, 240, "", NONE,             \
		"After how many open hours without a look a deposit is released")             \
	X(GIVE_AWAY_MAX, "give_away_max", NUMBER, 0, 0, 1000, "", NONE,                       \
		"How many things one person may be given for good in a month; 0: any number") \
	X(EXPIRY_WARNING_DAYS, "expiry_warning_days", NUMBER, 30, 0, 365, "", DAYS,           \
		"How many days ahead it says that what is in an item expires")                \
	X(INSPECTION_WARNING_DAYS, "inspection_warning_days", NUMBER, 14, 0, 365, "", DAYS,   \
		"How many days ahead it says that a safety inspection ends")                  \
	X(DUTY_WEEK_MAX, "duty_week_max", NUMBER, 3, 1, 7, "", NONE,                          \
		"How many shifts a volunteer takes in a week unless they say otherwise")      \
	X(DUTY_MONTH_MAX, "duty_month_max", NUMBER, 10, 1, 31, "", NONE,                      \
		"How many shifts a volunteer takes in a month unless they say otherwise")     \
	X(DUTY_REST_MINUTES, "duty_rest_minutes", NUMBER, 600, 0, 2880, "", MINUTES,          \
		"How long a volunteer rests between a shift and the next day's")              \
	X(DUTY_DAYS_IN_ROW, "duty_days_in_row", NUMBER, 3, 1, 31, "", DAYS,                   \
		"How many days in a row a volunteer serves at most")                          \
	X(DUTY_HANDOVER_HOURS, "duty_handover_hours", NUMBER, 24, 0, 720, "", NONE,           \
		"How many hours before a shift it can still be handed over")                  \
	X(DUTY_STANDIN_HOURS, "duty_standin_hours", NUMBER, 2, 0, 720, "", NONE,              \
		"How many hours before a shift a stand-in can still be asked for")            \
	X(WORK_FROM, "work_from", WORD, 0, 4, 5, "8:30", NONE,                                \
		"When working hours begin, for reports of use outside them")                  \
	X(WORK_UNTIL, "work_until", WORD, 0, 4, 5, "17:30", NONE,                             \
		"When working hours end, for reports of use outside them")                    \
	X(CLOCK_FAR_DAYS, "clock_far_days", NUMBER, 60, 7, 3650, "", DAYS,                    \
		"How many days after the last entry the clock is doubted")                    \
	X(POWER_CUT_PACK, "power_cut_pack", YES_NO, 0, 0, 1, "", NONE,                        \
		"Whether lists and blank slips for a power cut are printed each night")       \
	X(CONSENT_VERSION, "consent_version", WORD, 0, 1, 31, "2026-1", NONE,                 \
		"Version of the privacy notice that is read out at registration")

#define SETTING_ENUM(name, text, type, initial, min, max, word, unit, help) SETTING_##name,
enum setting { SETTINGS(SETTING_ENUM) SETTING_COUNT };
#undef SETTING_ENUM

enum setting_type {
	SETTING_TYPE_NUMBER,
	SETTING_TYPE_YES_NO, /* 1 or 0; "yes" and "no" in text */
	SETTING_TYPE_WORD,   /* printable ASCII without spaces; min and max are its length */
};
enum setting_unit {
	SETTING_UNIT_NONE,
	SETTING_UNIT_SECONDS,
	SETTING_UNIT_MINUTES,
	SETTING_UNIT_DAYS,
};

struct setting_info {
	const char *name;
	enum setting_type type;
	int64_t initial, min, max;
	const char *initial_word;
	enum setting_unit unit;
	const char *help; /* msgid */
};
extern const struct setting_info setting_table[SETTING_COUNT];

/* ERR_NOT_FOUND SETTING_UNKNOWN. */
int setting_by_name(const char *name, enum setting *ret, struct err *err);

/* The row's value, or the default when there is none. A stored value that the table no longer
 * allows (an older program's) reads as the default. For numbers, and for yes or no as 1 and 0. */
int setting_int(struct db *db, enum setting setting, int64_t *ret, struct err *err);
/* Any setting as text; *ret is the caller's. */
int setting_text(struct db *db, enum setting setting, char **ret, struct err *err);

/* `value` as a person types it. ERR_INVALID NUMBER_BAD or SETTING_BAD naming the setting. */
int setting_set(struct db *db, const struct act *act, enum setting setting, const char *value,
	struct err *err);
