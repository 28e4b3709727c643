#!/bin/sh
# What ippeveprinter runs for a job: $1 is the document. In $PRINTER_DIR the file `fault` names what
# is wrong with the printer until it is taken away; documents are kept as 1.pdf, 2.pdf …, and the
# media that were asked for as 1.media.
set -u
fault=$PRINTER_DIR/fault

stuck() {
	echo "STATE: +$1" >&2
	while [ -e "$fault" ]; do sleep 0.05; done
	echo "STATE: -$1" >&2
}

case $(cat "$fault" 2>/dev/null) in
paper) stuck media-empty-error,media-needed-error ;;
cover) stuck cover-open-error ;;
jam) stuck media-jam-error ;;
slow) sleep 1.5 ;;
abort)
	echo "ERROR: the engine failed" >&2
	exit 1
	;;
esac

n=1
while [ -e "$PRINTER_DIR/$n.media" ]; do n=$((n + 1)); done
env | grep '^IPP_MEDIA' >"$PRINTER_DIR/$n.media"
cp "$1" "$PRINTER_DIR/$n.tmp" && mv "$PRINTER_DIR/$n.tmp" "$PRINTER_DIR/$n.pdf"
echo "ATTR: job-impressions=1 job-impressions-completed=1" >&2
