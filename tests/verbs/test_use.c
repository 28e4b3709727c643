/* What the command line says about itself, and about wrong use. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

TEST(version_is_one_line, none)
{
	CLEANUP(ran_finish) struct ran ran = RUN("--version");

	assert_code(&ran, 0);
	assert_int_equal(strncmp(ran.out, "jiaplus ", 8), 0);
	assert_ptr_equal(strchr(ran.out, '\n'), ran.out + strlen(ran.out) - 1);
}

TEST(help_names_every_verb_of_the_contract, none)
{
	static const char *const verbs[] = {
		"init",
		"scan",
		"lend",
		"return",
		"loans",
		"resident add",
		"resident import",
		"resident export",
		"title import",
		"item export",
		"loan import",
		"item add",
		"item list",
		"item show",
		"venue list",
		"shift list",
		"points balance",
		"print receipt",
		"print card",
		"print labels",
		"queue",
		"verify",
		"backup",
	};
	CLEANUP(ran_finish) struct ran ran = RUN("--help");

	assert_code(&ran, 0);
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		assert_has(ran.out, verbs[i]);
}

TEST(help_of_a_verb_lists_its_options, none)
{
	CLEANUP(ran_finish) struct ran one = RUN("lend", "--help");
	CLEANUP(ran_finish) struct ran other = RUN("help", "lend");

	assert_code(&one, 0);
	assert_string_equal(one.out, other.out);
	assert_has(one.out, "--override");
	assert_has(one.out, "--key");
}

TEST(help_speaks_chinese, none)
{
	CLEANUP(ran_finish) struct ran ran = RUN("--lang", "zh_CN", "help", "lend");

	assert_code(&ran, 0);
	assert_has(ran.out, "把物品借给一位居民");
}

TEST(wrong_use_is_exit_2_and_names_the_usage, none)
{
	static const struct {
		const char *args[4];
		const char *says;
	} uses[] = {
		{ { "frobnicate" }, "frobnicate" },
		{ { "resident", "fly" }, "resident fly" },
		{ { "lend", "1" }, "missing" },
		{ { "loans", "extra" }, "extra" },
		{ { "loans", "--nope" }, "--nope" },
		{ { "--nope" }, "--nope" },
		{ { "print", "receipt", "1", "--to" }, "--to needs a value" },
		{ { "init", "--site", "99999" }, "site number" },
		{ { "queue", "answer", "1", "perhaps" }, "perhaps" },
	};

	for (size_t i = 0; i < ARRAY_LEN(uses); i++) {
		const char *args[5] = { NULL };
		memcpy(args, uses[i].args, sizeof(uses[i].args));
		CLEANUP(ran_finish) struct ran ran = run_jiaplus(args);
		assert_code(&ran, 2);
		assert_int_equal(strncmp(ran.err, "jiaplus: ", 9), 0);
		assert_has(ran.err, uses[i].says);
	}
}

TEST(group_alone_lists_its_verbs, none)
{
	CLEANUP(ran_finish) struct ran ran = RUN("resident");

	assert_int_equal(ran.code, 2);
	assert_has(ran.out, "resident add");
	assert_has(ran.out, "resident list");
}

TEST(unknown_key_names_file_and_line, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *path = mem_printf("%s/kiosk.conf", dir);

	write_file(path, "[kiosk]\nlanguage = en\ncolour = blue\n", 0644);
	CLEANUP(ran_finish) struct ran ran = RUN("--config", path, "--dir", dir, "loans");
	scratch_remove(dir);
	assert_int_equal(ran.code, 2);
	assert_has(ran.err, "kiosk.conf:3");
	assert_has(ran.err, "colour");
}

TEST(missing_config_is_named, none)
{
	CLEANUP(ran_finish) struct ran ran = RUN("--config", "/nowhere/kiosk.conf", "loans");

	assert_int_equal(ran.code, 1);
	assert_has(ran.err, "/nowhere/kiosk.conf");
}

TEST(escape_sequences_on_the_command_line_do_not_reach_the_terminal, none)
{
	CLEANUP(ran_finish) struct ran ran = RUN("\033]0;gotcha\007\033[31m");

	assert_int_equal(ran.code, 2);
	assert_null(strchr(ran.err, '\033'));
	assert_null(strchr(ran.err, '\007'));
}

TEST(full_output_is_a_storage_error, none)
{
	CLEANUP(mem_free) char *program = jiaplus_path();
	CLEANUP(mem_free) char *line = mem_printf("%s --help >/dev/full", program);
	const char *const argv[] = { "/bin/sh", "-c", line, NULL };
	CLEANUP(ran_finish) struct ran ran = run_program(argv);

	assert_code(&ran, 3);
}

TEST(reader_that_has_heard_enough_is_no_error, none)
{
	CLEANUP(mem_free) char *program = jiaplus_path();
	CLEANUP(mem_free)
	char *line = mem_printf("{ sleep 0.1; %s --help; echo $? >&2; } | true", program);
	const char *const argv[] = { "/bin/sh", "-c", line, NULL };
	CLEANUP(ran_finish) struct ran ran = run_program(argv);

	assert_string_equal(ran.err, "0\n");
}

TEST(without_zbar_pictures_are_refused_and_the_rest_works, none)
{
	CLEANUP(mem_free) char *program = jiaplus_path();
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *library = mem_printf("%s/libzbar.so.0", dir);
	write_file(library, "no library", 0600);
	CLEANUP(mem_free)
	char *line = mem_printf("export LD_LIBRARY_PATH=%s LANG=C; %s --version && %s scan %s", dir,
		program, program, library);
	const char *const argv[] = { "/bin/sh", "-c", line, NULL };
	CLEANUP(ran_finish) struct ran ran = run_program(argv);

	assert_code(&ran, 4);
	assert_has(ran.out, "jiaplus ");
	assert_has(ran.err, "libzbar0");
	scratch_remove(dir);
}
