#!/usr/bin/env bash
# Builds shop-v2.db, the sample shop in version 2.0.5, from v2/schema.sql and v2/data.sql. Needs the sqlite3 command line, 3.40 or later.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

target=shop-v2.db
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
build=$scratch/shop.db

sqlite3 -init /dev/null -bail "$build" > "$scratch/output" <<'SQL'
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
.read v2/schema.sql
.read v2/data.sql
VACUUM;
SQL

broken=$(sqlite3 -init /dev/null "$build" 'PRAGMA integrity_check; PRAGMA foreign_key_check;')
if [[ $broken != ok ]]; then
    printf 'The database that was built is not whole:\n%s\n' "$broken" >&2
    exit 1
fi

cat "$build" > "$target"
printf '%s: %s bytes\n' "$target" "$(wc -c < "$target" | tr -d ' ')"
