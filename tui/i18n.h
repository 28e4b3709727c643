/* Words for people: English in the source, zh_CN by default, switched while running (F12).
 *
 * Catalogues are in assets/po of the folder that the program was built in, otherwise in the
 * installed locale folder; without either, the English source is shown. */
#pragma once

#include <libintl.h>

#include "core/base/msgid.h"

enum i18n_language { I18N_CHINESE, I18N_ENGLISH, I18N_LANGUAGE_COUNT };

/* Sets the locale (C.UTF-8 when the environment's is not UTF-8) and binds the catalogue. Called
 * once, before threads start, by every main(). */
void i18n_start(enum i18n_language language);
void i18n_use(enum i18n_language language);
enum i18n_language i18n_language(void);
/* "zh_CN…" → Chinese, "en…" and "C" → English, NULL or anything else → Chinese. */
enum i18n_language i18n_language_named(const char *name);
