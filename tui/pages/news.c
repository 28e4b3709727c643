#include "tui/pages/news.h"

#include "core/base/mem.h"
#include "core/words.h"

void news_set(struct app *app, struct banner *banner, enum banner_kind kind, const char *title,
	const char *text)
{
	if (banner == &kiosk_of(app)->news)
		kiosk_of(app)->news_loan = 0;
	banner_set(banner, kind, title, text);
}

void news_tell_err(struct app *app, struct banner *banner, const struct err *err)
{
	CLEANUP(mem_free) char *text = words_err(err, kiosk_now(kiosk_of(app)));

	news_set(app, banner, BANNER_REFUSED, words_refusal(err), text);
	app_sound(app, SOUND_REFUSED);
	app_redraw(app);
}

void news_tell_done(struct app *app, struct banner *banner, const char *title, const char *text)
{
	news_set(app, banner, BANNER_DONE, title, text);
	app_sound(app, SOUND_DONE);
	app_redraw(app);
}
