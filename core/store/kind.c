#include "core/store/kind.h"

#define ACT_KIND_ROW(name, text, version, role) { text, version, ROLE_##role },
const struct act_kind_info act_kind_table[ACT_KIND_COUNT] = { ACT_KINDS(ACT_KIND_ROW) };
