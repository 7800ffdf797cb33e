#!/usr/bin/env bash
# Install what a folder of the tests needs from the npm registry, by its lock file.
set -euo pipefail
folder=$1 stamp=$2
echo "Installing the identity provider of the tests (hashes are checked) ..."
if npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error \
    --fetch-retries=1 --fetch-timeout=30000; then
  touch "$stamp"
else
  echo "NOT INSTALLED: $folder; the tests that need it will be counted as skipped, with the reason." >&2
fi
