#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/screens/clerk.h"
#include "tui/screens/rooms.h"

char *room_who(struct app *app, const struct booking *b)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);
	struct err ignored = { 0 };

	if (visit && b->resident == visit->resident)
		return mem_text(_("mine"));
	if (!clerk_is_on(app, NULL) || !b->resident)
		return words_booking_public(b);
	resident_person(kiosk_of(app)->db, b->resident, &person, &ignored);
	return mem_text(person.name ? person.name : "");
}

char *room_when(struct app *app, int64_t start_at, int64_t end_at)
{
	CLEANUP(mem_free)
	char *day = words_day(when_day(start_at), when_day(kiosk_now(kiosk_of(app))));
	CLEANUP(mem_free) char *span = words_span(start_at, end_at);

	return mem_printf("%s %s", day, span);
}
