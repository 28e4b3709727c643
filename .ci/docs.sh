#!/usr/bin/env bash
# Checks that everything that the documents and the comments refer to exists: the pages that a source
# cites with the heading or the item of a list, the links and paths in the pages, the commits given as
# examples, and the drawing of the floors. Prints each offence; fails if there is one.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

status=0

offence() {
	printf '%s\n' "$*"
	status=1
}

pages() {
	printf '%s\n' README.md README.zh-CN.md CONTRIBUTING.md doc/*.md doc/how-to/*.md
}

sources() {
	find core tui tests assets .ci dev kiosk.conf meson.build -type f \
		'(' -name '*.[ch]' -o -name '*.sql' -o -name '*.sh' -o -name '*.tsv' -o -name meson.build \
		-o -name dev -o -name kiosk.conf ')' ! -name docs.sh ! -name test_docs.sh
}

# Citations in the sources, a comment's lines joined: (doc/rules.md, Scanning 5). A capital
# after the comma begins a heading, a number after that is an item of the heading's list; "rule 8" is
# item 8 of any list of the page.
check_citations() {
	# shellcheck disable=SC2016 # what follows is awk's
	sources | tr '\n' '\0' | xargs -0 awk -v pages="$(pages | tr '\n' ' ')" '
	function offence(what) { printf "%s: %s\n", file, what; offences++ }
	function load(    i, n, name, line, heading) {
		n = split(pages, name, " ")
		for (i = 1; i <= n; i++) {
			is_page[name[i]] = 1
			heading = ""
			while ((getline line <name[i]) > 0) {
				if (line ~ /^#+ /) {
					sub(/^#+ /, "", line)
					heading = line
					headings[name[i]] = headings[name[i]] "\n" heading
				} else if (line ~ /^[0-9]+[.] /) {
					items[name[i], heading, line + 0] = 1
					items[name[i], "", line + 0] = 1
				}
			}
			close(name[i])
		}
	}
	function check_rules(page, rest,    n, i, word) {
		n = split(rest, word, /[^0-9]+/)
		for (i = 1; i <= n; i++)
			if (word[i] != "" && !((page, "", word[i] + 0) in items))
				offence(page " has no item " word[i])
	}
	function check_heading(page, rest,    n, i, heading, best, number) {
		n = split(headings[page], heading, "\n")
		best = ""
		for (i = 1; i <= n; i++)
			if (length(heading[i]) > length(best) && index(rest, heading[i]) == 1)
				best = heading[i]
		if (best == "") {
			offence(page " has no heading \"" rest "\"")
			return
		}
		number = substr(rest, length(best) + 1)
		if (match(number, /^ [0-9]+/) && !((page, best, number + 0) in items))
			offence(page ", " best " has no item" substr(number, 1, RLENGTH))
	}
	function check(text,    page, rest) {
		while (match(text, /[A-Za-z0-9_.\/-]+[.]md/)) {
			page = substr(text, RSTART, RLENGTH)
			text = substr(text, RSTART + RLENGTH)
			if (page ~ /^(tests\/.*|.*\/)?README[.]md$|^CHANGELOG[.]md$/)
				continue
			if (!(page in is_page)) {
				offence("there is no page " page)
				continue
			}
			rest = match(text, /^, [^):;.,]*/) ? substr(text, 3, RLENGTH - 2) : ""
			if (rest ~ /^rules? [0-9]/)
				check_rules(page, rest)
			else if (rest ~ /^[A-Z]/)
				check_heading(page, rest)
		}
	}
	BEGIN { load() }
	FNR == 1 { check(text); text = ""; file = FILENAME }
	{
		line = $0
		sub(/^[[:space:]]*([*]|\/\*|#|--)?[[:space:]]*/, "", line)
		text = text " " line
	}
	END { check(text); exit offences > 0 }'
}

floors_table() {
	sed -n "/^FLOORS='/,/^'/p" .ci/floors.sh | sed '1d;$d'
}

# What the pages name, one line each: PAGE link TARGET PATH, for a missing heading PAGE anchor
# TARGET PATH, and PAGE path PATH for files, folders and parts of the house in `code`, named from the
# top. Names with a wildcard are skipped.
list_names() {
	# shellcheck disable=SC2046 # pages have no spaces in their names
	awk -F'[`]' '
	# As GitHub names a heading.
	function slug(text) {
		text = tolower(text)
		gsub(/[^[:alnum:] _-]/, "", text)
		gsub(/ /, "-", text)
		return text
	}
	function resolve(page, target,    path) {
		path = page
		sub(/[^\/]*$/, "", path)
		path = target == "" ? page : path target
		while (path ~ /[^\/]+\/\.\.\//)
			sub(/[^\/]+\/\.\.\//, "", path)
		return path
	}
	/^#+ / {
		heading = $0
		sub(/^#+ /, "", heading)
		has[FILENAME, slug(heading)] = 1
	}
	{
		for (i = 2; i <= NF; i += 2)
			if ($i ~ /^(core|tui|tests|assets|doc|[.]ci)\/[A-Za-z0-9_.\/-]+$/)
				print FILENAME, "path", $i
		for (text = $0; match(text, /\]\([^)]+\)/); text = substr(text, RSTART + RLENGTH)) {
			target = substr(text, RSTART + 2, RLENGTH - 3)
			if (target !~ /^[a-z]+:/)
				links[++link_count] = FILENAME " " target
		}
	}
	END {
		for (i = 1; i <= link_count; i++) {
			split(links[i], link, " ")
			split(link[2] "#", part, "#")
			path = resolve(link[1], part[1])
			print link[1], "link", link[2], path
			if (part[2] != "" && !((path, part[2]) in has))
				print link[1], "anchor", part[2], path
		}
	}' $(pages)
}

check_names() {
	local page what name path parts
	parts=" $(floors_table | tr '\n' ' ') "
	while read -r page what name path; do
		case $what in
		link) [ -e "$path" ] || offence "$page: there is no $name" ;;
		anchor) [ ! -e "$path" ] || offence "$page: $path has no heading $name" ;;
		path) [ -e "$name" ] || [[ $parts == *" $name "* ]] || offence "$page: there is no $name" ;;
		esac
	done < <(list_names)
}

