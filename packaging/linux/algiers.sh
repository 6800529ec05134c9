#!/bin/sh
# Starts Algiers with the Node that came with it, wherever this folder lies.
here=$(dirname "$(readlink -f "$0")")
# Node asks for libatomic, which few systems lack.
atomic=
for library in /lib/*/libatomic.so.1 /usr/lib/*/libatomic.so.1 /lib64/libatomic.so.1 /usr/lib64/libatomic.so.1 /usr/lib/libatomic.so.1; do
  if [ -e "$library" ]; then atomic=$library; fi
done
if [ -z "$atomic" ]; then
  export LD_LIBRARY_PATH="$here/runtime/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi
# Double-clicked in a file manager, it has no terminal that could say where the page is served.
if [ $# = 0 ] && [ ! -t 0 ] && [ ! -t 1 ] && [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
  set -- open
fi
exec "$here/runtime/node" "$here/app/lib/cli/main.js" "$@"
