#!/bin/sh
# Turns the numbered migrations into one C table: embed.sh OUT.c 001-….sql 002-….sql …
set -eu
out=$1
shift
{
	printf '#include "core/store/internal.h"\n\nconst struct migration migrations[] = {\n'
	for sql; do
		name=$(basename "$sql")
		printf '{ "%s",\n' "$name"
		sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$/\\n"/' "$sql"
		printf '},\n'
	done
	printf '};\nconst int migration_count = %d;\n' "$#"
} >"$out"