# Examples: commit 0123456, "its subject". Skipped in a clone without the history.
check_commits() {
	local page hash subject found
	git rev-parse --is-shallow-repository 2>/dev/null | grep -qx false || return 0
	while IFS=: read -r page hash; do
		subject=${hash#*, \"}
		subject=${subject%\"}
		hash=${hash#commit }
		hash=${hash%%,*}
		found=$(git log -1 --format=%s "$hash" -- 2>/dev/null || true)
		[ "$found" = "$subject" ] || offence "$page: commit $hash is \"$found\", not \"$subject\""
	done < <(pages | xargs grep -HoE 'commit [0-9a-f]{7,40}, "[^"]+"')
}

# The drawing in architecture.md has the floors of the table, the highest first.
check_drawing() {
	local drawing table
	drawing=$(awk '/^[`]+floors$/, /^[`]+$/ {
		floor = ""
		for (i = 1; i <= NF; i++)
			if ($i ~ /^((core|tui)(\/[a-z]+)+|tests)$/)
				floor = floor (floor == "" ? "" : " ") $i
		if (floor != "")
			print floor
	}' doc/architecture.md)
	table=$(floors_table | tac)
	[ "$drawing" = "$table" ] || {
		offence 'doc/architecture.md: the floors differ from .ci/floors.sh (<: drawn, >: table)'
		diff <(echo "$drawing") <(echo "$table") || true
	}
}

# shellcheck disable=SC2310 # an offence is counted, and the next check is run
check_citations || status=1
check_names
check_commits
check_drawing
exit "$status"
