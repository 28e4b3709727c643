#include "tests/record/verbs.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/record/jobs.h"

#define AS_ADMIN       "--as admin --pin-file " STAGE_VENUE "/pins/admin.pin"
#define NAMES_MAX      400
#define PARAGRAPHS_MAX 200
#define SEEN_MAX       200
#define CODE_MIN       12 /* no code of ours is shorter */
#define NAMES_A_TIME   12 /* verbs whose help makes a paragraph */

struct verb_name {
	char *words;
	bool is_known; /* what follows is */
	bool has_json, has_staff;
};

struct verbs {
	const struct stage *stage;
	const char *dir;
	struct verb_name names[NAMES_MAX];
	int name_count;
	char *paragraphs[PARAGRAPHS_MAX];
	int paragraph_count;
	int script_from; /* before it come those of help and wrong use */
};

/* A paragraph that is running, in a process of its own. */
struct story {
	struct verbs *verbs;
	char *copy;  /* of the venue */
	char *parts; /* the folder for its output */
	int index, calls;
};

/* ---- one call ---- */

struct said {
	char *out, *err;
	int code;
};

static void said_finish(struct said *said)
{
	free(said->out);
	free(said->err);
}

/* What a line may look up in the venue, since numbers and codes differ from version to version. */
#define HELPERS                                                            \
	"sql() { sqlite3 -readonly " STAGE_VENUE "/jiaplus.db \"$1\"; }; " \
	"kept() { cat \"kept-$1\"; }; "

/* $ jiaplus --dir venue LINE in the copy, split as a shell does. */
static struct said call(
	const struct stage *stage, const char *copy, const char *seed, const char *line)
{
	CLEANUP(mem_free) char *out = mem_printf("%s/out", copy);
	CLEANUP(mem_free) char *err = mem_printf("%s/err", copy);
	CLEANUP(mem_free) char *command = NULL;
	char **env = stage_env(stage, seed, true);
	size_t size;
	FILE *shell = open_memstream(&command, &size);

	fprintf(shell, HELPERS "cd '%s' && env", copy);
	for (char **e = env; *e; e++)
		fprintf(shell, " '%s'", *e);
	fprintf(shell, " '%s/jiaplus' --dir " STAGE_VENUE " --config kiosk.conf %s", stage->build,
		line);
	fputs(" >out 2>err </dev/null", shell);
	fclose(shell);
	stage_env_free(env);
	int status = system(command);
	return (struct said){ record_read(out), record_read(err), WEXITSTATUS(status) };
}

/* A text with each `what` replaced. The caller's. */
static char *replaced(const char *text, const char *what, const char *with)
{
	char *made = NULL;
	size_t size;
	FILE *out = open_memstream(&made, &size);

	for (const char *found; (found = strstr(text, what)); text = found + strlen(what))
		fprintf(out, "%.*s%s", (int)(found - text), text, with);
	fputs(text, out);
	fclose(out);
	return made;
}

#define CODE_LETTERS "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/* Replaces random codes by their order in a text: drawing more or fewer random numbers before them
 * then makes no difference. */
static char *without_lots(const char *text)
{
	char *seen[SEEN_MAX] = { NULL }, *made = NULL;
	size_t size;
	FILE *out = open_memstream(&made, &size);

	for (const char *c = text; *c;) {
		size_t len = strncmp(c, "J1", 2) == 0 && strchr("RBGP", c[2]) && c[2]
				     ? 3 + strspn(c + 3, CODE_LETTERS)
				     : 0;
		if (len < CODE_MIN) {
			fputc(*c++, out);
			continue;
		}
		CLEANUP(mem_free) char *code = mem_text_n(c, len);
		int i = 0;
		while (i < SEEN_MAX - 1 && seen[i] && strcmp(seen[i], code) != 0)
			i++;
		if (!seen[i])
			seen[i] = mem_text(code);
		fprintf(out, "%.3s<%d>", code, i + 1);
		c += len;
	}
	fclose(out);
	for (int i = 0; i < SEEN_MAX; i++)
		free(seen[i]);
	return made;
}

