/* Files that verbs write: never over the venue's own, and over another only if that is wanted. */
#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"
#include "tui/verbs/verb.h"

/* Each verb that writes a file, with OUT in place of the file's name. */
#define OUT       "OUT"
#define AS        "AS"
#define WORDS_MAX 8
static const char *const writers[][WORDS_MAX] = {
	{ "backup", OUT, "--replace" },
	{ "resident", "export", OUT, "--replace", AS },
	{ "title", "export", OUT, "--replace", AS },
	{ "item", "export", OUT, "--replace", AS },
	{ "loan", "export", OUT, "--replace", AS },
	{ "points", "export", OUT, "--replace", AS },
	{ "resident", "template", OUT, "--replace" },
	{ "points", "template", OUT, "--replace" },
	{ "duty", "hours", "2026-01-01", "2026-12-31", OUT, "--replace", AS },
	{ "resident", "import", "/dev/null", "--skip-bad", OUT, "--replace", AS },
	{ "staff", "add", "night", "service", "--token", OUT, AS },
	{ "print", "receipt", "1", "--to", OUT },
	{ "print", "card", "1", "--to", OUT, AS },
	{ "print", "labels", "1", "--to", OUT },
	{ "print", "reminders", "--to", OUT },
	{ "print", "rules", "--to", OUT },
	{ "print", "honours", "2026", "--to", OUT },
	{ "print", "statement", "1", "--to", OUT },
	{ "duty", "print", "2026-W48", "--to", OUT },
	{ "venue", "week", "1", "--to", OUT },
	{ "print", "recovery", "--to", OUT, AS },
	{ "print", "merchant", "1", "--to", OUT },
	{ "staff", "card", "admin", "--to", OUT, AS },
	{ "resident", "hand-over", "1", "--to", OUT, AS },
};

/* Options that are not marked are not checked before writing. */
TEST(every_paper_to_a_file_is_marked_as_written, none)
{
	for (const struct verb *const *group = verb_groups(); *group; group++)
		for (const struct verb *verb = *group; verb->name; verb++)
			for (const struct verb_option *o = verb->options; o && o->name; o++)
				if (strcmp(o->name, "to") == 0 && o->value.type == OPERAND_FILE &&
					o->output == OUTPUT_NONE)
					fail_msg("%s --to has no output", verb->name);
}

static struct ran write_to(
	const struct venue_dir *v, const char *const words[WORDS_MAX], const char *path)
{
	const char *const staff[] = { AS_ADMIN(v) };
	const char *args[WORDS_MAX + 8] = { "--dir", v->dir };
	int count = 2;

	for (int i = 0; i < WORDS_MAX && words[i]; i++) {
		if (strcmp(words[i], AS) == 0)
			for (size_t n = 0; n < ARRAY_LEN(staff); n++)
				args[count++] = staff[n];
		else
			args[count++] = strcmp(words[i], OUT) == 0 ? path : words[i];
	}
	return run_jiaplus(args);
}

static void expect_whole(const struct venue_dir *v)
{
	CLEANUP(ran_finish) struct ran verify = VENUE_RUN(v, "verify");
	CLEANUP(ran_finish) struct ran staff = VENUE_RUN(v, "staff", "list", AS_ADMIN(v));

	assert_code(&verify, 0);
	assert_code(&staff, 0);
}

TEST(no_verb_writes_over_the_database, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", v->dir);

	for (size_t i = 0; i < ARRAY_LEN(writers); i++) {
		CLEANUP(ran_finish) struct ran ran = write_to(v, writers[i], path);
		if (ran.code == 0 || !strstr(ran.err, "belongs to the venue"))
			fail_msg("%s %s: exit code %d\n%s%s", writers[i][0], writers[i][1],
				ran.code, ran.out, ran.err);
	}
	expect_whole(v);
}

TEST(no_file_of_the_venue_is_written_over_or_made_by_an_export, none)
{
	static const char *const own[] = { "jiaplus.db-wal", "jiaplus.db-shm", "jiaplus.db-journal",
		"jiaplus.db.lock", "jiaplus.db.head", "jiaplus.db.before-9", "pepper.key",
		"pepper.key.new", "restore.tries", "kiosk.lock", "outbox.lock", "jiaplus.log",
		"printed", "printed/2026-11-21-R000123-1.pdf", "backups/last" };
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *printed = mem_printf("%s/printed", v->dir);
	CLEANUP(mem_free) char *backups = mem_printf("%s/backups", v->dir);

	assert_int_equal(mkdir(printed, 0700), 0);
	assert_int_equal(mkdir(backups, 0700), 0);
	for (size_t i = 0; i < ARRAY_LEN(own); i++) {
		CLEANUP(mem_free) char *path = mem_printf("%s/%s", v->dir, own[i]);
		bool is_there = access(path, F_OK) == 0;
		CLEANUP(ran_finish) struct ran ran = write_to(v, writers[3], path);
		assert_code(&ran, 1);
		assert_has(ran.err, "belongs to the venue");
		assert_int_equal(access(path, F_OK) == 0, is_there);
	}
	expect_whole(v);
}

