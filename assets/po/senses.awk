# Lists texts that are used in two kinds of places: on something to press (what one does), as a name (a
# column's head, a form's label), as a state (a word of an enum). In English they are one word, in
# Chinese mostly two: "Residents" to press is 查居民, above a column 居民. Such a text has a context
# (pgettext), or is in the file `one-meaning` once somebody has looked: one word serves all places.
#
#   awk -f senses.awk one-meaning FILE.c…

# What a text is, from what stands before it in its statement.
function kind_of(before, behind) {
	if (before ~ /^[ \t]*\{ ('.'|K_[A-Z0-9_]+), *$/ || before ~ /buttons.*\{[^}]*$/)
		return "pressed"
	if (before ~ /\.label *= *$/ || before ~ /FIELD_[A-Z]+\($/ || before ~ /\[[A-Z_0-9]*\] = \{ *$/)
		return "name"
	if (before ~ /^[ \t]*\{ "[a-z_]+", *$/ && behind ~ /^, (true|false) \}/)
		return "name"
	if (before ~ /^[ \t]*\{ "[a-z_]+", *$/ && FILENAME ~ /words/)
		return "name"
	if (before ~ /\[[A-Z_0-9]*\] = *$/)
		return "state"
	return ""
}

FILENAME ~ /one-meaning$/ {
	if ($0 !~ /^#/ && $0 != "")
		looked[$0] = 1
	next
}
{
	rest = $0
	before = ""
	while (match(rest, /N?_\("([^"\\]|\\.)*"\)/)) {
		id = substr(rest, RSTART, RLENGTH)
		before = before substr(rest, 1, RSTART - 1)
		behind = substr(rest, RSTART + RLENGTH)
		sub(/^[^"]*"/, "", id)
		sub(/"\)$/, "", id)
		kind = kind_of(before, behind)
		if (kind != "" && !((id, kind) in known)) {
			known[id, kind] = 1
			count[id]++
			where[id] = where[id] "  " kind " " FILENAME ":" FNR
		}
		before = before "_"
		rest = behind
	}
}
END {
	for (id in count)
		if (count[id] > 1 && !(id in looked))
			print "in two meanings: \"" id "\"" where[id]
	for (id in looked)
		if (count[id] < 2)
			print "in one-meaning, and in one place alone: \"" id "\""
}