static void append(const char *dir, const char *name, const char *text)
{
	CLEANUP(mem_free) char *file = replaced(name, " ", "-");
	CLEANUP(mem_free) char *path = mem_printf("%s/%s.txt", dir, file);
	CLEANUP(mem_free) char *before = record_read(path);
	CLEANUP(mem_free) char *whole = mem_printf("%s%s", before ? before : "", text);

	record_write(path, whole);
}

static void record_call(struct story *story, const char *name, const char *line)
{
	CLEANUP(mem_free) char *seed = mem_printf("%d %d", story->index, story->calls++);
	CLEANUP(mem_free) char *whole = replaced(line, " AS", " " AS_ADMIN);
	CLEANUP(said_finish)
	struct said said = call(story->verbs->stage, story->copy, seed, whole);
	CLEANUP(mem_free) char *out = replaced(said.out, story->copy, ".");
	CLEANUP(mem_free) char *err = replaced(said.err, story->copy, ".");
	CLEANUP(mem_free)
	char *text = mem_printf("$ jiaplus %s\n%s%s%s(exit %d)\n\n", line, out,
		*err ? "stderr:\n" : "", err, said.code);

	CLEANUP(mem_free) char *still = without_lots(text);
	append(story->parts, name, still);
}

/* ---- all verbs ---- */

/* The lower-case words that a line of the help begins with, or NULL. The caller's. */
static char *name_in(const char *line)
{
	size_t len = 0;

	if (strncmp(line, "  ", 2) != 0)
		return NULL;
	line += 2;
	for (size_t word; (word = strspn(line + len, "abcdefghijklmnopqrstuvwxyz-")) > 0 &&
			  line[len] != '-' && strchr(" \n", line[len + word]);) {
		len += word;
		if (line[len] != ' ' || line[len + 1] == ' ')
			break;
		len++;
	}
	while (len > 0 && line[len - 1] == ' ')
		len--;
	return len > 0 ? mem_text_n(line, len) : NULL;
}

static void find_names(struct verbs *verbs)
{
	CLEANUP(mem_free) char *copy = stage_copy(verbs->stage, "help");
	CLEANUP(said_finish) struct said said = call(verbs->stage, copy, "help", "--help");
	CLEANUP(mem_free) char *text = mem_text(said.out);
	char *rest = text, *line;

	append(verbs->dir, "help", said.out);
	while ((line = strsep(&rest, "\n"))) {
		char *name = name_in(line);
		if (name && verbs->name_count < NAMES_MAX)
			verbs->names[verbs->name_count++].words = name;
	}
	stage_remove(copy);
}

/* The verb that a line calls: the longest name that it begins with; NULL: none. */
static struct verb_name *verb_of(struct verbs *verbs, const char *line)
{
	struct verb_name *found = NULL;

	for (int i = 0; i < verbs->name_count; i++) {
		struct verb_name *name = &verbs->names[i];
		size_t len = strlen(name->words);
		if (strncmp(line, name->words, len) == 0 && (line[len] == ' ' || !line[len]) &&
			(!found || len > strlen(found->words)))
			found = name;
	}
	return found;
}

/* Its options, according to its own help. */
static const struct verb_name *look_at(const struct story *story, struct verb_name *name)
{
	if (name->is_known)
		return name;
	CLEANUP(mem_free) char *line = mem_printf("%s --help", name->words);
	CLEANUP(said_finish)
	struct said said = call(story->verbs->stage, story->copy, "help", line);
	name->is_known = true;
	name->has_json = strstr(said.out, "\n  --json ") != NULL;
	name->has_staff = strstr(said.out, "\n  --as ") != NULL;
	return name;
}

/* ---- paragraphs ---- */

/* "CALL => NAME": the first word of its output is $(kept NAME) from then on. */
static void keep_word(const struct story *story, const char *name)
{
	CLEANUP(mem_free) char *out = mem_printf("%s/out", story->copy);
	CLEANUP(mem_free) char *text = record_read(out);
	CLEANUP(mem_free) char *word = mem_text_n(text, strcspn(text, " \t\n"));
	CLEANUP(mem_free) char *path = mem_printf("%s/kept-%s", story->copy, name);

	record_write(path, word);
}

