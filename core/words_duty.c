#include "core/words_duty.h"

#include "core/base/mem.h"
#include "core/duty/service_hours.h"
#include "core/words.h"
#include "core/words_fill.h"

const char *words_roster_state(enum roster_state state)
{
	static const char *const words[ROSTER_STATE_COUNT] = {
		[ROSTER_NONE] = N_("no shifts"),
		[ROSTER_DRAFT] = N_("draft"),
		[ROSTER_PUBLISHED] = N_("published"),
		[ROSTER_AMENDED] = N_("amended"),
	};

	return _(words[state]);
}

const char *words_assignment_state(enum assignment_state state)
{
	static const char *const words[ASSIGNMENT_STATE_COUNT] = {
		[ASSIGNMENT_PENDING] = N_("to come"),
		[ASSIGNMENT_PRESENT] = N_("present"),
		[ASSIGNMENT_EXCUSED] = N_("excused"),
		[ASSIGNMENT_MISSED] = N_("missed"),
		[ASSIGNMENT_CANCELLED] = N_("cancelled"),
		[ASSIGNMENT_REPLACED] = N_("replaced"),
	};

	return _(words[state]);
}

char *words_service_flags(unsigned flags)
{
	static const struct {
		unsigned flag;
		const char *words;
	} all[] = {
		{ SERVICE_OVER_12_HOURS, N_("more than 12 hours on that day") },
		{ SERVICE_OVER_8_HOURS, N_("more than 8 hours on that day") },
		{ SERVICE_PAIRS, N_("signed in more than 3 times on that day") },
		{ SERVICE_NOT_TAKEN, N_("not taken by i-Volunteer") },
		{ SERVICE_FORGOTTEN, N_("nobody signed out") },
		{ SERVICE_MANUAL, N_("written by hand") },
	};
	char *text = mem_text("");

	if (flags & SERVICE_OVER_12_HOURS)
		flags &= ~(unsigned)SERVICE_OVER_8_HOURS;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if (!(flags & all[i].flag))
			continue;
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%s", before, *before ? _(", ") : "", _(all[i].words));
	}
	return text;
}

const char *roster_why_name(enum roster_why why)
{
	static const char *const names[ROSTER_WHY_COUNT] = {
		[ROSTER_WHY_LEADS] = "leads",
		[ROSTER_WHY_ROLE] = "role",
		[ROSTER_WHY_WISH] = "wish",
		[ROSTER_WHY_LOAD] = "load",
		[ROSTER_WHY_AGAINST] = "against",
		[ROSTER_WHY_MOVED] = "moved",
		[ROSTER_WHY_YIELDED] = "yielded",
	};

	return names[why];
}

char *words_roster_why(const struct roster_change *change, const char *other, int64_t now)
{
	switch (change->why) {
	case ROSTER_WHY_LEADS:
		return mem_text(_("leads the shift"));
	case ROSTER_WHY_ROLE:
		return mem_printf(_("is needed there: %s"), change->role);
	case ROSTER_WHY_WISH:
		return mem_text(_("likes this time"));
	case ROSTER_WHY_LOAD:
		return mem_printf(
			P_("a place was open; %d shift in eight weeks",
				"a place was open; %d shifts in eight weeks", change->served),
			(int)change->served);
	case ROSTER_WHY_AGAINST:
		return words_reason(&change->against, now);
	case ROSTER_WHY_MOVED:
		return mem_printf(_("is needed on another shift: %s"), other ? other : "");
	case ROSTER_WHY_YIELDED:
		return other ? mem_printf(_("the place went to %s"), other)
			     : mem_text(_("the shift has enough people"));
	case ROSTER_WHY_COUNT:
		break;
	}
	return mem_text("");
}
