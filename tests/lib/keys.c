#include "tests/lib/keys.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"

#define CODE_COLUMN  3
#define PIN_COLUMN   4
#define STAFF_COLUMN 6

#define QUIET_MS    70 /* longer than a key is held back in case it belongs to a scan */
#define PATIENCE_US 20000000
#define RUNNING     (-1L)

/* Names of keys that produce no character; where a key has two, the later is the help page's. */
static const struct {
	const char *name, *bytes, *word;
} names[] = {
	{ "Enter", VT_ENTER, "Enter" },
	{ "回车", VT_ENTER, "Enter" },
	{ "Esc", VT_ESC, "Esc" },
	{ "Backspace", VT_BACKSPACE, "Backspace" },
	{ "退格", VT_BACKSPACE, "Backspace" },
	{ "Del", VT_DELETE, "Del" },
	{ "Tab", VT_TAB, "Tab" },
	{ "Space", " ", "Space" },
	{ "空格", " ", "Space" },
	{ "Up", VT_UP, "Up" },
	{ "↑", VT_UP, "Up" },
	{ "Down", VT_DOWN, "Down" },
	{ "↓", VT_DOWN, "Down" },
	{ "Left", VT_LEFT, "Left" },
	{ "←", VT_LEFT, "Left" },
	{ "Right", VT_RIGHT, "Right" },
	{ "→", VT_RIGHT, "Right" },
	{ "Home", VT_HOME, "Home" },
	{ "End", VT_END, "End" },
	{ "PgUp", VT_PAGE_UP, "PgUp" },
	{ "PgDn", VT_PAGE_DOWN, "PgDn" },
	{ "F1", VT_F1, "F1" },
	{ "F2", VT_F2, "F2" },
	{ "F3", VT_F3, "F3" },
	{ "F4", VT_F4, "F4" },
	{ "F5", VT_F5, "F5" },
	{ "F6", VT_F6, "F6" },
	{ "F7", VT_F7, "F7" },
	{ "F8", VT_F8, "F8" },
	{ "F9", VT_F9, "F9" },
	{ "F10", VT_F10, "F10" },
	{ "F11", VT_F11, "F11" },
	{ "F12", VT_F12, "F12" },
};

char *keys_word(const char *label)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i].name, label) == 0)
			return mem_text(names[i].word);
	/* An ASCII character is named by itself; no key produces any other. */
	return label[0] > ' ' && !label[1] ? mem_text(label) : NULL;
}

/* ---- rest ---- */

/* The whole of a file in /proc; NULL: the process has ended. */
static char *read_proc(const char *path)
{
	FILE *in = fopen(path, "re");
	char *text = NULL;
	size_t size = 0;

	if (!in)
		return NULL;
	if (getdelim(&text, &size, '\0', in) < 0)
		mem_free(&text);
	fclose(in);
	return text;
}

/* How often a process, its threads and its children have been scheduled so far; RUNNING while one
 * of them runs. Two equal answers mean that nothing has happened in between. */
static long runs_of(int pid);

static long runs_of_thread(int pid, const char *thread)
{
	CLEANUP(mem_free) char *path = mem_printf("/proc/%d/task/%s/status", pid, thread);
	CLEANUP(mem_free) char *text = read_proc(path);
	const char *state = text ? strstr(text, "\nState:\t") : NULL;
	long runs = 0;

	if (!state)
		return 0;
	if (!strchr("SZX", state[strlen("\nState:\t")]))
		return RUNNING;
	for (const char *line = state; (line = strstr(line, "ctxt_switches:"));) {
		line += strlen("ctxt_switches:");
		runs += strtol(line, NULL, 10);
	}
	return runs;
}

static long runs_of_children(int pid, const char *thread)
{
	CLEANUP(mem_free) char *path = mem_printf("/proc/%d/task/%s/children", pid, thread);
	CLEANUP(mem_free) char *text = read_proc(path);
	char *rest = text, *child;
	long sum = 0;

	while (rest && (child = strsep(&rest, " \n"))) {
		long runs = *child ? runs_of(atoi(child)) : 0;
		if (runs == RUNNING)
			return RUNNING;
		sum += runs;
	}
	return sum;
}

static long runs_of(int pid)
{
	CLEANUP(mem_free) char *path = mem_printf("/proc/%d/task", pid);
	DIR *threads = opendir(path);
	long sum = 0;

	if (!threads)
		return 0;
	for (struct dirent *e; sum != RUNNING && (e = readdir(threads));) {
		if (e->d_name[0] == '.')
			continue;
		long own = runs_of_thread(pid, e->d_name),
		     theirs = runs_of_children(pid, e->d_name);
		sum = own == RUNNING || theirs == RUNNING ? RUNNING : sum + own + theirs;
	}
	closedir(threads);
	return sum;
}

