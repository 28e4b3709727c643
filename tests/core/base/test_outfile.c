/* Written files: complete or absent. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/outfile.h"
#include "core/base/reasons.h"
#include "tests/lib/test.h"

struct place {
	char dir[40], path[64];
};

static int place_setup(void **state)
{
	struct place *p = mem_alloc(sizeof(*p));

	strcpy(p->dir, "/tmp/jiaplus-outfile-XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	snprintf(p->path, sizeof(p->path), "%s/a", p->dir);
	*state = p;
	return 0;
}

static int place_teardown(void **state)
{
	struct place *p = *state;

	unlink(p->path);
	/* Nothing else is left there. */
	assert_int_equal(rmdir(p->dir), 0);
	free(p);
	return 0;
}

static void expect_text(const char *path, const char *text)
{
	char read_back[64] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(read(fd, read_back, sizeof(read_back) - 1), (ssize_t)strlen(text));
	close(fd);
	assert_string_equal(read_back, text);
}

TEST(a_file_is_private_and_whole, place)
{
	struct place *p = *state;
	struct err err = { 0 };
	struct stat st;

	mode_t before = umask(0);
	assert_int_equal(outfile_put(p->path, "one", 3, OUTFILE_PRIVATE, OUTFILE_NEW, &err), 0);
	umask(before);
	assert_int_equal(stat(p->path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	expect_text(p->path, "one");
}

TEST(a_new_file_replaces_none, place)
{
	struct place *p = *state;
	struct err err = { 0 };

	assert_int_equal(outfile_put(p->path, "one", 3, OUTFILE_PRIVATE, OUTFILE_NEW, &err), 0);
	assert_int_equal(
		outfile_put(p->path, "two", 3, OUTFILE_PRIVATE, OUTFILE_NEW, &err), ERR_REFUSED);
	assert_true(err_has(&err, REASON_FILE_EXISTS));
	expect_text(p->path, "one");
	assert_int_equal(outfile_put(p->path, "two", 3, OUTFILE_PRIVATE, OUTFILE_REPLACE, &err), 0);
	expect_text(p->path, "two");
}

TEST(an_abandoned_file_leaves_what_was_there, place)
{
	struct place *p = *state;
	struct err err = { 0 };
	struct outfile f;

	assert_int_equal(outfile_put(p->path, "one", 3, OUTFILE_PRIVATE, OUTFILE_NEW, &err), 0);
	assert_int_equal(outfile_create(&f, p->path, OUTFILE_PRIVATE, &err), 0);
	outfile_add(&f, "two", 3);
	outfile_abandon(&f);
	expect_text(p->path, "one");
}

/* A symbolic link is replaced, not followed: its target may be somebody else's. */
TEST(a_link_is_replaced_and_not_followed, place)
{
	struct place *p = *state;
	struct err err = { 0 };
	CLEANUP(mem_free) char *other = mem_printf("%s/b", p->dir);

	assert_int_equal(outfile_put(other, "one", 3, OUTFILE_PRIVATE, OUTFILE_NEW, &err), 0);
	assert_int_equal(symlink("b", p->path), 0);
	assert_int_equal(outfile_put(p->path, "two", 3, OUTFILE_PRIVATE, OUTFILE_REPLACE, &err), 0);
	expect_text(other, "one");
	expect_text(p->path, "two");
	unlink(other);
}

TEST_FILE()
