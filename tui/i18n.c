#include "tui/i18n.h"

#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build_config.h"

/* glibc's own counter: when it is raised, gettext forgets what it has looked up. */
extern int _nl_msg_cat_cntr;

static const char *const names[I18N_LANGUAGE_COUNT] = {
	[I18N_CHINESE] = "zh_CN",
	[I18N_ENGLISH] = "en",
};

static bool locale_is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* Only characters and messages: numbers, dates and sorting look the same wherever the program runs,
 * and each further category is a file to open at every start. */
static bool use_locale(const char *name)
{
	return setlocale(LC_CTYPE, name) && setlocale(LC_MESSAGES, name);
}

static void set_locale(void)
{
	static const char *const fallbacks[] = { "C.UTF-8", "C.utf8", "en_US.UTF-8" };
	if (!use_locale("") || !locale_is_utf8())
		for (size_t i = 0; i < sizeof(fallbacks) / sizeof(*fallbacks); i++)
			if (use_locale(fallbacks[i]))
				break;
}

/* A program that runs from its build folder uses the catalogue that was built with it. */
static const char *catalogue_folder(void)
{
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path));
	size_t build = strlen(JIAPLUS_BUILDDIR);
	if (len > (ssize_t)build && memcmp(path, JIAPLUS_BUILDDIR "/", build + 1) == 0)
		return JIAPLUS_BUILDDIR "/assets/po";
	return JIAPLUS_LOCALEDIR;
}

void i18n_start(enum i18n_language language)
{
	set_locale();
	bindtextdomain(WORDS_DOMAIN, catalogue_folder());
	bind_textdomain_codeset(WORDS_DOMAIN, "UTF-8");
	textdomain(WORDS_DOMAIN);
	i18n_use(language);
}

void i18n_use(enum i18n_language language)
{
	setenv("LANGUAGE", names[language], 1);
	++_nl_msg_cat_cntr;
}

enum i18n_language i18n_language(void)
{
	return i18n_language_named(getenv("LANGUAGE"));
}

enum i18n_language i18n_language_named(const char *name)
{
	if (name && (strncmp(name, "en", 2) == 0 || strcmp(name, "C") == 0))
		return I18N_ENGLISH;
	return I18N_CHINESE;
}
