#!/bin/sh
set -e
if [ "$1" = remove ]; then
  echo "Algiers is removed. The library of each user stays where it was, usually in ~/.local/share/algiers."
  echo "Whoever wants nothing kept deletes that folder, and ~/.config/algiers."
fi
