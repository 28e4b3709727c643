#!/usr/bin/env bash
# Runs tests at each of the 24 hours and counts: no test may depend on the time of day.
#   tests/hours.sh BUILD-DIR TEST…     hours on from now: 0, 1 … 23
#   tests/hours.sh --in HOURS COMMAND… the command, so many hours ahead (for meson's --wrapper)
# The clock is moved by an offset, not set to an hour, so that all programs of a test have the same one.
set -euo pipefail

library() {
	local found
	found=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null) || true
	[ -n "$found" ] || {
		echo 'hours: please install faketime' >&2
		exit 1
	}
	printf '%s\n' "${found%%$'\n'*}"
}

# Waits and deadlines use the real clock.
run_in() {
	local hours=$1 preload
	shift
	preload=$(library)
	exec env LD_PRELOAD="$preload${LD_PRELOAD:+:$LD_PRELOAD}" FAKETIME="+${hours}h" \
		DONT_FAKE_MONOTONIC=1 FAKETIME_DONT_FAKE_MONOTONIC=1 "$@"
}

# count RESULT LOG: how many programs had that result.
count() {
	grep -c "\"result\": \"$1\"" "$2" || true
}

run_all() {
	local dir=$1 hour passed=0 failed=0 status=0 log
	shift
	log=$dir/meson-logs/hours-$(basename "$0").json # meson adds the wrapper's name
	library >/dev/null
	for hour in {0..23}; do
		rm -f "$log"
		echo "-- $(TZ=UTC date -d "+$hour hours" +%H:%M) UTC"
		meson test -C "$dir" --no-rebuild --logbase hours --timeout-multiplier 3 \
			--wrapper "$(readlink -f "$0") --in $hour" "$@" </dev/null || status=1
		[ -s "$log" ] || return 1 # meson has said why
		passed=$((passed + $(count OK "$log")))
		failed=$((failed + $(count 'FAIL\|ERROR\|TIMEOUT' "$log")))
	done
	echo "24 hours: $passed passed, $failed failed"
	return "$status"
}

if [ "${1:-}" = --in ]; then
	shift
	run_in "$@"
fi
run_all "$@"
