#include "tui/verbs/options.h"

#include <getopt.h>
#include <string.h>

#include "tui/i18n.h"

#define FIRST_VALUE 256 /* getopt_long's values: above any character */

static void list_options(const struct call *call, struct option ret[CALL_OPTIONS_MAX + 1])
{
	for (int i = 0; i < call->known_count; i++)
		ret[i] = (struct option){
			.name = call->known[i]->name,
			.has_arg = call->known[i]->value.type ? required_argument : no_argument,
			.val = FIRST_VALUE + i,
		};
	ret[call->known_count] = (struct option){ 0 };
}

int options_parse(struct call *call, int argc, char **argv, bool stop_at_operand)
{
	struct option list[CALL_OPTIONS_MAX + 1];
	int found;

	list_options(call, list);
	optind = 0; /* glibc: start again, also with another order */
	while ((found = getopt_long(argc, argv, stop_at_operand ? "+:" : ":", list, NULL)) != -1) {
		const char *word = argv[optind - 1];
		if (found == ':')
			return call_usage(call, _("%s needs a value"), word);
		if (found < FIRST_VALUE || found >= FIRST_VALUE + call->known_count)
			return call_usage(call, _("there is no option %s here"), word);
		call->values[found - FIRST_VALUE] = optarg ? optarg : "";
	}
	call->argc = argc - optind;
	call->argv = argv + optind;
	return 0;
}
