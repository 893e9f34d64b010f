#requires -Version 7.4
<#
.SYNOPSIS
What scripts/test.sh does, for machines without bash: build.ps1 -Task Test calls it.
#>
[CmdletBinding()]
param(
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$root = Split-Path -Parent $PSScriptRoot
$results = Join-Path $root 'TestResults'
$solution = Join-Path $root 'MigrationTools.sln'

$total = @{ Passed = 0; Failed = 0; Skipped = 0 }
$failures = [System.Collections.Generic.List[string]]::new()
$skips = [System.Collections.Generic.List[string]]::new()

function Add-Failure([string] $Text) {
    $total.Failed++
    $failures.Add($Text)
}

function Add-Skip([string] $Text) {
    $total.Skipped++
    $skips.Add($Text)
}

function Invoke-Step([string] $Name, [scriptblock] $Action) {
    Write-Host "`n== $Name"
    & $Action | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "${Name}: ended with exit code $LASTEXITCODE"
    }
}

# Runs a test program and adds its result file to the totals.
function Invoke-Project([string] $Name) {
    Write-Host "`n== $Name"
    $program = Join-Path $root "tests/$Name/bin/$Configuration/net10.0/$Name.dll"
    if (-not (Test-Path -LiteralPath $program)) {
        Add-Failure "${Name}: was not built"
        return
    }

    $report = Join-Path $results "$Name.ctrf.json"
    dotnet $program -noLogo -noColor -ctrf $report -jUnit (Join-Path $results "$Name.junit.xml") | Out-Host
    $status = $LASTEXITCODE
    if (-not (Test-Path -LiteralPath $report) -or (Get-Item -LiteralPath $report).Length -eq 0) {
        Add-Failure "${Name}: died without a result (exit code $status)"
        return
    }

    $result = (Get-Content -LiteralPath $report -Raw | ConvertFrom-Json).results
    $summary = $result.summary
    $total.Passed += $summary.passed
    $total.Failed += $summary.failed + $summary.other
    $total.Skipped += $summary.skipped
    foreach ($test in $result.tests) {
        switch ($test.status) {
            'skipped' { $skips.Add("$($test.name): $($test.extra.reason -replace '\s+', ' ')") }
            'failed' { $failures.Add($test.name) }
        }
    }

    if ($summary.other -gt 0) {
        $failures.Add("${Name}: $($summary.other) errors outside of a test, see TestResults/$Name.ctrf.json")
    }

    if ($summary.passed + $summary.failed + $summary.other + $summary.skipped -eq 0) {
        Add-Failure "${Name}: found no tests"
    }
    elseif ($status -ne 0 -and $summary.failed + $summary.other -eq 0) {
        Add-Failure "${Name}: no test failed, and yet its exit code is $status"
    }
}

function Invoke-PesterTests {
    Write-Host "`n== Pester"
    if (-not (Get-Module -ListAvailable Pester | Where-Object Version -GE ([version] '5.0'))) {
        Add-Skip 'Pester tests of the built module: did not run, for pwsh has no module Pester of version 5 or later'
        return
    }

    dotnet msbuild (Join-Path $root 'scripts/package.proj') -nologo -verbosity:minimal -nodeReuse:false "-p:Configuration=$Configuration" | Out-Host
    if ($LASTEXITCODE -ne 0) {
        Add-Failure 'the module could not be packaged for its Pester tests'
        return
    }

    # In a process of its own: the module would stay loaded in this one.
    $summary = Join-Path $results 'Pester.txt'
    & ([Environment]::ProcessPath) -NoProfile -NonInteractive -File (Join-Path $root 'scripts/pester.ps1') -Summary $summary | Out-Host
    if (-not (Test-Path -LiteralPath $summary)) {
        Add-Failure "Pester: died without a result (exit code $LASTEXITCODE)"
        return
    }

    foreach ($line in Get-Content -LiteralPath $summary) {
        $kind, $text = $line -split "`t", 2
        switch ($kind) {
            'passed' { $total.Passed += [int] $text }
            'skip' { Add-Skip "Pester: $text" }
            'fail' { Add-Failure "Pester: $text" }
        }
    }
}

$variables = @{ DOTNET_CLI_TELEMETRY_OPTOUT = '1'; DOTNET_NOLOGO = '1'; MSBUILDDISABLENODEREUSE = '1'; DOTNET_CLI_USE_MSBUILD_SERVER = '0'; UseSharedCompilation = 'false' }
$before = @{}
foreach ($name in $variables.Keys) {
    $before[$name] = [Environment]::GetEnvironmentVariable($name)
    [Environment]::SetEnvironmentVariable($name, $variables[$name])
}

try {
    if (Test-Path -LiteralPath $results) {
        Remove-Item -LiteralPath $results -Recurse -Force
    }

    $null = New-Item -ItemType Directory -Path $results
    if ($IsLinux) {
        Invoke-Step 'setup' { bash (Join-Path $root 'scripts/setup.sh') }
    }

    Invoke-Step 'restore' { dotnet restore $solution --verbosity quiet }
    Invoke-Step 'build' { dotnet build $solution --no-restore --configuration $Configuration --verbosity quiet -warnaserror }
    Write-Host "`n== formatting"
    dotnet format whitespace $solution --verify-no-changes --no-restore | Out-Host
    if ($LASTEXITCODE -ne 0) {
        Add-Failure "formatting: 'dotnet format whitespace MigrationTools.sln' would change files"
    }

    foreach ($project in Get-ChildItem -Path (Join-Path $root 'tests/*.Tests/*.Tests.csproj')) {
        Invoke-Project $project.BaseName
    }

    Invoke-PesterTests
}
catch {
    Add-Failure $_.ToString()
}
finally {
    foreach ($name in $before.Keys) {
        [Environment]::SetEnvironmentVariable($name, $before[$name])
    }
}

if ($total.Passed + $total.Failed -eq 0) {
    Add-Failure 'no test ran'
}

Write-Host ''
if ($skips.Count -gt 0) {
    Write-Host "Skipped:`n  $($skips -join "`n  ")"
}

if ($failures.Count -gt 0) {
    Write-Host "Failed:`n  $($failures -join "`n  ")"
}

Write-Host "$($total.Passed) passed, $($total.Failed) failed, $($total.Skipped) skipped"
exit [int] ($total.Failed -gt 0)
