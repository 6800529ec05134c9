#!/bin/sh
set -e
# What runs would soon look for files that are gone. A new version needs no such thing: it takes over when it is opened.
running() {
  for process in /proc/[0-9]*; do
    case $(readlink "$process/exe") in
      # What an upgrade has left running runs a file that is gone, by the name that dpkg gave it last.
      /usr/lib/algiers/runtime/node | '/usr/lib/algiers/runtime/node (deleted)' | '/usr/lib/algiers/runtime/node.dpkg-tmp (deleted)')
        # In a container there may be another Algiers at the same path.
        if [ "$process/root" -ef / ]; then echo "${process#/proc/}"; fi
        ;;
    esac
  done
}
if [ "$1" = remove ]; then
  for process in $(running); do kill "$process" 2> /dev/null || true; done
  for wait in 1 2 3 4 5 6 7 8 9 10 11 12; do
    if [ -z "$(running)" ]; then break; fi
    sleep 1
  done
fi
