#include "core/audit/restore_words.h"

#include <stdlib.h>

#include "core/audit/day_slip_paper.h"
#include "core/base/bytes.h"
#include "core/base/mem.h"
#include "core/base/msgid.h"
#include "core/words.h"
#include "core/words_fill.h"

static void add(struct bytes *out, char *line)
{
	bytes_add_text(out, line);
	bytes_add_text(out, "\n");
	free(line);
}

/* With the year: backups are looked at long afterwards. */
static char *date_and_time(int64_t at)
{
	CLEANUP(mem_free) char *time = words_time(at);
	char day[11];

	day_format(when_day(at), day);
	return mem_printf("%s %s", day, time);
}

static void say_kept(struct bytes *out, const struct restore_report *r)
{
	CLEANUP(mem_free) char *when = date_and_time(r->last_at);

	add(out, mem_printf(
			 P_("The backup is whole: %lld entry, the last one of %s.",
				 "The backup is whole: %lld entries, the last one of %s.", r->seq),
			 (long long)r->seq, when));
	if (r->is_wal_unread)
		add(out, mem_text(_("The -wal file beside it belongs to another database and was "
				    "not used.")));
}

static void say_kinds(struct bytes *out, const struct restore_report *r)
{
	int64_t others = 0;

	for (int i = 0; i < r->kind_count; i++) {
		const char *words = day_slip_words(r->kinds[i].kind);
		if (words)
			add(out, mem_printf("  %s: %lld", words, (long long)r->kinds[i].count));
		else
			others += r->kinds[i].count;
	}
	if (others)
		add(out, mem_printf(_("  Other entries: %lld"), (long long)others));
}

static void say_missing(struct bytes *out, const struct restore_report *r, bool is_try)
{
	if (r->missing == 0 && r->old == RESTORE_OLD_READ) {
		add(out, mem_text(is_try ? _("Nothing would be lost.") : _("Nothing is lost.")));
		return;
	}
	if (r->missing == 0 && r->old == RESTORE_OLD_NONE) {
		add(out, mem_text(_("Nothing was here before: what happened after that is not "
				    "known.")));
	} else if (r->missing == 0) {
		add(out, mem_text(_("What was here cannot be read, so it is not known whether "
				    "anything is lost.")));
	} else {
		add(out, mem_printf(is_try ? P_("%lld entry of this venue would be lost:",
						     "%lld entries of this venue would be lost:",
						     r->missing)
					   : P_("%lld entry of this venue is lost:",
						     "%lld entries of this venue are lost:",
						     r->missing),
				 (long long)r->missing));
		say_kinds(out, r);
	}
	if (r->missing_unread)
		add(out, mem_printf(
				 P_("  known by its number alone: %lld",
					 "  known by their numbers alone: %lld", r->missing_unread),
				 (long long)r->missing_unread));
	CLEANUP(mem_free) char *since = date_and_time(r->last_at);
	add(out, mem_printf(_("Day slips, receipts and slips printed after %s say what they were: "
			      "enter it again from those."),
			 since));
}

static void say_rest(struct bytes *out, const struct restore_report *r)
{
	if (r->erased)
		add(out, mem_printf(P_("%d person who was erased stays erased.",
					    "%d people who were erased stay erased.", r->erased),
				 r->erased));
	if (!r->has_pins)
		add(out, mem_text(_("The secret behind the PINs is not in this backup: give the "
				    "administrator a new PIN with jiaplus staff recover.")));
	if (r->aside)
		add(out, mem_printf(
				 _("The files that were here are kept, whole, in %s."), r->aside));
}

char *restore_words(const struct restore_report *r, bool is_try)
{
	CLEANUP(bytes_finish) struct bytes out = { 0 };

	say_kept(&out, r);
	say_missing(&out, r, is_try);
	say_rest(&out, r);
	if (r->folder)
		add(&out,
			mem_printf(is_try ? _("It lies in %s to be looked at; the venue itself is "
					      "as it was.")
					  : _("The venue in %s goes on from there; no code on "
					      "paper is given out again."),
				r->folder));
	bytes_add(&out, "", 1);
	return mem_text((const char *)out.data);
}
