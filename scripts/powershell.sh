#!/usr/bin/env bash
# Brings PowerShell and Pester from NuGet into out/powershell/<version>/, for the tests of the module on a machine that has none. Prints the directory that holds pwsh; its Modules/ holds
# Pester. Nothing outside of out/ changes. Where they can't be had it says why and ends with 1.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The versions that the tests were last seen to pass with.
powershell=7.6.9
pester=6.2.0

directory=$root/out/powershell/$powershell
mkdir -p "$directory"
log=$directory/log
: > "$log"

give_up() {
    printf '%s: %s\n' "$1" "$(grep -iE 'error|refused|not found' "$log" | head -n 1 || true)" >&2
    exit 1
}

if [[ ! -x $directory/pwsh ]]; then
    dotnet tool install PowerShell --version "$powershell" --tool-path "$directory" >> "$log" 2>&1 || give_up "PowerShell $powershell can't be had from NuGet"
fi

modules=$directory/Modules/Pester
if [[ ! -f $modules/$pester/Pester.psd1 ]]; then
    # A project of its own, so that no setting of this house applies to it.
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    cat > "$scratch/pester.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="Pester" Version="[$pester]" /></ItemGroup>
</Project>
PROJECT
    dotnet restore "$scratch/pester.csproj" --packages "$scratch/packages" >> "$log" 2>&1 || give_up "Pester $pester can't be had from NuGet"
    rm -rf "$modules"
    mkdir -p "$modules"
    cp -R "$scratch/packages/pester/$pester/tools" "$modules/$pester"
fi

"$directory/pwsh" -NoProfile -NonInteractive -Command 'exit 0' >> "$log" 2>&1 < /dev/null || give_up "PowerShell $powershell does not start here"
printf '%s\n' "$directory"
