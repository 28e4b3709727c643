/* The real binary, run from a test: arguments in, exit code and output out. */
#pragma once

#include <jansson.h>

#include "tests/lib/test.h"

struct ran {
	int code;        /* exit code; 128 + the signal when one ended it */
	char *out, *err; /* what it wrote */
};
void ran_finish(struct ran *); /* for CLEANUP */

/* Runs $JIAPLUS_BUILD/jiaplus with the arguments, in English. A run that takes longer than a minute
 * fails the test. */
struct ran run_jiaplus(const char *const args[]);
#define RUN(...) run_jiaplus((const char *const[]){ __VA_ARGS__, NULL })
/* The binary's path, for a shell command. The caller's. */
char *jiaplus_path(void);
/* Any program, by its path. */
struct ran run_program(const char *const argv[]);

/* Fails the test, showing the output, unless the exit code is `code`. */
void assert_code(const struct ran *, int code);
void assert_has(const char *text, const char *part);
void assert_lacks(const char *text, const char *part);
/* The output as JSON: an array of `count` objects (-1: any number). The caller's. */
json_t *assert_json(const struct ran *, int count);

/* A new folder in $TMPDIR, removed with its contents by scratch_remove. The caller's. */
char *scratch_make(void);
void scratch_remove(const char *dir);
void write_file(const char *path, const char *text, int mode);
char *read_file(const char *path);

/* An empty venue in `dir`; its administrator's PIN file is dir/pin. */
void init_venue(const char *dir);
/* The same, copied from the first one that this program made, including its secrets. */
void make_venue(const char *dir);
#define ADMIN_PIN "483920"

/* A venue for a group of tests, as cmocka's state. */
struct venue_dir {
	char *dir, *pin;
};
int venue_dir_set_up(void **state);
int venue_dir_tear_down(void **state);
/* After a verb: RUN("--dir", v->dir, "loans", AS_ADMIN(v)) */
#define AS_ADMIN(v)       "--as", "admin", "--pin-file", (v)->pin
#define VENUE_RUN(v, ...) RUN("--dir", (v)->dir, __VA_ARGS__)
