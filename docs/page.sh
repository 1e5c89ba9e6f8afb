#!/usr/bin/env bash
# Makes docs/page.png, the picture in the README: a claim of the bundled seeds as `onrecord publish`
# shows it, photographed by a browser without a window.
set -euo pipefail
cd "$(dirname "$0")/.."
onrecord=${ONRECORD:-target/release/onrecord}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
export ONRECORD_FILE=$folder/onrecord.db SOURCE_DATE_EPOCH=1625227200
"$onrecord" seed --with other-coverage >/dev/null 2>&1
"$onrecord" publish "$folder/site"
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
  --disable-background-networking --disable-component-update --disable-sync \
  --user-data-dir="$folder/browser" --hide-scrollbars --window-size=1000,720 \
  --screenshot="$PWD/docs/page.png" "file://$folder/site/claim/health-centre-shelled.html" 2>/dev/null
