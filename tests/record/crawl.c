#include "tests/record/crawl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/keys.h"
#include "tests/record/jobs.h"

#define HELP_ROWS 70
#define HELP_COLS 100
/* A key that many screens have (F2, Esc) is followed from this many of them. */
#define FOLLOW_MAX 2
#define WITH_HELP  "\thelp" /* after the steps in a file of paths */
#define NAME_LONG  200      /* ends a file's name */
#define START_MS   40000
#define PATHS_MAX  1200 /* paths of a root: a crawl that has lost its way ends */

/* Tried on each screen, whether or not its help names it. */
static const char *const always[] = { "Enter", "+", "Del" };

struct path {
	char *steps;  /* from the root */
	char *before; /* a shell command, before the program starts; NULL: none */
	int depth;
	bool has_help; /* its screen is the first of its kind: recorded with its help page */
};

struct text_set {
	char **list;
	int *counts;
	int count, room;
};

struct crawl {
	const struct crawl_options *options;
	const struct crawl_root *root;
	struct path *paths;
	int count, room;
	struct text_set screens; /* identities */
	struct text_set keys;    /* keys with their help */
	bool is_followed;        /* the keys that the screens offer */
	bool is_film;
};

/* ---- sets of texts ---- */

/* How often `text` has been counted before; counts it. */
static int set_count(struct text_set *set, const char *text)
{
	for (int i = 0; i < set->count; i++)
		if (strcmp(set->list[i], text) == 0)
			return set->counts[i]++;
	if (set->count == set->room) {
		set->room = set->room ? 2 * set->room : 64;
		set->list = mem_resize(set->list, (size_t)set->room * sizeof(*set->list));
		set->counts = mem_resize(set->counts, (size_t)set->room * sizeof(*set->counts));
	}
	set->list[set->count] = mem_text(text);
	set->counts[set->count++] = 1;
	return 0;
}

static bool set_has(const struct text_set *set, const char *text)
{
	for (int i = 0; i < set->count; i++)
		if (strcmp(set->list[i], text) == 0)
			return true;
	return false;
}

static void set_finish(struct text_set *set)
{
	for (int i = 0; i < set->count; i++)
		free(set->list[i]);
	free(set->list);
	free(set->counts);
}

/* ---- paths ---- */

static void add_path(struct crawl *crawl, const char *steps, int depth)
{
	if (crawl->count >= PATHS_MAX)
		return;
	if (crawl->count == crawl->room) {
		crawl->room = crawl->room ? 2 * crawl->room : 64;
		crawl->paths =
			mem_resize(crawl->paths, (size_t)crawl->room * sizeof(*crawl->paths));
	}
	crawl->paths[crawl->count++] = (struct path){ .steps = mem_text(steps), .depth = depth };
}

/* "9 + staff:admin" as a file name: "9.plus.staff-admin". The caller's. */
static char *path_name(const struct path *path)
{
	char *name = mem_alloc(strlen(path->steps) * 8 + 8), *to = name;

	for (const char *c = path->steps; *c; c++) {
		if (*c == ' ')
			*to++ = '.';
		else if (*c == ':' || *c == '/')
			*to++ = '-';
		else if (strchr("+*?!<>|&;", *c))
			to += sprintf(to, "%s", *c == '+' ? "plus" : "sign");
		else
			*to++ = *c;
	}
	if (to == name)
		strcpy(name, "start");
	else
		*(to - name > NAME_LONG ? name + NAME_LONG : to) = '\0';
	return name;
}

/* ---- one path, in a process of its own ---- */

/* What identifies a screen: the words at the left of its top line, and its footer. */
static char *identity_of(struct vt *vt, int rows)
{
	CLEANUP(mem_free) char *top = vt_row(vt, 0);
	CLEANUP(mem_free) char *footer = vt_row(vt, rows - 1);
	char *gap = strstr(*top == ' ' ? top + 1 : top, "    ");

	if (gap)
		*gap = '\0';
	return mem_printf("%s|%s", top, footer);
}

/* The help page's lines "  F9   Volunteers" as "F9\tVolunteers": the key has a column of its own.
 */
static char *actions_of(const char *help)
{
	CLEANUP(mem_free) char *copy = mem_text(help);
	char *rest = copy, *line, *actions = NULL;
	size_t size;
	FILE *out = open_memstream(&actions, &size);

	for (int row = 0; (line = strsep(&rest, "\n")); row++) {
		if (row < 2 || strncmp(line, "   ", 3) != 0 || line[3] == ' ' || !line[3])
			continue;
		size_t len = strcspn(line + 3, " ");
		CLEANUP(mem_free) char *label = mem_text_n(line + 3, len);
		CLEANUP(mem_free) char *word = keys_word(label);
		const char *says = line + 3 + len;
		if (word && *says)
			fprintf(out, "%s\t%s\n", word, says + strspn(says, " "));
	}
	fclose(out);
	return actions;
}

