/* Codes into sentences: for screens, papers and verbs alike.
 *
 * Words come from gettext's domain "jiaplus" in the language that is set when the call is made; the
 * English text is the message id. Every `char *` is the caller's. Text in a reason that comes from
 * outside is put into a sentence as a value, never as a format, and without what text_accept
 * refuses, so a line is safe on a terminal. Sentences have no full stop at their end and no line
 * break. `now` decides what "today" is; times are in the venue's zone. */
#pragma once

#include "core/base/err.h"
#include "core/base/when.h"
#include "core/store/role.h"

struct closure;
struct hours_today;
struct opening;

/* ---- why something was refused or failed ---- */

/* What is the case: "这件物品已借出，11月28日 星期六 21:00 到期". */
char *words_reason(const struct reason *reason, int64_t now);
/* What would cure it: "可请志愿者破例办理". Every reason has one. */
char *words_cure(const struct reason *reason, int64_t now);
/* The part for technicians: the program's or a printer's own English, whatever the language, so
 * never part of a sentence; "" for none. For a line of its own. Borrowed from the reason. */
const char *words_technical(const struct reason *reason);
/* Both as one line: "这张卡已挂失。请志愿者补一张新卡". */
char *words_reason_line(const struct reason *reason, int64_t now);
/* All reasons of an err in their order, one line each, separated by \n, without one at the end. An
 * err without reasons reads as what its code means. */
char *words_err(const struct err *err, int64_t now);

/* The heading of a refusal: "暂时不行" if time or a returning item cures it, "没认出来" for a code
 * or a word that means nothing here, else "没办成". Borrowed. */
const char *words_refusal(const struct err *err);

/* ---- time in words a person uses ---- */

/* "今天", "明天", "昨天", else "11月28日 星期六", with the year when it is not today's. */
char *words_day(struct day day, struct day today);
/* The same without "today": for papers, which are read on another day. Short weekday: "11月28日
 * 周六". */
char *words_date(struct day day, struct day today);
/* The month of a day: "2026年11月". */
char *words_month(struct day day);
/* "21:00", "9:00"; midnight is "24:00" only at the end of a words_span. */
/* The day of the calendar alone: "12月8日"; another year's with it. */
char *words_calendar_day(struct day day, struct day today);
char *words_time(int64_t at);
/* "今天 21:00", "明天 21:00", "11月28日 星期六 21:00", "2027年1月3日 星期日 21:00". */
char *words_instant(int64_t at, int64_t now);
/* For papers: "11月28日 周六 21:00". */
char *words_instant_paper(int64_t at, int64_t now);
/* "14:00–17:00"; "22:00–次日 2:00"; over several days "0:30 到 12月8日 周二 23:30". */
char *words_span(int64_t start_at, int64_t end_at);
/* "6 小时 30 分", "45 分", "0 分". Days are not made of hours: 26 hours stay 26. */
char *words_duration(int64_t minutes);
/* "2 天" */
char *words_days(int64_t days);
/* "12 小时", but "3 天" for 72. */
char *words_hours(int64_t hours);
/* The weekday, ISO 1 Monday … 7 Sunday. Borrowed until the language changes. */
const char *words_weekday(int weekday);       /* 星期六 */
const char *words_weekday_short(int weekday); /* 周六 */

/* What a loan's line says: "明天 21:00 前归还"; with `days_late` (due_days_late) "已过归还日 2 天";
 * late on the same day "应在今天 21:00 归还". */
char *words_due(int64_t due_at, int64_t days_late, int64_t now);
/* As the result of a lend: "借出，明天 21:00 前归还". */
char *words_lent(int64_t due_at, int64_t now);

/* The right end of the idle board's top line: "开到今天 21:00", "今天 14:00 开门",
 * "国庆节：现在休息， 10月8日 星期四 9:00 开门". */
char *words_hours_today(const struct hours_today *today, int64_t now);
/* The weekly pattern for papers, days with the same hours together: "周一至周五 9:00–12:00
 * 14:00–21:00；周六、周日 9:00–21:00". */
char *words_hours_week(const struct opening *week, int count);
/* An exception's: "10月1日 周四 – 10月7日 周三"; "9:00–12:00" or "休息". */
char *words_closure_days(const struct closure *closure, struct day today);
char *words_closure_hours(const struct closure *closure);

/* ---- names of codes; borrowed until the language changes ---- */

const char *words_role(enum role role); /* 志愿者, 负责人, 管理员 */
/* A field's name as text_accept's `what` or a reason names it ("phone" → 电话); one that is not in
 * the table is returned unchanged. */
const char *words_field(const char *name);
