#!/bin/sh
set -e
if [ "$1" = remove ]; then
  echo "Algiers is removed. The library of each user stays where it was, usually in ~/.local/share/algiers."
  echo "To keep nothing, delete that folder and ~/.config/algiers."
fi