static char *file_of(const struct crawl *crawl, const char *name, const char *end)
{
	return mem_printf("%s/%s/%s%s", crawl->options->dir, crawl->root->name, name, end);
}

static void record_help(const struct crawl *crawl, struct vt *vt, const char *name)
{
	CLEANUP(mem_free) char *help_path = file_of(crawl, name, ".help.txt");
	CLEANUP(mem_free) char *actions_path = file_of(crawl, name, ".actions");

	vt_resize(vt, HELP_ROWS, HELP_COLS);
	keys_rest(vt);
	vt_keys(vt, VT_F1);
	keys_rest(vt);
	CLEANUP(mem_free) char *help = vt_screen_text(vt);
	CLEANUP(mem_free) char *actions = actions_of(help);
	record_write(help_path, help);
	record_write(actions_path, actions);
}

static struct vt *start_kiosk(const struct crawl *crawl, const char *copy, char **env)
{
	CLEANUP(mem_free) char *program = mem_printf("%s/jiaplus", crawl->options->stage->build);
	const char *const argv[] = { program, "--dir", STAGE_VENUE, "--config", "kiosk.conf",
		"--lang", crawl->root->lang, NULL };
	const struct vt_options options = {
		.rows = crawl->root->rows,
		.cols = crawl->root->cols,
		.argv = argv,
		.env = (const char *const *)env,
		.dir = copy,
	};
	struct vt *vt = vt_start(&options);

	if (!vt_wait_text(vt, "F1", START_MS))
		vt_dump(vt, stderr);
	keys_rest(vt);
	return vt;
}

/* The screen after the steps, or after each of them. The caller's. */
static char *film(const struct crawl *crawl, struct vt *vt, const char *steps)
{
	CLEANUP(mem_free) char *copy = mem_text(steps);
	char *rest = copy, *step, *shown = vt_screen_text(vt);

	while ((step = strsep(&rest, " "))) {
		if (!*step)
			continue;
		keys_step(vt, crawl->options->stage->demo, step);
		CLEANUP(mem_free) char *text = vt_screen_text(vt);
		char *more = crawl->is_film ? mem_printf("%s\n---- %s\n%s", shown, step, text)
					    : mem_text(text);
		free(shown);
		shown = more;
	}
	return shown;
}

/* The crawl is told only of what is new here, by the files ".screen" and ".actions". */
static void run_path(const struct crawl *crawl, const struct path *path)
{
	CLEANUP(mem_free) char *name = path_name(path);
	CLEANUP(mem_free) char *folder = mem_printf("%d", (int)getpid());
	CLEANUP(mem_free) char *copy = stage_copy(crawl->options->stage, folder);
	char **env = stage_env(crawl->options->stage, path->steps, false);

	if (path->before)
		stage_shell(crawl->options->stage, copy, path->before, "before");
	struct vt *vt = start_kiosk(crawl, copy, env);

	keys_play(vt, crawl->options->stage->demo, crawl->root->steps);
	CLEANUP(mem_free) char *text = film(crawl, vt, path->steps);
	CLEANUP(mem_free) char *text_path = file_of(crawl, name, ".txt");
	record_write(text_path, text);
	CLEANUP(mem_free) char *identity = identity_of(vt, crawl->root->rows);
	CLEANUP(mem_free) char *identity_path = file_of(crawl, name, ".screen");
	record_write(identity_path, identity);
	bool may_be_first = crawl->is_followed && path->depth < crawl->root->depth &&
			    !set_has(&crawl->screens, identity);
	if ((may_be_first || path->has_help) && !vt_wait_exit(vt, 0, NULL))
		record_help(crawl, vt, name);
	vt_stop(vt);
	stage_env_free(env);
	stage_remove(copy);
}

/* ---- all of a level ---- */

static void run_one(void *context, int index)
{
	const struct crawl *crawl = context;

	run_path(crawl, &crawl->paths[index]);
}

static void run_paths(struct crawl *crawl, int from, int to)
{
	jobs_run(crawl->options->jobs, from, to, run_one, crawl);
}

static bool is_common(const char *key)
{
	return (key[0] == 'F' && key[1] && strcmp(key, "F10") != 0 && strcmp(key, "F11") != 0) ||
	       strcmp(key, "Esc") == 0 || strcmp(key, "PgUp") == 0 || strcmp(key, "PgDn") == 0 ||
	       strcmp(key, "Up") == 0 || strcmp(key, "Down") == 0;
}

static void follow_step(struct crawl *crawl, int from, const char *step)
{
	const struct path *path = &crawl->paths[from];
	CLEANUP(mem_free)
	char *steps = mem_printf("%s%s%s", path->steps, *path->steps ? " " : "", step);

	add_path(crawl, steps, path->depth + 1);
}

