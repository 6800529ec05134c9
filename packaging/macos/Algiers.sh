#!/bin/sh
# What Finder starts: opens the page, and starts what serves it where that is not running.
resources=$(CDPATH= cd -- "$(dirname -- "$0")/../Resources" && pwd)
unset NODE_OPTIONS NODE_PATH NODE_ICU_DATA NODE_DEBUG OPENSSL_CONF
"$resources/runtime/node" "$resources/app/lib/cli/main.js" open &
node=$!
# Whoever ends this script means Node, too.
for signal in HUP INT TERM; do trap "kill -$signal $node 2> /dev/null" $signal; done
wait $node
code=$?
# A signal ends the wait early, but not Node at once.
while kill -0 $node 2> /dev/null; do
  wait $node
  code=$?
done
# Up to here it has told everything itself, in a window. From there on Node could not be run, or was ended; by 129, 130 and 143 on request.
if [ $code -ge 126 ] && [ $code -ne 129 ] && [ $code -ne 130 ] && [ $code -ne 143 ]; then
  text="macOS did not let it run, or a part of it is missing (code $code). It needs macOS 14 or later on Apple silicon. Download it again, and move it to your applications."
  osascript -e 'on run words' -e 'display alert "Algiers cannot start" message (item 1 of words) as critical' -e 'end run' "$text" > /dev/null
fi
exit $code
