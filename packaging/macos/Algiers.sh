#!/bin/sh
# What Finder starts: opens the page, and starts what serves it where that is not running.
resources=$(cd "$(dirname "$0")/../Resources" && pwd)
exec "$resources/runtime/node" "$resources/app/lib/cli/main.js" open
