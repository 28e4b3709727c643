/* A named value: what is bound to a query's parameter, written to a column, or journalled.
 *
 *   FIELDS(F_INT("item", item_id), F_TEXT("note", note))
 *
 * A FIELDS list lives as long as the block that wrote it; texts in it are borrowed. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum field_type { FIELD_END, FIELD_NULL, FIELD_INT, FIELD_TEXT, FIELD_BLOB };

struct field {
	const char *name;
	enum field_type type;
	int64_t integer;
	const void *data;
	size_t size;
};

#define F_NULL(n)    ((struct field){ .name = (n), .type = FIELD_NULL })
#define F_INT(n, v)  ((struct field){ .name = (n), .type = FIELD_INT, .integer = (v) })
#define F_TEXT(n, s) field_text((n), (s)) /* NULL is stored as NULL */
#define F_ID(n, v)   field_id((n), (v))   /* 0 means none and is stored as NULL */
#define F_BLOB(n, p, len) \
	((struct field){ .name = (n), .type = FIELD_BLOB, .data = (p), .size = (len) })
#define FIELDS(...) ((const struct field[]){ __VA_ARGS__, { 0 } })
#define NO_FIELDS   ((const struct field[]){ { 0 } })

struct field field_text(const char *name, const char *text);
struct field field_id(const char *name, int64_t id);
