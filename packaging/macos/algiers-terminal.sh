#!/bin/sh
# The command for terminals. A link to it may lie anywhere on the PATH.
file=$0
while [ -h "$file" ]; do
  target=$(readlink "$file")
  case $target in
  /*) file=$target ;;
  *) file=$(dirname "$file")/$target ;;
  esac
done
resources=$(CDPATH= cd -- "$(dirname -- "$file")/.." && pwd)
unset NODE_OPTIONS NODE_PATH NODE_ICU_DATA NODE_DEBUG OPENSSL_CONF
exec "$resources/runtime/node" "$resources/app/lib/cli/main.js" "$@"
