/* The venue that recordings start from: a demo venue whose clock is stopped and whose random
 * numbers are always the same, made once and copied for everything that is recorded. Any failure
 * here ends the recorder with a message on stderr. */
#pragma once

#include <stdbool.h>

#define STAGE_AT    1795241100 /* 2026-11-21T14:05+08:00, a Saturday */
#define STAGE_VENUE "venue"    /* the venue's folder in each copy */

struct stage {
	char *dir;   /* a scratch folder */
	char *build; /* whose jiaplus is recorded */
	char *still; /* tests/record/still.c, built */
	char *demo;  /* demo.txt: who is who */
};

void stage_open(const char *build, const char *still, struct stage *ret);
void stage_close(struct stage *);

/* A fresh copy DIR/NAME with the venue in DIR/NAME/venue; and removing it. The caller's. */
char *stage_copy(const struct stage *, const char *name);
void stage_remove(const char *copy);

/* Runs a shell command in a copy, with $JIAPLUS being the program. */
void stage_shell(const struct stage *, const char *copy, const char *words, const char *seed);

/* NAME=VALUE for the programs that run in a copy, ended by NULL; `seed` separates the random
 * numbers of one run from those of another; without `has_paper` nothing is drawn. The caller's,
 * freed by stage_env_free. */
char **stage_env(const struct stage *, const char *seed, bool has_paper);
void stage_env_free(char **env);

void record_die(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));
void record_write(const char *path, const char *text); /* makes the folder as well */
char *record_read(const char *path);                   /* the caller's; NULL: there is none */
