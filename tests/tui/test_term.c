/* The terminal itself: taken over, resized, given back, whatever happens. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/lib/vt.h"

static struct vt *start_at(int rows, int cols, const char *term, const char *env)
{
	const char *argv[] = { getenv("JIAPLUS_TUI_DEMO"), NULL };
	const char *envs[] = { env, NULL };
	return vt_start(&(struct vt_options){
		.rows = rows, .cols = cols, .argv = argv, .env = envs, .term = term });
}

static struct vt *start(void)
{
	struct vt *vt = start_at(24, 80, NULL, NULL);
	vt_expect(vt, "归还：扫物品标签即可");
	return vt;
}

static void quit(struct vt *vt)
{
	int status;
	vt_keys(vt, VT_F10);
	if (!vt_wait_exit(vt, VT_PATIENCE_MS, &status)) {
		vt_dump(vt, stderr);
		fail_msg("the program did not end");
	}
	assert_int_equal(status, 0);
	assert_false(vt_is_alternate(vt));
	int row, col;
	assert_true(vt_cursor(vt, &row, &col));
	vt_stop(vt);
}

TEST(first_picture_is_full_screen_and_leaving_restores, none)
{
	struct vt *vt = start();
	assert_true(vt_is_alternate(vt));
	quit(vt);
}

TEST(sigterm_ends_it_in_order, none)
{
	struct vt *vt = start();
	kill(vt_pid(vt), SIGTERM);
	int status;
	assert_true(vt_wait_exit(vt, VT_PATIENCE_MS, &status));
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_false(vt_is_alternate(vt));
	vt_stop(vt);
}

static void check_restored(const char *how)
{
	CLEANUP(mem_free) char *env = mem_printf("JIAPLUS_DEMO_CRASH=%s", how);
	struct vt *vt = start_at(24, 80, NULL, env);
	vt_expect(vt, "归还：扫物品标签即可");
	vt_keys(vt, "\033[15~");
	int status;
	assert_true(vt_wait_exit(vt, VT_PATIENCE_MS, &status));
	assert_int_not_equal(status, 0);
	assert_false(vt_is_alternate(vt));
	int row, col;
	assert_true(vt_cursor(vt, &row, &col));
	vt_stop(vt);
}

TEST(crash_gives_the_terminal_back, none)
{
	check_restored("abort");
}

TEST(exit_gives_the_terminal_back, none)
{
	check_restored("exit");
}

TEST(end_of_memory_gives_the_terminal_back, none)
{
	check_restored("memory");
}

static void check_unfit(const char *term)
{
	struct vt *vt = start_at(24, 80, term, NULL);
	int status;
	assert_true(vt_wait_exit(vt, VT_PATIENCE_MS, &status));
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 4);
	assert_true(vt_has(vt, "demo: "));
	vt_stop(vt);
}

TEST(terminal_without_cursor_movement_is_refused, none)
{
	check_unfit("dumb");
}

TEST(unknown_terminal_is_taken_for_xterm, none)
{
	struct vt *vt = start_at(24, 80, "no-such-terminal", NULL);
	vt_expect(vt, "归还：扫物品标签即可");
	quit(vt);
}

TEST(terminal_without_256_colours_uses_attributes, none)
{
	struct vt *vt = start_at(24, 80, "vt220", NULL);
	vt_expect(vt, "列表");
	int row, col;
	assert_true(vt_find(vt, "列表", &row, &col));
	assert_true(vt_cell(vt, row, col).is_reverse); /* the marked tile */
	assert_true(vt_find(vt, "表单", &row, &col));
	assert_false(vt_cell(vt, row, col).is_reverse);
	quit(vt);
}

TEST(locale_c_still_draws_chinese, none)
{
	struct vt *vt = start_at(24, 80, NULL, "LC_ALL=C");
	vt_expect(vt, "归还：扫物品标签即可");
	quit(vt);
}

TEST(resize_is_followed_from_the_first_frame, none)
{
	struct vt *vt = start_at(24, 80, NULL, NULL);
	vt_resize(vt, 40, 132);
	vt_expect(vt, "归还：扫物品标签即可");
	const char *const texts[] = { "Help", "中文", NULL };
	assert_true(vt_wait_all(vt, texts, VT_PATIENCE_MS));
	/* The footer is on the last row of the new size. */
	for (int tries = 0; tries < 400; tries++) {
		CLEANUP(mem_free) char *line = vt_row(vt, 39);
		if (strstr(line, "Help"))
			break;
		vt_pump(vt, 100);
	}
	CLEANUP(mem_free) char *line = vt_row(vt, 39);
	assert_non_null(strstr(line, "Help"));
	quit(vt);
}

TEST(one_cell_is_survived, none)
{
	struct vt *vt = start();
	static const int sizes[][2] = { { 1, 1 }, { 1, 80 }, { 24, 1 }, { 2, 2 }, { 3, 7 },
		{ 5, 10 } };
	static const char *const keys[] = { "", "1", "2", "3", "4", "5", "6", VT_F1 };
	for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
		vt_keys(vt, keys[k]);
		for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
			uint64_t seen = vt_bytes(vt);
			vt_resize(vt, sizes[i][0], sizes[i][1]);
			assert_true(vt_wait_bytes(vt, seen, VT_PATIENCE_MS));
		}
		vt_resize(vt, 24, 80);
		vt_keys(vt, VT_ESC);
		vt_expect(vt, "归还：扫物品标签即可");
	}
	quit(vt);
}

TEST(resize_storm_ends_in_the_last_size, none)
{
	struct vt *vt = start();
	unsigned seed = 7;
	vt_keys(vt, "1");
	vt_expect(vt, "40 lines");
	for (int i = 0; i < 200; i++) {
		seed = seed * 1103515245 + 12345;
		vt_resize(vt, 1 + (int)(seed >> 16) % 50, 1 + (int)(seed >> 8) % 150);
		vt_pump(vt, 0);
	}
	vt_resize(vt, 30, 100);
	vt_expect(vt, "40 lines");
	CLEANUP(mem_free) char *line = NULL;
	for (int tries = 0; tries < 400 && !(line && strstr(line, "Help")); tries++) {
		vt_pump(vt, 100);
		mem_free(&line);
		line = vt_row(vt, 29);
	}
	assert_non_null(strstr(line, "Help"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, "归还：扫物品标签即可");
	quit(vt);
}

TEST(closed_terminal_ends_the_program, none)
{
	struct vt *vt = start();
	kill(vt_pid(vt), SIGHUP);
	assert_true(vt_wait_exit(vt, VT_PATIENCE_MS, NULL));
	vt_stop(vt);
}

TEST(warnings_go_to_the_log_not_the_screen, none)
{
	char path[] = "/tmp/jiaplus-log-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	CLEANUP(mem_free) char *env = mem_printf("JIAPLUS_DEMO_LOG=%s", path);
	struct vt *vt = start_at(24, 80, NULL, env);
	vt_expect(vt, "归还：扫物品标签即可");
	vt_keys(vt, "\033[20~");
	vt_expect(vt, "warned");
	assert_false(vt_has(vt, "a library's warning"));
	char text[64] = "";
	assert_true(read(fd, text, sizeof(text) - 1) > 0);
	assert_string_equal(text, "a library's warning\n");
	quit(vt);
	close(fd);
	unlink(path);
}
