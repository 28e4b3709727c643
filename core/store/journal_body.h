/* A journal row's body, written as the act proceeds: shared by act.c and journal.c.
 *
 *   {"ops":[["+","loan",12,{"item":7,…}],["=","item",7,{…}],["-",…]],"did":["hold_settle"],
 *    "private":[["journal_why",9,"9f86…"]]}
 *
 * The bytes are those that jansson's JSON_COMPACT would give, and jansson reads them again. Every
 * act writes a body, and jansson would keep each name and number as an object of its own until the
 * end. */
#pragma once

#include "core/base/bytes.h"
#include "core/base/field.h"

struct journal_body {
	struct bytes ops, did, privates;
};
void journal_body_finish(struct journal_body *);

/* `op` "+", "=" or "-"; `row` NULL: none. Its "id" is left out. */
void journal_body_add_change(struct journal_body *, const char *op, const char *table, int64_t id,
	const struct field *row);
void journal_body_add_act(struct journal_body *, const char *kind); /* that joined */
/* The hash that binds a private row (binding.h). */
void journal_body_add_private(
	struct journal_body *, const char *table, int64_t id, const char *hash);

/* The whole body; the caller's. */
char *journal_body_text(const struct journal_body *);
