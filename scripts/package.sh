#!/usr/bin/env bash
# Builds the PowerShell module into out/MigrationTools/<version>/ and packs it into out/MigrationTools.zip and a nupkg.
# Usage: scripts/package.sh [--version 1.2.3] [--configuration Release|Debug]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

properties=()
while (($# > 0)); do
    case $1 in
        --version | --configuration)
            if (($# < 2)); then
                printf '%s needs a value.\n' "$1" >&2
                exit 2
            fi
            if [[ $1 == --version ]]; then properties+=("-p:Version=$2"); else properties+=("-p:Configuration=$2"); fi
            shift 2
            ;;
        *)
            printf "Unknown argument '%s'. Usage: scripts/package.sh [--version 1.2.3] [--configuration Release|Debug]\n" "$1" >&2
            exit 2
            ;;
    esac
done

exec dotnet msbuild "$root/scripts/package.proj" -nologo -verbosity:minimal -nodeReuse:false ${properties[@]+"${properties[@]}"}
