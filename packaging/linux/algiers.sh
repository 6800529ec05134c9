#!/bin/sh
# Starts Algiers with the Node that came with it, wherever this folder lies.
here=$(dirname "$(readlink -f "$0")")
node=$here/runtime/node

# Double-clicked in a file manager, it has no terminal, and nobody would read what is written there.
fail() {
  text="Algiers cannot start. $1"
  printf '%s\n' "$text" >&2
  if [ ! -t 2 ] && [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
    for shows in 'zenity --error --no-markup --title=Algiers --text' 'kdialog --title Algiers --error' 'xmessage -center' 'notify-send Algiers'; do
      if command -v "${shows%% *}" > /dev/null && $shows "$text" 2> /dev/null; then break; fi
    done
  fi
  exit 126
}

if [ ! -e "$node" ] || [ ! -e "$here/app/lib/cli/main.js" ]; then
  fail "A part of it is missing from the folder $here. Unpack the whole download again."
fi
if [ ! -x "$node" ]; then
  fail "No program may be run from the folder $here. Move it to another disk, such as that of your home folder."
fi
# What is set for other programs is not meant for this Node, which some of it keeps from starting.
unset NODE_OPTIONS NODE_PATH NODE_ICU_DATA NODE_DEBUG OPENSSL_CONF
# What the loader finds of the libraries that Node asks for. Many systems lack libatomic, and one comes with this.
loaded=$(LD_TRACE_LOADED_OBJECTS=1 "$node" 2>&1) ||
  fail "It is not made for this machine: it needs Linux with glibc 2.28 or later, and the processor that the download is named after."
case $loaded in
*'libatomic.so.1 => not found'*)
  case $here in
  *[:\;]*) fail "Rename its folder, $here: a colon or semicolon in the name keeps the system from looking there for a library." ;;
  esac
  export LD_LIBRARY_PATH="$here/runtime/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  ;;
esac
# Without a terminal nobody could be told where the page is served.
if [ $# = 0 ] && [ ! -t 0 ] && [ ! -t 1 ] && [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
  set -- open
fi
exec "$node" "$here/app/lib/cli/main.js" "$@"