/* Asleep is not yet at rest: a timer holds back a key. Nothing may run for longer than that. */
void keys_rest(struct vt *vt)
{
	int64_t deadline = clock_us() + PATIENCE_US;

	while (clock_us() < deadline) {
		long before = runs_of(vt_pid(vt));
		if (!vt_pump(vt, QUIET_MS) && before != RUNNING && runs_of(vt_pid(vt)) == before)
			return;
	}
}

/* ---- steps ---- */

static void __attribute__((noreturn)) complain(const char *what, const char *name)
{
	fprintf(stderr, "script of keys: %s %s\n", what, name);
	exit(1);
}

char *keys_demo_column(const char *demo, const char *what, const char *name, int index)
{
	CLEANUP(mem_free) char *start = mem_printf("\n%s\t%s\t", what, name);
	const char *field = strstr(demo, start);

	if (!field)
		return NULL;
	for (field++; index > 0; index--)
		field = strchr(field, '\t') + 1;
	return mem_text_n(field, strcspn(field, "\t\n"));
}

static char *column(const char *demo, const char *what, const char *name, int index)
{
	char *text = keys_demo_column(demo, what, name, index);

	if (!text)
		complain("the demo venue has no", name);
	return text;
}

static void scan_card(struct vt *vt, const char *demo, const char *number)
{
	CLEANUP(mem_free) char *code = column(demo, "card", number, CODE_COLUMN);

	vt_scan(vt, code);
}

static void scan_label(struct vt *vt, const char *demo, const char *number)
{
	CLEANUP(mem_free) char *name = mem_printf("%06d", atoi(number));
	CLEANUP(mem_free) char *code = column(demo, "item", name, CODE_COLUMN);

	vt_scan(vt, code);
}

static void scan_staff(struct vt *vt, const char *demo, const char *staff)
{
	CLEANUP(mem_free) char *code = column(demo, "staff", staff, STAFF_COLUMN);

	vt_scan(vt, code);
}

static void scan_any(struct vt *vt, const char *demo, const char *code)
{
	(void)demo;
	vt_scan(vt, code);
}

/* `_` stands for a blank. The caller's. */
static char *with_blanks(const char *of)
{
	char *text = mem_text(of);

	for (char *c = text; (c = strchr(c, '_'));)
		*c = ' ';
	return text;
}

static void paste_text(struct vt *vt, const char *demo, const char *of)
{
	CLEANUP(mem_free) char *text = with_blanks(of);

	(void)demo;
	vt_paste(vt, text);
}

/* Letter by letter: faster would be a scan. */
static void type_text(struct vt *vt, const char *demo, const char *of)
{
	CLEANUP(mem_free) char *whole = with_blanks(of);
	const char *text = whole;

	(void)demo;
	for (char letter[5] = ""; *text; text += strlen(letter)) {
		size_t size = 1;
		while (size < 4 && ((unsigned char)text[size] & 0xc0) == 0x80)
			size++;
		memcpy(letter, text, size);
		letter[size] = '\0';
		vt_keys(vt, letter);
		keys_rest(vt);
	}
}

static void type_pin(struct vt *vt, const char *demo, const char *staff)
{
	CLEANUP(mem_free) char *pin = column(demo, "staff", staff, PIN_COLUMN);

	type_text(vt, demo, pin);
	vt_keys(vt, VT_ENTER);
}

static void press(struct vt *vt, const char *key)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i].name, key) == 0) {
			vt_keys(vt, names[i].bytes);
			return;
		}
	if (strlen(key) != 1)
		complain("no step is called", key);
	vt_keys(vt, key);
}

static const struct {
	const char *word;
	void (*run)(struct vt *vt, const char *demo, const char *of);
} steps[] = {
	{ "card:", scan_card },
	{ "label:", scan_label },
	{ "staff:", scan_staff },
	{ "scan:", scan_any },
	{ "pin:", type_pin },
	{ "text:", type_text },
	{ "paste:", paste_text },
};

void keys_step(struct vt *vt, const char *demo, const char *step)
{
	size_t i = 0;

	while (i < ARRAY_LEN(steps) && strncmp(step, steps[i].word, strlen(steps[i].word)) != 0)
		i++;
	if (i < ARRAY_LEN(steps))
		steps[i].run(vt, demo, step + strlen(steps[i].word));
	else
		press(vt, step);
	keys_rest(vt);
}

void keys_play(struct vt *vt, const char *demo, const char *script)
{
	CLEANUP(mem_free) char *copy = mem_text(script);
	char *rest = copy, *step;

	while ((step = strsep(&rest, " ")))
		if (*step)
			keys_step(vt, demo, step);
}
