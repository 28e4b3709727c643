#include "core/base/field.h"

#include <string.h>

struct field field_text(const char *name, const char *text)
{
	if (!text)
		return F_NULL(name);
	return (struct field){
		.name = name, .type = FIELD_TEXT, .data = text, .size = strlen(text)
	};
}

struct field field_id(const char *name, int64_t id)
{
	return id ? F_INT(name, id) : F_NULL(name);
}
