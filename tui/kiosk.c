#include "tui/kiosk.h"

#include "core/base/mem.h"
#include "core/people/ime.h"

struct kiosk *kiosk_of(struct app *app)
{
	return app_context(app);
}

int64_t kiosk_now(const struct kiosk *kiosk)
{
	return clock_now(kiosk->context->clock);
}

static int find_candidates(
	void *context, const char *letters, int skip, int max, struct pinyin_candidate *ret)
{
	struct kiosk *kiosk = context;
	struct ime_candidate found[PINYIN_PAGE + 1];

	if (!kiosk->ime)
		kiosk->ime = ime_create();
	if (max > (int)ARRAY_LEN(found))
		max = (int)ARRAY_LEN(found);
	int count = ime_candidates(kiosk->ime, letters, skip, max, found);
	for (int i = 0; i < count; i++)
		ret[i] = (struct pinyin_candidate){ .text = found[i].text,
			.letters = found[i].letters };
	return count;
}

const struct pinyin_source *kiosk_pinyin(struct kiosk *kiosk)
{
	kiosk->pinyin = (struct pinyin_source){ .context = kiosk, .find = find_candidates };
	return &kiosk->pinyin;
}

void kiosk_restore(struct app *app, const char *backup, const struct recovery *sheet)
{
	struct going_back *back = &kiosk_of(app)->going_back;

	back->from = mem_text(backup);
	back->has_sheet = sheet != NULL;
	if (sheet)
		back->sheet = *sheet;
	app_quit(app);
}
