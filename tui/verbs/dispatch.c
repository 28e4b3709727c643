#include "tui/verbs/dispatch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/store/own_files.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/help.h"
#include "tui/verbs/options.h"

/* How many words of argv name `verb`: "resident add" is two. 0: another one is meant. */
static int words_naming(const struct verb *verb, int argc, char **argv)
{
	const char *name = verb->name;

	for (int i = 0; i < argc; i++) {
		size_t len = strlen(argv[i]);
		if (len == 0 || strncmp(name, argv[i], len) != 0)
			return 0;
		if (name[len] == '\0')
			return i + 1;
		if (name[len] != ' ')
			return 0;
		name += len + 1;
	}
	return 0;
}

/* The verb that the most words name: "queue" and "queue retry" are two. */
static const struct verb *find(int argc, char **argv, int *ret_words)
{
	const struct verb *found = NULL;

	*ret_words = 0;
	for (const struct verb *const *group = verb_groups(); *group; group++)
		for (const struct verb *verb = *group; verb->name; verb++) {
			int words = words_naming(verb, argc, argv);
			if (words > *ret_words) {
				*ret_words = words;
				found = verb;
			}
		}
	return found;
}

static char *join(int argc, char **argv)
{
	char *words = mem_text(argc > 0 ? argv[0] : "");

	for (int i = 1; i < argc; i++) {
		CLEANUP(mem_free) char *before = words;
		words = mem_printf("%s %s", before, argv[i]);
	}
	return words;
}

static int unknown(const struct call *call, int argc, char **argv)
{
	/* "resident" alone: its verbs are what is asked for. */
	CLEANUP(mem_free) char *words = join(argc > 2 ? 2 : argc, argv);

	if (argc == 1 && help_words(argv[0]))
		return EXIT_USAGE;
	return call_usage(call, _("there is no verb %s: see jiaplus --help"), words);
}

static int help(const struct call *call, int argc, char **argv)
{
	CLEANUP(mem_free) char *words = join(argc, argv);

	if (argc == 0) {
		help_all();
		return EXIT_DONE;
	}
	return help_words(words) ? EXIT_DONE : unknown(call, argc, argv);
}

/* Options that stand before the verb hold for it too, unless it says them again. */
static void inherit(struct call *call, const struct call *before)
{
	for (int i = 0; i < call->known_count; i++)
		if (!call->values[i])
			call->values[i] = call_option(before, call->known[i]->name);
}

static int run(struct call *call)
{
	struct err err = { 0 };

	int r = call_begin(call, &err);
	r = r == 0 ? call->verb->run(call, &err) : r;
	if (r == 0)
		call_print(call);
	if (r < 0)
		r = call_complain(call, NULL, &err);
	call_finish(call);
	return r;
}

static void print_version(void)
{
	printf("jiaplus %s\n", JIAPLUS_VERSION);
}

/* --lang, then what the user's environment asks for, then kiosk.conf. */
static void choose_language(const struct call *call, const char *from_environment)
{
	const char *asked = call_option(call, "lang");

	if (!asked)
		asked = from_environment ? from_environment : call->context->config.language;
	i18n_use(i18n_language_named(asked));
}

/* Bytes for a printer would go into the middle of it. */
static int check_printers(const struct context *context, struct err *err)
{
	for (int i = 0; i < PURPOSE_COUNT; i++) {
		const struct print_queue_config *queue = &context->config.queues[i];
		if (queue->mode == PRINT_RAW && queue->queue)
			TRY(output_check(context->dir, queue->queue, true, err));
	}
	return 0;
}

/* What needs kiosk.conf: a verb, or without one the kiosk. */
static int enter(struct call *call, const char *language, int (*kiosk)(struct context *))
{
	struct context context;
	struct err err = { 0 };
	const struct context_options options = {
		.dir = call_option(call, "dir"),
		.config = call_option(call, "config"),
	};

	if (context_open(&options, &context, &err) < 0)
		return call_complain(call, NULL, &err);
	call->context = &context;
	choose_language(call, language);
	int code = check_printers(&context, &err) < 0 ? call_complain(call, NULL, &err)
		   : call->verb                       ? run(call)
						      : kiosk(&context);
	call->context = NULL;
	context_close(&context);
	return code;
}

static int call_verb(const struct call *before, int argc, char **argv, const char *language)
{
	struct call call = { 0 };
	int words;
	const struct verb *verb = find(argc, argv, &words);

	if (!verb)
		return strcmp(argv[0], "help") == 0 ? help(before, argc - 1, argv + 1)
						    : unknown(before, argc, argv);
	call_know(&call, verb);
	/* getopt skips what it takes for the program's name: the verb's last word. */
	int wrong = options_parse(&call, argc - words + 1, argv + words - 1, false);
	if (wrong)
		return wrong;
	inherit(&call, before);
	if (call_has(&call, "version")) {
		print_version();
		return EXIT_DONE;
	}
	if (call_has(&call, "help")) {
		help_verb(verb);
		return EXIT_DONE;
	}
	return enter(&call, language, NULL);
}

static int dispatch(int argc, char **argv, const char *language, int (*kiosk)(struct context *))
{
	struct call call = { 0 };

	call_know(&call, NULL);
	int wrong = options_parse(&call, argc, argv, true);
	if (wrong)
		return wrong;
	if (call_has(&call, "lang"))
		i18n_use(i18n_language_named(call_option(&call, "lang")));
	if (call_has(&call, "version")) {
		print_version();
		return EXIT_DONE;
	}
	if (call_has(&call, "help")) {
		help_all();
		return EXIT_DONE;
	}
	return call.argc > 0 ? call_verb(&call, call.argc, call.argv, language)
			     : enter(&call, language, kiosk);
}

int verb_main(int argc, char **argv, int (*kiosk)(struct context *))
{
	CLEANUP(mem_free) char *language = mem_text(getenv("LANGUAGE"));

	i18n_start(i18n_language_named(language));
	int code = dispatch(argc, argv, language, kiosk);
	/* Whoever reads may have heard enough (head): no fault of ours. */
	if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE)
		return code;
	struct err err = { 0 };
	err_setf(&err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, "stdout"), "%s", strerror(errno));
	return call_complain(&(struct call){ 0 }, NULL, &err);
}
