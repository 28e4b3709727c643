#include "tui/context.h"

#include <stdlib.h>

#include "core/base/mem.h"

/* --dir, then kiosk.conf, then the user's data folder; a service without a home has the system's.
 */
static char *choose_dir(const char *asked, const struct config *config)
{
	const char *data = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");

	if (asked)
		return mem_text(asked);
	if (config->dir && *config->dir)
		return mem_text(config->dir);
	if (data && *data == '/')
		return mem_printf("%s/jiaplus", data);
	if (home && *home == '/')
		return mem_printf("%s/.local/share/jiaplus", home);
	return mem_text("/var/lib/jiaplus");
}

int context_open(const struct context_options *options, struct context *ret, struct err *err)
{
	struct context context = { .clock = &clock_system };

	int r = config_load(options->config, &context.config, err);
	if (r < 0)
		return r;
	context.dir = choose_dir(options->dir, &context.config);
	context.config_path = mem_text(options->config);
	*ret = context;
	return 0;
}

void context_close(struct context *context)
{
	config_finish(&context->config);
	mem_free(&context->dir);
	mem_free(&context->config_path);
}

char *context_path(const struct context *context, const char *name)
{
	return mem_printf("%s/%s", context->dir, name);
}

char *context_database(const struct context *context)
{
	return context_path(context, "jiaplus.db");
}
