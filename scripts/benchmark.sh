#!/usr/bin/env bash
# Measures and writes docs/performance.md. The contender is compiled ahead of time, as scripts/publish.sh does with the command line.
# Usage: scripts/benchmark.sh copy-pg-pg|copy-sqlite-pg|memory|compare-pg-pg|compare-sqlite|compare-memory … [--runs 5] [--rows n]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet publish "$root/tests/Benchmarks" --configuration Release --runtime "$(bash "$root/scripts/runtime.sh")" --self-contained false -p:PublishReadyToRun=true \
    --output "$root/out/benchmarks" --verbosity quiet --nologo
bash "$root/scripts/publish.sh" > /dev/null
MIGRATIONTOOLS_PROGRAM="$root/out/migrationtools/$(bash "$root/scripts/runtime.sh")/migrationtools"
export MIGRATIONTOOLS_PROGRAM
exec dotnet "$root/out/benchmarks/MigrationTools.Benchmarks.dll" "$@"
