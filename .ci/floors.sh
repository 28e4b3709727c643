#!/usr/bin/env bash
# Proves that calls run down only (architecture, rule 1): a folder includes folders on lower floors
# and itself, never its neighbours, never one above. Prints each offence; fails if there is one.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

# One floor a line, the lowest first. core/config and core/words stand beside the folders.
FLOORS='
core/base
core/config core/store
core/scan core/print
core/people core/site
core/points
core/items core/venues core/duty
core/rewards
core/words
core/sheets
core/desk core/audit core/exchange
tui
tests
'

git ls-files -z 'core/*.[ch]' 'tui/*.[ch]' 'tests/*.[ch]' |
	xargs -0 grep -nE '^[[:space:]]*#[[:space:]]*include' |
	awk -F: -v floors="$FLOORS" '
	# The part of the house that a path belongs to: core/FOLDER, core/config, core/words, tui, tests.
	function part(path,    names) {
		split(path, names, "/")
		if (names[1] != "core")
			return names[1]
		if (path ~ /^core\/words/)
			return "core/words"
		sub(/\..*/, "", names[2])
		return "core/" names[2]
	}
	function offence(why) {
		printf "%s:%s: %s\n", $1, $2, why
		offences++
	}
	BEGIN {
		lines = split(floors, line, "\n")
		for (i = 1; i <= lines; i++) {
			count = split(line[i], names, " ")
			for (j = 1; j <= count; j++)
				floor[names[j]] = i
		}
	}
	{
		match($0, /["<][^">]*[">]/)
		quoted = substr($0, RSTART, 1) == "\""
		header = substr($0, RSTART + 1, RLENGTH - 2)
		from = part($1)
		to = part(header)
		if (!(from in floor)) {
			offence(from " has no floor; name it in .ci/floors.sh")
			next
		}
		if (header == "sqlite3.h" && from != "core/store" && from != "tests")
			offence("only core/store includes sqlite3.h")
		if (header ~ /^(n?cursesw?|term)\.h$/ && from != "tui" && from != "tests")
			offence("only tui includes ncurses")
		if (header ~ /^(n?cursesw?|term)\.h$/ && $1 ~ /^tui\/verbs\//)
			offence("verbs run without ncurses")
		if ($1 ~ /^tui\/widgets\// && header ~ /^core\// && to != "core/base")
			offence("widgets know no domain type")
		if (!quoted || header !~ /^(core|tui|tests)\//)
			next
		if (!(to in floor))
			offence(header " has no floor; name it in .ci/floors.sh")
		else if (to != from && floor[to] >= floor[from])
			offence(from " must not include " header)
	}
	END { exit offences > 0 }'
