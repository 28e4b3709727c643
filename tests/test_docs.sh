#!/usr/bin/env bash
# Tests .ci/docs.sh: each probe breaks one thing in a copy of the sources.
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
	"$dir/.ci/docs.sh" >"$dir/said" 2>&1
}

# is_refused FILE LINE OFFENCE: with LINE at its end, FILE has that offence and no other.
is_refused() {
	local file=$1 line=$2 offence=$3
	cp "$dir/$file" "$dir/kept"
	printf '\n%s\n' "$line" >>"$dir/$file"
	! check && [ "$(cat "$dir/said")" = "$file: $offence" ]
	local status=$?
	cp "$dir/kept" "$dir/$file"
	return "$status"
}

cd "$JIAPLUS_SOURCE" && cp -r .ci core tui tests assets doc dev kiosk.conf meson.build ./*.md "$dir"
cd "$dir" || exit
export GIT_CEILING_DIRECTORIES=${dir%/*}

echo 1..11
check
says "what is named in documents and comments exists"
is_refused core/items/lending/loan.h '/* (rules.md, Lending) */' 'there is no page rules.md'
says "a page is cited by its path from the top"
is_refused core/items/lending/loan.h '/* (doc/law.md) */' 'there is no page doc/law.md'
says "a page that is cited exists"
is_refused core/items/lending/loan.h '/* (doc/rules.md, Borrowing) */' \
	'doc/rules.md has no heading "Borrowing"'
says "a heading that is cited exists"
is_refused core/items/lending/loan.h $'/* What it is (doc/rules.md,\n * Scanning 17). */' \
	'doc/rules.md, Scanning has no item 17'
says "an item that is cited exists, in a comment of two lines"
is_refused dev '# See doc/architecture.md, rules 2 and 20.' 'doc/architecture.md has no item 20'
says "a rule that is cited by its number exists"
is_refused doc/rules.md '[there](nowhere.md)' 'there is no nowhere.md'
says "a link leads to a page"
is_refused doc/rules.md '[there](decisions.md#nothing)' 'doc/decisions.md has no heading nothing'
says "a link leads to a heading"
# shellcheck disable=SC2016 # as a page has it
is_refused doc/rules.md 'as in `core/items/lend.c`' 'there is no core/items/lend.c'
says "a file that is named exists"
sed -i '/^core\/rewards$/d' .ci/floors.sh
! check && grep -qF 'the floors differ' said
says "the floors are drawn as the build checks them"
git init -q . && git -c user.name=A -c user.email=a@example.org commit -q --allow-empty -m other
! check && grep -qE '^doc/how-to/act.md: commit [0-9a-f]+ is "", not "' said
says "a commit that is given as an example exists"
