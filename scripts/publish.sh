#!/usr/bin/env bash
# Publishes the command line into out/migrationtools/<runtime>/ with the .NET runtime it needs, all of it compiled ahead of time so that it starts fast.
# Usage: scripts/publish.sh [runtime identifier; this machine's without it]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runtime=${1:-$(bash "$root/scripts/runtime.sh")}
# Compiled assemblies of an earlier publication in another form would be taken for those of this one.
rm -rf "$root/out/migrationtools/$runtime" "$root/src/MigrationTools.Cli/obj/Release/net10.0/$runtime/R2R"
dotnet publish "$root/src/MigrationTools.Cli" --configuration Release --runtime "$runtime" --self-contained true -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=true \
    --output "$root/out/migrationtools/$runtime" --verbosity quiet --nologo
printf 'Published: %s\n' "$root/out/migrationtools/$runtime"
