/* Words for people: English in the source, translated by gettext when they are shown. */
#pragma once

#define WORDS_DOMAIN "jiaplus"

/* A short word means several things ("no", "Name"): its context says which, and is not shown. The
 * two are one text with this sign between them, as gettext's catalogues have it. */
#define MSGID_CONTEXT_END "\004"

/* The message's text in the current language: a format keeps its values. Borrowed. */
const char *msgid_text(const char *msgid) __attribute__((format_arg(1)));

/* xgettext's keywords. N_ and NC_ mark a text in a const table; _() when it is shown. */
#define _(msgid)            msgid_text(msgid)
#define N_(msgid)           msgid
#define C_(context, msgid)  msgid_text(NC_(context, msgid))
#define NC_(context, msgid) context MSGID_CONTEXT_END msgid
