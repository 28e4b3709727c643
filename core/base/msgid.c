#include "core/base/msgid.h"

#include <libintl.h>
#include <string.h>

const char *msgid_text(const char *msgid)
{
	const char *text = dgettext(WORDS_DOMAIN, msgid);
	const char *end = text == msgid ? strchr(msgid, *MSGID_CONTEXT_END) : NULL;

	return end ? end + 1 : text;
}
