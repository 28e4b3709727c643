/* Who the venue is. */
#include "core/base/reasons.h"
#include "core/site/site.h"
#include "core/store/role_reasons.h"
#include "tests/core/folk.h"
#include "tests/lib/test.h"

TEST(before_it_is_set_every_text_is_empty, folk)
{
	struct folk *f = *state;
	CLEANUP(site_finish) struct site site = { 0 };

	OK(f, site_get(f->db, &site, &f->err));
	assert_string_equal(site.name, "");
	assert_string_equal(site.motto, "");
}

TEST(what_is_set_is_read_and_can_be_set_again, folk)
{
	struct folk *f = *state;
	struct site draft = { .name = " 顺德共享家+ ", .community = "榕树里社区" };

	for (int i = 0; i < 2; i++) {
		CLEANUP(site_finish) struct site site = { 0 };
		draft.phone = i == 0 ? "22223333" : NULL;
		OK(f, site_set(f->db, &by_admin, &draft, &f->err));
		OK(f, site_get(f->db, &site, &f->err));
		assert_string_equal(site.name, "顺德共享家+");
		assert_string_equal(site.community, "榕树里社区");
		assert_string_equal(site.phone, i == 0 ? "22223333" : "");
	}
}

TEST(a_venue_has_a_name, folk)
{
	struct folk *f = *state;
	struct site nameless = { .name = "" };
	struct site evil = { .name = "家\x1b[2J" };

	assert_fails(
		site_set(f->db, &by_admin, &nameless, &f->err), &f->err, ERR_INVALID, TEXT_EMPTY);
	assert_fails(
		site_set(f->db, &by_admin, &evil, &f->err), &f->err, ERR_INVALID, TEXT_CONTROL);
}

TEST(only_an_admin_names_the_venue, folk)
{
	struct folk *f = *state;
	struct site draft = { .name = "家" };

	assert_refused(site_set(f->db, &by_coordinator, &draft, &f->err), &f->err, ROLE_NEEDED);
}
