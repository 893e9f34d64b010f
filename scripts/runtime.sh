#!/usr/bin/env bash
# Prints this machine's portable runtime identifier, such as linux-x64. An SDK built by a distribution names the distribution's own.
set -euo pipefail
runtime=$(dotnet --info | sed -nE 's/^ *RID: +//p' | head -n 1)
case $runtime in
    win-* | linux-* | osx-*) printf '%s\n' "$runtime" ;;
    *) printf 'linux-%s\n' "${runtime##*-}" ;;
esac
