#include "core/words_duty.h"

#include "core/base/mem.h"
#include "core/words.h"
#include "core/words_fill.h"

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
