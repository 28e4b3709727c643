#include "core/sheets/letterhead.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/sheets/wording.h"
#include "core/site/hours.h"

/* glibc's own counter: when it is raised, gettext forgets what it has looked up. */
extern int _nl_msg_cat_cntr;

void wording_begin(struct wording *wording, const char *language)
{
	const char *now = getenv("LANGUAGE");

	*wording = (struct wording){ 0 };
	if (!language || (now && strcmp(now, language) == 0))
		return;
	wording->before = mem_text(now);
	wording->is_changed = true;
	setenv("LANGUAGE", language, 1);
	++_nl_msg_cat_cntr;
}

void wording_end(struct wording *wording)
{
	if (wording->is_changed) {
		if (wording->before)
			setenv("LANGUAGE", wording->before, 1);
		else
			unsetenv("LANGUAGE");
		++_nl_msg_cat_cntr;
	}
	free(wording->before);
	*wording = (struct wording){ 0 };
}

int house_lines_get(struct db *db, struct house_lines *ret, struct err *err)
{
	CLEANUP(mem_free) struct opening *week = NULL;
	struct site site;

	TRY(site_get(db, &site, err));
	int count = hours_week(db, &week, err);
	if (count < 0) {
		site_finish(&site);
		return count;
	}
	*ret = (struct house_lines){
		.site = site,
		.hours = count ? words_hours_week(week, count) : mem_text(""),
	};
	return 0;
}

void house_lines_finish(struct house_lines *lines)
{
	site_finish(&lines->site);
	free(lines->hours);
	*lines = (struct house_lines){ 0 };
}

void letterhead_top(
	struct sheet *sheet, const struct letterhead *letterhead, const struct site *site)
{
	static const struct sheet_style name = {
		.size_pt = 13, .min_pt = 9, .max_lines = 2, .is_bold = true, .align = SHEET_CENTER
	};
	static const struct sheet_style community = {
		.size_pt = 9.5, .min_pt = 8, .max_lines = 2, .align = SHEET_CENTER
	};

	if (letterhead->logo) {
		sheet_image(sheet, 40, 11, SHEET_CENTER, letterhead->logo);
		sheet_space(sheet, 1);
	}
	sheet_text(sheet, name, site->name);
	if (*site->community)
		sheet_text(sheet, community, site->community);
}

/* "周一至周五 9:00–12:00；周六、周日 9:00–21:00": one line for each group of days. */
static void put_hours(struct sheet *sheet, const char *hours)
{
	static const struct sheet_style line = { .size_pt = 8.5, .min_pt = 7, .max_lines = 1 };
	const char *separator = _("; "); /* as words_hours_week joins them */

	for (const char *from = hours; from;) {
		const char *to = strstr(from, separator);
		CLEANUP(mem_free)
		char *group = to ? mem_text_n(from, (size_t)(to - from)) : mem_text(from);
		sheet_text(sheet, line, group);
		from = to ? to + strlen(separator) : NULL;
	}
}

/* Each sentence on a separate line, so that none is broken within a word. The caller's. */
static char *sentences_apart(const char *text)
{
	static const char *const ends[] = { "。", "！", "？" };
	char *out = mem_alloc(strlen(text) * 2 + 1);
	size_t len = 0;

	while (*text) {
		out[len++] = *text++;
		for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
			size_t size = strlen(ends[i]);
			if (*text && len >= size && memcmp(out + len - size, ends[i], size) == 0)
				out[len++] = '\n';
		}
	}
	return out;
}

void letterhead_foot(struct sheet *sheet, const struct house_lines *lines)
{
	static const struct sheet_style motto = {
		.size_pt = 9.5, .min_pt = 8, .max_lines = 2, .align = SHEET_CENTER
	};
	static const struct sheet_style line = { .size_pt = 8.5 };

	if (*lines->site.motto) {
		CLEANUP(mem_free) char *sentences = sentences_apart(lines->site.motto);
		sheet_text(sheet, motto, sentences);
		sheet_space(sheet, 1);
	}
	if (*lines->site.phone)
		sheet_textf(sheet, line, _("Phone %s"), lines->site.phone);
	if (*lines->hours)
		put_hours(sheet, lines->hours);
}