static void run_call(struct story *story, const char *line)
{
	struct verb_name *verb = verb_of(story->verbs, line);
	bool is_read = !strstr(line, " AS") && !strstr(line, " --json") &&
		       story->index >= story->verbs->script_from;

	record_call(story, verb ? verb->words : "none", line);
	if (!verb || !is_read || !look_at(story, verb)->has_json)
		return;
	CLEANUP(mem_free) char *json = mem_printf("%s --json", line);
	record_call(story, verb->words, json);
}

static char *parts_of(const struct verbs *verbs, int index)
{
	return mem_printf("%s/.part-%03d", verbs->dir, index);
}

static void run_line(struct story *story, const char *line)
{
	static const char keeps[] = " => ";
	const char *kept = strstr(line, keeps);
	CLEANUP(mem_free)
	char *before = mem_text_n(line, kept ? (size_t)(kept - line) : strlen(line));

	if (strncmp(line, "sh: ", 4) == 0)
		stage_shell(story->verbs->stage, story->copy, line + 4, "shell");
	else
		run_call(story, before);
	if (kept)
		keep_word(story, kept + strlen(keeps));
}

static void run_story(void *context, int index)
{
	struct verbs *verbs = context;
	CLEANUP(mem_free) char *name = mem_printf("story-%03d", index);
	CLEANUP(mem_free) char *copy = stage_copy(verbs->stage, name);
	CLEANUP(mem_free) char *parts = parts_of(verbs, index);
	struct story story = { .verbs = verbs, .copy = copy, .parts = parts, .index = index };
	char *rest = verbs->paragraphs[index], *line;

	while ((line = strsep(&rest, "\n")))
		if (*line && *line != '#')
			run_line(&story, line);
	stage_remove(copy);
}

static void add_paragraph(struct verbs *verbs, char *text)
{
	if (verbs->paragraph_count == PARAGRAPHS_MAX)
		record_die("too many paragraphs");
	verbs->paragraphs[verbs->paragraph_count++] = text;
}

/* The help of all verbs, and their reaction to wrong use. */
static void add_help(struct verbs *verbs)
{
	for (int i = 0; i < verbs->name_count; i += NAMES_A_TIME) {
		char *text = NULL;
		size_t size;
		FILE *out = open_memstream(&text, &size);
		for (int j = i; j < i + NAMES_A_TIME && j < verbs->name_count; j++) {
			const char *words = verbs->names[j].words;
			fprintf(out, "%s --help\n%s --no-such-option\n%s\n%s a b c d e f g h i j\n",
				words, words, words, words);
		}
		fclose(out);
		add_paragraph(verbs, text);
	}
}

static void add_script(struct verbs *verbs, const char *script)
{
	for (const char *end; *script; script = end) {
		end = strstr(script, "\n\n");
		end = end ? end + 2 : script + strlen(script);
		add_paragraph(verbs, mem_text_n(script, (size_t)(end - script)));
	}
}

/* ---- what they wrote, in their order ---- */

static void join_parts(const struct verbs *verbs, int index)
{
	CLEANUP(mem_free) char *parts = parts_of(verbs, index);
	DIR *folder = opendir(parts);

	if (!folder)
		return;
	for (struct dirent *e; (e = readdir(folder));) {
		if (e->d_name[0] == '.')
			continue;
		CLEANUP(mem_free) char *path = mem_printf("%s/%s", parts, e->d_name);
		CLEANUP(mem_free) char *text = record_read(path);
		CLEANUP(mem_free) char *name = mem_text_n(e->d_name, strcspn(e->d_name, "."));
		append(verbs->dir, name, text);
	}
	closedir(folder);
	stage_remove(parts);
}

int verbs_record(const struct stage *stage, const char *dir, const char *script, int jobs)
{
	static struct verbs verbs;

	verbs = (struct verbs){ .stage = stage, .dir = dir };
	find_names(&verbs);
	add_help(&verbs);
	verbs.script_from = verbs.paragraph_count;
	add_script(&verbs, script);
	jobs_run(jobs, 0, verbs.paragraph_count, run_story, &verbs);
	for (int i = 0; i < verbs.paragraph_count; i++)
		join_parts(&verbs, i);
	for (int i = 0; i < verbs.paragraph_count; i++)
		free(verbs.paragraphs[i]);
	for (int i = 0; i < verbs.name_count; i++)
		free(verbs.names[i].words);
	return verbs.paragraph_count;
}
