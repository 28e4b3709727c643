#include "tests/record/stage.h"

#include <errno.h>
#include <libgen.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"

#define ENV_COUNT 13

void record_die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fputs("record: ", stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

static void shell(const char *command)
{
	if (system(command) != 0)
		record_die("failed: %s", command);
}

/* ---- files ---- */

char *record_read(const char *path)
{
	FILE *in = fopen(path, "re");
	char *text = NULL;
	size_t size = 0;

	if (!in)
		return NULL;
	if (getdelim(&text, &size, '\0', in) < 0) {
		free(text);
		text = mem_text("");
	}
	fclose(in);
	return text;
}

void record_write(const char *path, const char *text)
{
	CLEANUP(mem_free) char *copy = mem_text(path);
	CLEANUP(mem_free) char *folders = mem_printf("mkdir -p '%s'", dirname(copy));
	FILE *out = fopen(path, "we");

	if (!out && errno == ENOENT) {
		shell(folders);
		out = fopen(path, "we");
	}
	if (!out || fputs(text, out) < 0 || fclose(out) != 0)
		record_die("%s cannot be written: %s", path, strerror(errno));
}

/* ---- the venue ---- */

char **stage_env(const struct stage *stage, const char *seed, bool has_paper)
{
	char **env = mem_alloc((ENV_COUNT + 1) * sizeof(*env));
	int n = 0;

	env[n++] = mem_printf("LD_PRELOAD=%s", stage->still);
	env[n++] = mem_printf("STILL_AT=%d", STAGE_AT);
	env[n++] = mem_printf("STILL_SEED=%s", seed);
	env[n++] = mem_text("ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0");
	env[n++] = mem_text("LC_ALL=C.UTF-8");
	env[n++] = mem_text("LANGUAGE=en");
	env[n++] = mem_text("TZ=FAR24");
	env[n++] = mem_text("HOME=/nonexistent");
	env[n++] = mem_text("XDG_DATA_HOME=/nonexistent");
	env[n++] = mem_text("XDG_CONFIG_HOME=/nonexistent");
	env[n++] = mem_text("JIAPLUS_CONFIG=kiosk.conf");
	/* No printer of this machine is ever asked. */
	env[n++] = mem_text("CUPS_SERVER=/nonexistent");
	if (!has_paper)
		env[n++] = mem_text("STILL_PAPER=no");
	return env;
}

void stage_env_free(char **env)
{
	for (char **e = env; e && *e; e++)
		free(*e);
	free(env);
}

void stage_shell(const struct stage *stage, const char *copy, const char *words, const char *seed)
{
	char **env = stage_env(stage, seed, true);
	CLEANUP(mem_free) char *command = NULL;
	size_t size;
	FILE *line = open_memstream(&command, &size);

	fprintf(line, "cd '%s' && export JIAPLUS='%s/jiaplus'", copy, stage->build);
	for (char **e = env; *e; e++)
		fprintf(line, " '%s'", *e);
	fprintf(line, " && { %s; } >>made.log 2>&1 </dev/null", words);
	fclose(line);
	stage_env_free(env);
	shell(command);
}

/* The pictures of cards and labels take most of a demo venue's bytes, and nothing here reads
 * them. */
static void make_demo(const struct stage *stage)
{
	CLEANUP(mem_free) char *made = mem_printf("%s/made", stage->dir);
	CLEANUP(mem_free) char *conf = mem_printf("%s/kiosk.conf", made);

	record_write(conf, "[camera]\ndevice = none\n[backup]\nkeep = no\n");
	stage_shell(stage, made,
		"$JIAPLUS --dir " STAGE_VENUE " init --demo --zone Asia/Shanghai &&"
		" rm -r " STAGE_VENUE "/cards " STAGE_VENUE "/labels",
		"demo");
}

void stage_open(const char *build, const char *still, struct stage *ret)
{
	const char *tmp = getenv("TMPDIR");

	ret->build = mem_text(build);
	ret->still = mem_text(still);
	ret->dir = mem_printf("%s/jiaplus-record-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(ret->dir))
		record_die("no scratch folder: %s", strerror(errno));
	make_demo(ret);
	CLEANUP(mem_free) char *path = mem_printf("%s/made/" STAGE_VENUE "/demo.txt", ret->dir);
	ret->demo = record_read(path);
	if (!ret->demo)
		record_die("%s is missing", path);
}

void stage_close(struct stage *stage)
{
	stage_remove(stage->dir);
	free(stage->dir);
	free(stage->build);
	free(stage->still);
	free(stage->demo);
}

char *stage_copy(const struct stage *stage, const char *name)
{
	char *copy = mem_printf("%s/%s", stage->dir, name);
	CLEANUP(mem_free) char *command = mem_printf("cp -a '%s/made' '%s'", stage->dir, copy);

	shell(command);
	return copy;
}

void stage_remove(const char *copy)
{
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", copy);

	shell(command);
}
