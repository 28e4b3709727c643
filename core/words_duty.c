#include "core/words_duty.h"

#include "core/base/mem.h"
#include "core/duty/service_hours.h"
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
