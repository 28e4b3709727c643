#include "tui/verbs/help.h"

#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"

#define LEFT_CELLS 44

/* Two columns; text that is too wide for the left one has a line of its own. */
static void print_pair(const char *left, const char *right)
{
	CLEANUP(mem_free) char *padded = text_pad(left, LEFT_CELLS, false);

	if (text_width(left) >= LEFT_CELLS)
		printf("  %s\n  %*s %s\n", left, LEFT_CELLS, "", right);
	else
		printf("  %s %s\n", padded, right);
}

static void print_options(const struct verb *verb)
{
	struct call known = { 0 };

	call_know(&known, verb);
	for (int i = 0; i < known.known_count; i++) {
		const struct verb_option *o = known.known[i];
		CLEANUP(mem_free) char *word = operand_word(&o->value);
		CLEANUP(mem_free)
		char *left = mem_printf("--%s%s%s", o->name, *word ? " " : "", word);
		print_pair(left, _(o->help));
	}
}

static void print_verb_line(const struct verb *verb)
{
	CLEANUP(mem_free) char *usage = verb_usage(verb);
	CLEANUP(mem_free) char *left = mem_printf("%s %s", verb->name, usage);

	print_pair(left, _(verb->help));
}

void help_all(void)
{
	printf(_("usage: jiaplus [--dir DIR] [--config FILE] [VERB …]\n\n"));
	print_pair("", _("without a verb: the kiosk, full screen"));
	for (const struct verb *const *group = verb_groups(); *group; group++)
		for (const struct verb *verb = *group; verb->name; verb++)
			print_verb_line(verb);
	print_pair(_("help VERB"), _("Say what a verb does and which options it has"));
	printf("\n");
	print_options(NULL);
	printf(_("\nCARD is a card's code or a resident's number, ITEM a label's code or number.\n"
		 "Exit code: 0 done, 1 refused or not found, 2 wrong use, 3 storage, 4 device.\n"));
}

void help_verb(const struct verb *verb)
{
	CLEANUP(mem_free) char *usage = verb_usage(verb);

	printf(_("usage: jiaplus %s %s\n"), verb->name, usage);
	printf("%s\n\n", _(verb->help));
	print_options(verb);
}

static bool begins_with(const char *name, const char *words)
{
	size_t len = strlen(words);

	return strncmp(name, words, len) == 0 && (name[len] == '\0' || name[len] == ' ');
}

/* Calls `print` for each verb that `words` begin; returns how many. */
static int each_of(const char *words, void (*print)(const struct verb *))
{
	int found = 0;

	for (const struct verb *const *group = verb_groups(); *group; group++)
		for (const struct verb *verb = *group; verb->name; verb++)
			if (begins_with(verb->name, words)) {
				print(verb);
				found++;
			}
	return found;
}

static void print_nothing(const struct verb *verb)
{
	(void)verb;
}

bool help_words(const char *words)
{
	int found = each_of(words, print_nothing);

	if (found > 0)
		each_of(words, found == 1 ? help_verb : print_verb_line);
	return found > 0;
}
