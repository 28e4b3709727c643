#include "tui/screens/items/item_words.h"

#include "core/base/mem.h"
#include "core/words.h"
#include "core/words_items.h"
#include "tui/i18n.h"

char *item_state_words(const struct item *item, int64_t now)
{
	if (item->loan && item->loan_due_at < now)
		return mem_text(_("lent, overdue"));
	if (item->loan)
		return words_lent(item->loan_due_at, now);
	if (item->status != ITEM_ACTIVE)
		return mem_text(words_item_condition(item));
	return mem_text(_("on the shelf"));
}

enum style item_state_style(const struct item *item, int64_t now)
{
	if (item->loan && item->loan_due_at < now)
		return STYLE_REFUSED;
	if (item->loan || item->status != ITEM_ACTIVE)
		return STYLE_QUIET;
	return STYLE_DONE;
}
