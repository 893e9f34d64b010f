#!/usr/bin/env bash
# Publishes the command line into out/migrationtools/<runtime>/, compiled ahead of time so that it starts fast. It needs the .NET runtime where it runs.
# Usage: scripts/publish.sh [runtime identifier; this machine's without it]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runtime=${1:-$(bash "$root/scripts/runtime.sh")}
dotnet publish "$root/src/MigrationTools.Cli" --configuration Release --runtime "$runtime" --self-contained false -p:PublishReadyToRun=true \
    --output "$root/out/migrationtools/$runtime" --verbosity quiet --nologo
printf 'Published: %s\n' "$root/out/migrationtools/$runtime"
