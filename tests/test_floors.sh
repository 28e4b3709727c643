#!/usr/bin/env bash
# The build refuses forbidden includes: each probe adds one line to a copy of the sources.
set -u

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
count=0

# says SENTENCE: the test of that name is good if the last command was.
says() {
	local status=$?
	count=$((count + 1))
	[ "$status" -eq 0 ] || sed 's/^/# /' "$dir/said"
	[ "$status" -eq 0 ] || printf 'not '
	printf 'ok %d - %s\n' "$count" "$1"
}

check() {
	rm -f checked
	"$dir/.ci/floors.sh" checked checked.d >"$dir/said" 2>&1
}

# is_refused FILE HEADER: with HEADER included at its end, FILE is named with the line, and nothing else.
is_refused() {
	local file=$1 header=$2 line
	cp "$dir/$file" "$dir/kept"
	printf '\n#include %s\n' "$header" >>"$dir/$file"
	line=$(wc -l <"$dir/$file")
	! check && [ ! -e checked ] && [ "$(wc -l <"$dir/said")" -eq 1 ] &&
		grep -qF "$file:$line: " "$dir/said" && grep -qF "include ${header//[\"<>]/}: " "$dir/said"
	local status=$?
	cp "$dir/kept" "$dir/$file"
	return "$status"
}

cd "$JIAPLUS_SOURCE" && cp -r .ci core tui tests "$dir"
mkdir "$dir/build"
cd "$dir/build" || exit

echo 1..18
check && [ -e checked ]
says "the sources keep to their floors"
grep -qF "$dir/core/items/lending/loan.h" checked.d && grep -qF "$dir/tui/screens " checked.d
says "the build knows every file and folder that was checked"
is_refused tui/widgets/list.c '"tui/screens/items/screens.h"'
says "a widget includes no screen"
is_refused tui/widgets/list.c '"core/items/lending/loan.h"'
says "a widget includes no domain type"
is_refused tui/verbs/lend.c '"tui/screens/items/screens.h"'
says "a verb includes no screen"
is_refused tui/pages/clerk.c '"tui/screens/counter/screens.h"'
says "a page includes no screen"
is_refused tui/screens/items/loans.c '"tui/screens/points/points.h"'
says "a room includes no private header of another"
is_refused tui/kiosk_run.c '"tui/screens/points/points.h"'
says "the kiosk includes no private header of a room"
is_refused tui/verbs/lend.c '"tui/widgets/list.h"'
says "a verb includes no widget"
is_refused tui/verbs/lend.c '<curses.h>'
says "a verb includes no ncurses"
is_refused tui/screens/items/loans.c '"core/store/internal.h"'
says "a screen includes nothing from inside the store"
is_refused tui/screens/items/loans.c '"core/store/db.h"'
says "a screen includes nothing of the store"
is_refused core/words.c '"tui/i18n.h"'
says "core includes nothing of tui"
is_refused core/items/lending/loan.c '<sqlite3.h>'
says "only the store includes SQLite"
is_refused core/venues/session.c '"core/duty/shift.h"'
says "neighbours on one floor do not include each other"
is_refused core/items/catalogue/item.c '"core/items/lending/loan.h"'
says "the catalogue knows nothing of lending"
is_refused core/venues/session.c '"core/items/lending/loan.h"'
says "a venue knows nothing of loans"
is_refused core/items/lending/loan.c '"loan_row.h"'
says "a header is named by its path from the top"
