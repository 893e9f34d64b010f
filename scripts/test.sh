#!/usr/bin/env bash
# Sets up, builds and runs every test. From any directory, in a fresh clone, with nothing but the .NET SDK. The last line is always
# "N passed, N failed, N skipped"; the exit code is 0 only where at least one test ran and nothing failed. A step that fails (the build, the formatting,
# a test program that dies or finds no tests) counts as one failure. Results lie in TestResults/.
set -euo pipefail
exec 2>&1

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
results=$root/TestResults
rm -rf "$results"
mkdir -p "$results"

# Whatever the tests put into the temporary directory goes with it. Servers that run as another user must be able to enter it.
scratch=$(mktemp -d)
chmod 1777 "$scratch"
export TMPDIR=$scratch

# Nothing of the build stays behind as a process.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

passed=0
failed=0
skipped=0
failures=()
skips=()
step='the start'
powershell='The Pester tests did not run'

finish() {
    local status=$?
    trap - EXIT
    rm -rf "$scratch" || true
    if [[ -n $step ]]; then
        fail "$step: ended with exit code $status"
    fi
    if ((passed + failed == 0)); then
        fail 'no test ran'
    fi
    printf '\n'
    if ((${#skips[@]} > 0)); then
        printf 'Skipped:\n'
        printf '  %s\n' "${skips[@]}"
    fi
    if ((${#failures[@]} > 0)); then
        printf 'Failed:\n'
        printf '  %s\n' "${failures[@]}"
    fi
    printf '%s\n' "$powershell"
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    exit $((failed > 0))
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

begin() {
    step=$1
    printf '\n== %s\n' "$step"
}

fail() {
    failed=$((failed + 1))
    failures+=("$1")
}

# The names of the cases of a JUnit file that have an element of a kind (failure, skipped), with the reason for a skip.
cases() {
    { grep -oE "<testcase [^>]*><$2( [^>]*)?>" "$1" || true; } |
        sed -E -e 's/^<testcase name="([^"]*)".*<skipped message="([^"]*)".*/\1: \2/' -e 's/^<testcase name="([^"]*)".*/\1/' \
            -e 's/&#x[AaDd];/ /g' -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&amp;/\&/g'
}

# A number of a CTRF file's summary. (xUnit's own XML can't be written where a failing test's message holds "]]>".)
number() {
    { grep -oE '"summary":\{"tests":[^}]*\}' "$1" || true; } | head -n 1 | sed -nE "s/.*\"$2\":([0-9]+).*/\1/p"
}

# Adds a test program's result files to the totals.
tally() {
    local name=$1 status=$2 report=$results/$1.ctrf.json junit=$results/$1.junit.xml good bad errors passed_over case
    if [[ ! -s $report || ! -s $junit ]]; then
        fail "$name: died without a result (exit code $status)"
        return
    fi
    good=$(number "$report" passed)
    bad=$(number "$report" failed)
    errors=$(number "$report" other)
    passed_over=$(number "$report" skipped)
    if [[ -z $good || -z $bad || -z $errors || -z $passed_over ]]; then
        fail "$name: its result can't be read, see TestResults/$name.ctrf.json (exit code $status)"
        return
    fi
    passed=$((passed + good))
    failed=$((failed + bad + errors))
    skipped=$((skipped + passed_over))
    while IFS= read -r case; do skips+=("$case"); done < <(cases "$junit" skipped)
    while IFS= read -r case; do failures+=("$case"); done < <(cases "$junit" failure)
    if ((errors > 0)); then
        failures+=("$name: $errors errors outside of a test, see TestResults/$name.ctrf.json")
    fi
    if ((good + bad + errors + passed_over == 0)); then
        fail "$name: found no tests"
    elif ((status != 0 && bad + errors == 0)); then
        fail "$name: no test failed, and yet its exit code is $status"
    fi
}

run_project() {
    local name=$1 directory=$root/tests/$1/bin/Release/net10.0 status=0
    local -a program=(dotnet "$directory/$name.dll")
    if [[ ! -f $directory/$name.dll ]]; then
        fail "$name: was not built"
        return
    fi
    # A test that hangs must not hang the build with it. macOS has no timeout.
    if command -v timeout > /dev/null; then
        program=(timeout --kill-after=60s 60m "${program[@]}")
    fi
    "${program[@]}" -noLogo -noColor -ctrf "$results/$name.ctrf.json" -jUnit "$results/$name.junit.xml" < /dev/null || status=$?
    tally "$name" "$status"
}

skip_pester() {
    skipped=$((skipped + 1))
    skips+=("Pester tests of the built module: did not run, for $1")
}

run_pester() {
    local status=0 kind text brought origin="this machine's"
    if ! command -v pwsh > /dev/null; then
        if [[ ${MIGRATIONTOOLS_TEST_POWERSHELL:-nuget} == none ]]; then
            skip_pester 'pwsh is not on this machine, and MIGRATIONTOOLS_TEST_POWERSHELL=none says that none is to be brought'
            return
        fi
        if ! brought=$(bash scripts/powershell.sh 2> "$results/powershell.txt"); then
            skip_pester "pwsh is not on this machine, and $(head -n 1 "$results/powershell.txt")"
            return
        fi
        export PATH=$brought:$PATH PSModulePath=$brought/Modules
        origin='brought from NuGet'
    fi
    if ! pwsh -NoProfile -NonInteractive -Command 'exit [int] -not (Get-Module -ListAvailable Pester | Where-Object Version -ge ([version] "5.0"))'; then
        skip_pester 'pwsh has no module Pester of version 5 or later'
        return
    fi
    if ! bash scripts/package.sh; then
        fail 'the module could not be packaged for its Pester tests'
        return
    fi
    pwsh -NoProfile -NonInteractive -File scripts/pester.ps1 -Summary "$results/Pester.txt" < /dev/null || status=$?
    if [[ ! -s $results/Pester.txt ]]; then
        fail "Pester: died without a result (exit code $status)"
        return
    fi
    powershell="The Pester tests ran with $(pwsh -NoProfile -NonInteractive -Command '"PowerShell $($PSVersionTable.PSVersion)"') ($origin) and $(pwsh -NoProfile -NonInteractive -Command '"Pester $((Import-Module Pester -MinimumVersion 5.0 -PassThru).Version)"')"
    while IFS=$'\t' read -r kind text; do
        case $kind in
            passed) passed=$((passed + text)) ;;
            skip) skipped=$((skipped + 1)) && skips+=("Pester: $text") ;;
            fail) fail "Pester: $text" ;;
        esac
    done < "$results/Pester.txt"
}

begin 'setup'
bash scripts/setup.sh

begin 'restore'
dotnet restore MigrationTools.sln --verbosity quiet

begin 'build'
dotnet build MigrationTools.sln --no-restore --configuration Release --verbosity quiet -warnaserror

begin 'formatting'
if ! dotnet format whitespace MigrationTools.sln --verify-no-changes --no-restore; then
    fail "formatting: 'dotnet format whitespace MigrationTools.sln' would change files"
fi

for project in tests/*.Tests/*.Tests.csproj; do
    name=$(basename "$project" .csproj)
    begin "$name"
    run_project "$name"
done

begin 'Pester'
run_pester

step=''
