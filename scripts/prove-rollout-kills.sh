#!/usr/bin/env bash
# Kills a canary run (kill -9) at each weight and at random moments, resumes it or rolls it back, and sees that traffic is wholly on one side; counted.
# Usage: scripts/prove-rollout-kills.sh [100]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet build "$root/tests/MigrationTools.Hosting.Tests" --configuration Release --verbosity quiet --nologo
MIGRATIONTOOLS_KILLS=${1:-100} exec "$root/tests/MigrationTools.Hosting.Tests/bin/Release/net10.0/MigrationTools.Hosting.Tests" \
    -noColor -diagnostics -method '*Killed_at_any_weight_a_run_ends_completed_or_fully_rolled_back'
