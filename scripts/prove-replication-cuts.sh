#!/usr/bin/env bash
# Cuts a replicating run off before and after each entry of its journal, resumes it or rolls it back, and sees that no slot, publication or subscription is left.
# Usage: scripts/prove-replication-cuts.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet build "$root/tests/MigrationTools.Hosting.Tests" --configuration Release --verbosity quiet --nologo
MIGRATIONTOOLS_CUTS=1 exec "$root/tests/MigrationTools.Hosting.Tests/bin/Release/net10.0/MigrationTools.Hosting.Tests" -noColor -diagnostics -class '*ReplicationCutOffTests'
