/* What a service account may do on the command line: every verb, compared with the list below. A
 * new verb is refused unless it is listed. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

/* These accept its token. */
static const char *const for_service[] = { "points expire", "backup" };

/* These do not ask who runs them: whoever may read the folder may use them. */
static const char *const for_all[] = {
	"help",
	"init",
	"scan",
	"item list",
	"item show",
	"resident categories",
	"item categories",
	"ticket list",
	"stocktake show",
	"stocktake list",
	"donation list",
	"rule list",
	"resident template",
	"title template",
	"item template",
	"loan template",
	"points template",
	"venue list",
	"venue show",
	"holiday list",
	"venue times",
	"venue free",
	"venue report",
	"venue week",
	"venue day",
	"duty types",
	"duty print",
	"duty print-day",
	"duty print-month",
	"duty slip",
	"points statement",
	"points rules",
	"body list",
	"earn-rule list",
	"fund list",
	"rewards list",
	"print receipt",
	"print labels",
	"print reminders",
	"print rules",
	"print guide",
	"print fund",
	"print points-rules",
	"print honours",
	"print statement",
	"print slip",
	"label list",
	"queue",
	"queue retry",
	"queue cancel",
	"queue answer",
	"verify",
	"site show",
	"setting list",
	"guide list",
	"guide show",
	"merchant show",
	"print merchant",
	"restore",
	"merchant list",
	"doctor",
	"staff recover",
};

struct night {
	char *dir, *venue, *token;
};

static int set_up(void **state)
{
	struct night *n = mem_alloc(sizeof(*n));

	n->dir = scratch_make();
	n->venue = mem_printf("%s/venue", n->dir);
	n->token = mem_printf("%s/pins/cron.token", n->venue);
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", n->venue, "init", "--demo");
	assert_code(&ran, 0);
	*state = n;
	return 0;
}

static int tear_down(void **state)
{
	struct night *n = *state;

	scratch_remove(n->dir);
	free(n->dir);
	free(n->venue);
	free(n->token);
	free(n);
	return 0;
}

static bool is_among(const char *verb, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], verb) == 0)
			return true;
	return false;
}

/* " lend CARD ITEM… Lend …" → "lend": words of lower-case letters, up to an operand or the help. */
static char *verb_of(const char *line)
{
	const char *end = line;

	for (const char *word = line; islower((unsigned char)*word); word = end + 1) {
		size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyz-");
		if (word[len] != ' ' && word[len] != '\0')
			break;
		end = word + len;
		if (word[len] == '\0')
			break;
	}
	return mem_text_n(line, (size_t)(end - line));
}

#define VERB_WORDS_MAX 3

static struct ran run_as_service(const struct night *n, const char *verb)
{
	CLEANUP(mem_free) char *text = mem_text(verb);
	const char *args[VERB_WORDS_MAX + 8] = { "--dir", n->venue };
	int count = 2;
	char *rest = text;

	for (char *word; (word = strsep(&rest, " "));)
		args[count++] = word;
	args[count++] = "--as";
	args[count++] = "cron";
	args[count++] = "--pin-file";
	args[count++] = n->token;
	return run_jiaplus(args);
}

static void assert_verb(const struct night *n, const char *verb)
{
	bool is_for_all = is_among(verb, for_all, ARRAY_LEN(for_all));
	bool is_for_service = is_among(verb, for_service, ARRAY_LEN(for_service));
	CLEANUP(ran_finish) struct ran ran = run_as_service(n, verb);
	int expected = is_for_service ? 0 : is_for_all ? 2 : 1;

	if (ran.code != expected)
		fail_msg("%s: exit %d, not %d: %s%s", verb, ran.code, expected, ran.err, ran.out);
	if (expected != 1)
		return;
	assert_has(ran.err, "A service account does only what the night needs");
	assert_has(ran.err, "--as and their PIN");
	assert_string_equal(ran.out, "");
}

TEST(a_service_account_runs_the_verbs_of_the_night_and_no_others, none)
{
	const struct night *n = *state;
	CLEANUP(ran_finish) struct ran help = RUN("--help");
	char *rest = help.out;
	size_t seen = 0;

	for (char *line; (line = strsep(&rest, "\n"));) {
		if (strncmp(line, "  ", 2) != 0 || !islower((unsigned char)line[2]))
			continue;
		CLEANUP(mem_free) char *verb = verb_of(line + 2);
		assert_verb(n, verb);
		seen++;
	}
	assert_true(seen > ARRAY_LEN(for_all) + ARRAY_LEN(for_service) + 90);
}

TEST(what_a_service_account_was_refused_left_no_trace, none)
{
	const struct night *n = *state;
	CLEANUP(ran_finish)
	struct ran post = RUN("--dir", n->venue, "points", "post", "issue", "1", "500", "--why",
		"x", "--as", "cron", "--pin-file", n->token);
	CLEANUP(ran_finish)
	struct ran balance = RUN("--dir", n->venue, "points", "balance", "1", "--json");
	CLEANUP(mem_free) char *to = mem_printf("%s/all.csv", n->dir);
	CLEANUP(ran_finish)
	struct ran export = RUN("--dir", n->venue, "resident", "export", to, "--as", "cron",
		"--pin-file", n->token);

	assert_code(&post, 1);
	assert_code(&balance, 0);
	assert_lacks(balance.out, "500");
	assert_code(&export, 1);
	assert_null(fopen(to, "re"));
}

TEST(a_service_account_is_added_with_the_role_service_alone, none)
{
	const struct night *n = *state;
	CLEANUP(mem_free) char *pin = mem_printf("%s/pins/admin.pin", n->venue);
	CLEANUP(mem_free) char *token = mem_printf("%s/new.token", n->dir);
	CLEANUP(ran_finish)
	struct ran boss = RUN("--dir", n->venue, "staff", "add", "night", "coordinator", "--token",
		token, "--as", "admin", "--pin-file", pin);
	CLEANUP(ran_finish)
	struct ran bare = RUN("--dir", n->venue, "staff", "add", "night", "service", "--as",
		"admin", "--pin-file", pin);
	CLEANUP(ran_finish)
	struct ran right = RUN("--dir", n->venue, "staff", "add", "night", "service", "夜间任务",
		"--token", token, "--as", "admin", "--pin-file", pin);

	assert_code(&boss, 2);
	assert_code(&bare, 2);
	assert_has(bare.err, "--token FILE goes with the role service");
	assert_code(&right, 0);
}

TEST_FILE(.setup = set_up, .teardown = tear_down)
