#!/usr/bin/env bash
# Checks that calls only run down (architecture, rule 1): a file includes headers of its own part of
# the house and of lower floors, never a neighbour's, never any from above. Prints each offence;
# fails if there is one. The build runs this whenever a source changes (meson.build).
#
# floors.sh [STAMP DEPFILE]: STAMP is written when all is well; DEPFILE names the files that were read.
set -euo pipefail
from=$PWD
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

# One floor per line, the lowest first. A folder of core or tui is a part; so is each of FILES. The
# parts of tui that know nothing of a venue are below the venue.
FLOORS='
core/reasons
core/base
tui/plain
tui/terminal
tui/widgets
core/config core/store
core/scan core/print
core/people core/site
core/points
core/items/catalogue
core/items/lending
core/items/upkeep
core/items/giving core/venues core/duty
core/rewards
core/words
core/sheets
core/leaving
core/desk core/audit core/exchange
tui/context
tui/frame
tui/pages tui/verbs
tui/screens
tui/counter tui/people tui/items tui/rooms tui/duty tui/points tui/house
tui/kiosk
tests
'

# A part, and the files that belong to it whatever folder they are in.
FILES='
core/reasons	core/[a-z]+/([a-z]+_)?reasons[.]h|core/base/reason[.]h
core/words	core/words[a-z_]*[.][ch]
core/items/catalogue	core/items/catalogue/.*
core/items/lending	core/items/lending/.*
core/items/upkeep	core/items/upkeep/.*
core/items/giving	core/items/giving/.*
core/config	core/config[.][ch]
tui/plain	tui/(action|assets|burst|grid|i18n|key|mouse|palette|rect|timers)[.][ch]
tui/terminal	tui/(chrome|draw|keys|term)[.][ch]|tui/(app|screen)[.]h
tui/context	tui/context[.][ch]
tui/screens	tui/screens/[a-z]+/screens[.]h
tui/frame	tui/app[.]c|tui/(devices|drawing|kiosk|wedge|worker)[.][ch]
tui/kiosk	tui/(broken|errand|keeper|kiosk_run)[.][ch]|tui/main[.]c
tests	tests/.*
'

# The folders of tui/screens. What one may call of another is on the floor below, in its screens.h.
ROOMS='tui/(counter|people|items|rooms|duty|points|house)'

# What not every part above may include: a header or a part, who may, and the rule in words. What a
# screen needs from the store (struct act, roles) comes with the headers of the nouns.
ONLY="
sqlite3[.]h	core/store|tests	only core/store includes sqlite3.h
core/store/(internal|open)[.]h	core/store|tests	this is for core/store alone
core/store/(journal_body|journal_row|migrate)[.]h	core/store|tests	this is inside core/store
core/items/[a-z]+	core/(items/.*|rewards|words|sheets|leaving|desk|audit|exchange)|tui/.*|tests	rooms and shifts know nothing of things
core/store	core/.*|tui/verbs|tui/(context|frame|kiosk)|tests	screens ask the nouns, never the store
(n?curses|ncursesw|ncursesw/.*|term)[.]h	tui/terminal|tests	only tui/term.c and tui/keys.c include ncurses
tui/(plain|context)	tui/.*|tests	core knows no screen
tui/(terminal|widgets|frame|pages|screens)	tui/(terminal|widgets|frame|pages|screens|kiosk)|$ROOMS|tests	core and verbs run without a screen
$ROOMS	$ROOMS	a room is entered through its screens.h
"

find core tui tests -name '*.[ch]' -print0 | xargs -0 grep -HnE '^[[:space:]]*#[[:space:]]*include' |
	awk -F: -v floors="$FLOORS" -v files="$FILES" -v only="$ONLY" '
	# The part of the house that a path belongs to.
	function part_of(path,    i, names) {
		if (path in known)
			return known[path]
		for (i = 1; i <= file_rows; i++)
			if (path ~ file_pattern[i])
				return known[path] = file_part[i]
		split(path, names, "/")
		if (path ~ /^tui\/screens\//)
			return known[path] = names[1] "/" names[3]
		return known[path] = names[1] "/" names[2]
	}
	function offence(why) {
		printf "%s:%s: %s must not include %s: %s\n", $1, $2, from, header, why
		offences++
	}
	function has_floor(part) {
		if (part in floor)
			return 1
		printf "%s:%s: %s has no floor; name it in .ci/floors.sh\n", $1, $2, part
		offences++
		return 0
	}
	BEGIN {
		lines = split(floors, line, "\n")
		for (i = 1; i <= lines; i++) {
			count = split(line[i], names, " ")
			for (j = 1; j <= count; j++)
				floor[names[j]] = i
		}
		lines = split(files, line, "\n")
		for (i = 1; i <= lines; i++)
			if (split(line[i], cell, "\t") == 2) {
				file_part[++file_rows] = cell[1]
				file_pattern[file_rows] = "^(" cell[2] ")$"
			}
		lines = split(only, line, "\n")
		for (i = 1; i <= lines; i++)
			if (split(line[i], cell, "\t") == 3) {
				only_what[++only_rows] = "^(" cell[1] ")$"
				only_who[only_rows] = "^(" cell[2] ")$"
				only_why[only_rows] = cell[3]
			}
	}
	{
		match($0, /["<][^">]*[">]/)
		header = substr($0, RSTART + 1, RLENGTH - 2)
		from = part_of($1)
		to = header ~ /^(core|tui|tests)\// ? part_of(header) : ""
		if (!has_floor(from) || (to != "" && !has_floor(to)))
			next
		if (to == "" && substr($0, RSTART, 1) == "\"" && header != "build_config.h") {
			offence("a header of ours is named by its path from the top")
			next
		}
		for (i = 1; i <= only_rows; i++)
			if ((header ~ only_what[i] || to ~ only_what[i]) && from !~ only_who[i]) {
				offence(only_why[i])
				next
			}
		if (to == "" || to == from || floor[to] < floor[from])
			next
		offence(floor[to] == floor[from] ? "they stand on one floor" : to " stands above it")
	}
	END { exit offences > 0 }'

[ $# -eq 2 ] || exit 0
# Adding or removing a file changes its folder.
read=$(find "$PWD/.ci/floors.sh" "$PWD"/{core,tui,tests} -type d -o -name '*.[ch]' -o -name floors.sh |
	sed 's/[ #\\]/\\&/g' | tr '\n' ' ')
cd "$from"
printf '%s: %s\n' "$1" "$read" >"$2"
touch "$1"