TEST(links_and_other_names_of_the_venues_files_are_found_out, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *elsewhere = scratch_make();
	CLEANUP(mem_free) char *database = mem_printf("%s/jiaplus.db", v->dir);
	CLEANUP(mem_free) char *key = mem_printf("%s/pepper.key", v->dir);
	CLEANUP(mem_free) char *soft = mem_printf("%s/soft.csv", elsewhere);
	CLEANUP(mem_free) char *hard = mem_printf("%s/hard.csv", elsewhere);
	CLEANUP(mem_free) char *folder = mem_printf("%s/venue", elsewhere);
	CLEANUP(mem_free) char *through = mem_printf("%s/pepper.key", folder);
	CLEANUP(mem_free) char *round = mem_printf("%s/printed/../jiaplus.db", v->dir);
	const char *const paths[] = { soft, hard, through, round };

	assert_int_equal(symlink(database, soft), 0);
	assert_int_equal(link(key, hard), 0);
	assert_int_equal(symlink(v->dir, folder), 0);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		CLEANUP(ran_finish) struct ran ran = write_to(v, writers[1], paths[i]);
		if (ran.code != 1 || !strstr(ran.err, "belongs to the venue"))
			fail_msg("%s: %d %s", paths[i], ran.code, ran.err);
	}
	expect_whole(v);
	scratch_remove(elsewhere);
}

TEST(a_table_replaces_another_file_only_when_asked, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/居民.csv", v->dir);

	write_file(path, "姓名\n丙寅\n", 0644);
	CLEANUP(ran_finish) struct ran empty = VENUE_RUN(v, "resident", "template", path);
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "resident", "export", path, AS_ADMIN(v));
	CLEANUP(mem_free) char *kept = read_file(path);
	CLEANUP(ran_finish)
	struct ran asked = VENUE_RUN(v, "resident", "export", path, "--replace", AS_ADMIN(v));
	CLEANUP(mem_free) char *replaced = read_file(path);
	assert_code(&empty, 1);
	assert_has(empty.err, "--replace");
	assert_code(&ran, 1);
	assert_string_equal(kept, "姓名\n丙寅\n");
	assert_code(&asked, 0);
	assert_has(replaced, "number,name,phone");
}

TEST(lines_given_back_do_not_go_over_the_table_they_are_of, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/in.csv", v->dir);

	write_file(path, "姓名,电话\n丁卯,12x\n", 0644);
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "resident", "import", path, "--skip-bad", path, AS_ADMIN(v));
	CLEANUP(mem_free) char *kept = read_file(path);
	assert_code(&ran, 1);
	assert_string_equal(kept, "姓名,电话\n丁卯,12x\n");
}

/* Printing a card issues it and ends the previous one. */
TEST(a_card_is_not_issued_for_a_path_that_is_refused, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", v->dir);

	CLEANUP(ran_finish) struct ran add = VENUE_RUN(v, "resident", "add", "辛未", AS_ADMIN(v));
	assert_code(&add, 0);
	CLEANUP(ran_finish) struct ran before = VENUE_RUN(v, "verify");
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "print", "card", "1", "--to", path, AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran after = VENUE_RUN(v, "verify");
	assert_code(&ran, 1);
	assert_string_equal(before.out, after.out);
}

TEST(a_printer_that_is_the_database_is_refused_at_the_start, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *config = mem_printf("%s/kiosk.conf", v->dir);
	CLEANUP(mem_free)
	char *text = mem_printf("[receipt]\nmode = raw\nqueue = %s/jiaplus.db\n", v->dir);

	write_file(config, text, 0644);
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "--config", config, "loans");
	assert_code(&ran, 1);
	assert_has(ran.err, "belongs to the venue");
	expect_whole(v);
}

/* Without an operand there is nothing to check, whatever is in the folder. */
TEST(a_backup_that_names_no_file_minds_no_file_of_the_verbs_name, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *program = jiaplus_path();
	CLEANUP(mem_free)
	char *line = mem_printf("cd '%s' && : >backup && '%s' --dir . backup", v->dir, program);
	const char *const argv[] = { "/bin/sh", "-c", line, NULL };

	CLEANUP(ran_finish) struct ran ran = run_program(argv);
	assert_code(&ran, 0);
}

/* Whether a verb's line in --help says that it takes a file to read. */
static bool is_reader(const char *line)
{
	static const char *const readers[] = { "scan FILE", " import FILE", "holiday load",
		"duty signups", "restore FILE" };

	for (size_t i = 0; i < ARRAY_LEN(readers); i++)
		if (strstr(line, readers[i]))
			return true;
	return false;
}

/* The words before the operands, which are in capitals. */
static int words_of(char *line, const char *ret[4])
{
	int count = 0;

	for (char *word; count < 4 && (word = strsep(&line, " "));) {
		if (*word >= 'A' && *word <= 'Z')
			break;
		if (*word)
			ret[count++] = word;
	}
	return count;
}

TEST(each_verb_that_takes_a_file_reads_it_or_asks_before_it_is_replaced, none)
{
	CLEANUP(ran_finish) struct ran all = RUN("--help");
	char *rest = strstr(all.out, "\n  ");
	int seen = 0;

	for (char *line; rest && (line = strsep(&rest, "\n"));) {
		if (strncmp(line, "  ", 2) != 0 || line[2] == '-' || !strstr(line, " FILE") ||
			is_reader(line))
			continue;
		const char *args[6] = { "help" };
		words_of(line, args + 1);
		CLEANUP(ran_finish) struct ran help = run_jiaplus(args);
		assert_has(help.out, "--replace");
		seen++;
	}
	assert_true(seen > 10);
}

static int files_in(const char *dir)
{
	DIR *folder = opendir(dir);
	int count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

TEST(an_export_that_fails_leaves_no_draft, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/nowhere/all.csv", v->dir);
	int before = files_in(v->dir);

	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "item", "export", path, AS_ADMIN(v));
	assert_code(&ran, 3);
	assert_int_equal(files_in(v->dir), before);
}

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)