/* `actions`: "KEY\tLABEL" lines. */
static void follow_actions(struct crawl *crawl, int from, char *actions)
{
	struct text_set tried = { 0 };
	char *rest = actions, *line;

	while ((line = strsep(&rest, "\n"))) {
		size_t len = strcspn(line, "\t");
		CLEANUP(mem_free) char *key = mem_text_n(line, len);
		if (!*key || set_count(&tried, key) > 0)
			continue;
		if (!is_common(key) || set_count(&crawl->keys, line) < FOLLOW_MAX)
			follow_step(crawl, from, key);
	}
	for (size_t i = 0; i < ARRAY_LEN(always); i++)
		if (set_count(&tried, always[i]) == 0)
			follow_step(crawl, from, always[i]);
	set_finish(&tried);
}

/* Follows what a path's screen offers, if it is the first of its kind. */
static void look_at(struct crawl *crawl, int index)
{
	CLEANUP(mem_free) char *name = path_name(&crawl->paths[index]);
	CLEANUP(mem_free) char *identity_path = file_of(crawl, name, ".screen");
	CLEANUP(mem_free) char *actions_path = file_of(crawl, name, ".actions");
	CLEANUP(mem_free) char *help_path = file_of(crawl, name, ".help.txt");
	CLEANUP(mem_free) char *identity = record_read(identity_path);
	CLEANUP(mem_free) char *actions = record_read(actions_path);
	bool is_first = crawl->is_followed && set_count(&crawl->screens, identity) == 0;

	if (is_first && actions) {
		crawl->paths[index].has_help = true;
		follow_actions(crawl, index, actions);
	} else if (crawl->is_followed && actions) {
		unlink(help_path); /* another one on the same level came first */
	}
	unlink(identity_path);
	unlink(actions_path);
}

static void write_paths(const struct crawl *crawl)
{
	CLEANUP(mem_free)
	char *path = mem_printf("%s/%s.paths", crawl->options->dir, crawl->root->name);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	for (int i = 0; i < crawl->count; i++)
		fprintf(out, "%s%s\n", crawl->paths[i].steps,
			crawl->paths[i].has_help ? WITH_HELP : "");
	fclose(out);
	record_write(path, text);
	free(text);
}

static int crawl_finish(struct crawl *crawl)
{
	int count = crawl->count;

	write_paths(crawl);
	for (int i = 0; i < count; i++) {
		free(crawl->paths[i].steps);
		free(crawl->paths[i].before);
	}
	free(crawl->paths);
	set_finish(&crawl->screens);
	set_finish(&crawl->keys);
	return count;
}

static int run_all(struct crawl *crawl)
{
	run_paths(crawl, 0, crawl->count);
	for (int i = 0; i < crawl->count; i++)
		look_at(crawl, i);
	return crawl_finish(crawl);
}

int crawl_root(const struct crawl_options *options, const struct crawl_root *root)
{
	struct crawl crawl = { .options = options, .root = root, .is_followed = true };

	add_path(&crawl, "", 0);
	for (int from = 0; from < crawl.count;) {
		int to = crawl.count;
		run_paths(&crawl, from, to);
		for (; from < to; from++)
			look_at(&crawl, from);
		printf("%s: %d screens, %d kinds\n", root->name, to, crawl.screens.count);
		fflush(stdout);
	}
	return crawl_finish(&crawl);
}

/* A line of a crawl's path file: the steps, and whether their screen has a help page. */
static void add_like(struct crawl *crawl, char *line)
{
	char *help = strstr(line, WITH_HELP);

	if (help)
		*help = '\0';
	add_path(crawl, line, 0);
	crawl->paths[crawl->count - 1].has_help = help != NULL;
}

int crawl_like(
	const struct crawl_options *options, const struct crawl_root *root, const char *paths)
{
	struct crawl crawl = { .options = options, .root = root };
	CLEANUP(mem_free) char *copy = mem_text(paths);
	char *rest = copy, *line;

	while ((line = strsep(&rest, "\n")) && rest)
		add_like(&crawl, line);
	return run_all(&crawl);
}

int crawl_films(
	const struct crawl_options *options, const struct crawl_root *root, const char *script)
{
	struct crawl crawl = { .options = options, .root = root, .is_film = true };
	CLEANUP(mem_free) char *copy = mem_text(script);
	const char *before = NULL;
	char *rest = copy, *line;

	while ((line = strsep(&rest, "\n"))) {
		if (strncmp(line, "sh: ", 4) == 0) {
			before = line + 4;
		} else if (*line && *line != '#') {
			add_path(&crawl, line, 0);
			crawl.paths[crawl.count - 1].before = mem_text(before);
			before = NULL;
		}
	}
	return run_all(&crawl);
}
