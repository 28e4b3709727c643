#!/bin/sh
# Turns the schema and its migrations into one C table: embed.sh OUT.c 001/….sql … 002-….sql …
# The files of one number, which are adjacent, are one script; numbers only go up, so that a
# venue's version says which of them have run.
set -eu
out=$1
shift
count=0
{
	printf '#include "core/store/internal.h"\n\nstatic const struct migration rows[] = {'
	for sql; do
		name=$(basename "$sql" .sql)
		number=${name%%-*}
		folder=$(basename "$(dirname "$sql")")
		case $folder in
		[0-9]*) number=$folder name=$folder ;;
		esac
		if [ "$number" -lt "${last:-0}" ]; then
			echo "$name is listed after $last" >&2
			exit 1
		fi
		if [ "$number" != "${last-}" ]; then
			[ -z "${last-}" ] || printf '},'
			printf '\n{ "%s",\n' "$name"
			last=$number
			count=$((count + 1))
		fi
		sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$/\\n"/' "$sql"
	done
	printf '},\n};\n\nconst struct migration_list migrations_all = { rows, %d };\n' "$count"
} >"$out"
