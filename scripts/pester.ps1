#requires -Version 7.4
<#
.SYNOPSIS
Runs the Pester tests of the built module.

.DESCRIPTION
The tests find the module's manifest in the environment variable MIGRATIONTOOLS_MODULE. The summary file has a line "passed<tab>count" and a line for each test that was
skipped ("skip<tab>name: reason") or failed ("fail<tab>name"); a file that could not be run and a run without tests are failures.
#>
[CmdletBinding()]
param(
    # The file to write the summary to.
    [Parameter(Mandatory)]
    [string] $Summary,

    # The module's manifest; the newest under out/ where it is not given.
    [string] $Module
)

$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot

if (-not $Module) {
    $Module = Get-ChildItem -Path (Join-Path $root 'out/MigrationTools/*/MigrationTools.psd1') |
        Sort-Object LastWriteTimeUtc |
        Select-Object -Last 1 -ExpandProperty FullName
}

$env:MIGRATIONTOOLS_MODULE = $Module
Import-Module Pester -MinimumVersion 5.0

$configuration = New-PesterConfiguration
$configuration.Run.Path = Join-Path $root 'tests/Pester'
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'

$lines = [System.Collections.Generic.List[string]]::new()
try {
    $result = Invoke-Pester -Configuration $configuration
    $lines.Add("passed`t$($result.PassedCount)")
    foreach ($test in $result.Skipped) {
        $reason = if ($test.ErrorRecord) { ($test.ErrorRecord[0].ToString() -split '\r?\n')[0] } else { 'marked as skipped' }
        $lines.Add("skip`t$($test.ExpandedPath): $reason")
    }

    foreach ($test in @($result.Failed) + @($result.Inconclusive)) {
        $lines.Add("fail`t$($test.ExpandedPath)")
    }

    foreach ($block in $result.FailedBlocks) {
        $lines.Add("fail`t$($block.ExpandedPath): its set-up or clean-up failed")
    }

    foreach ($container in $result.FailedContainers) {
        $lines.Add("fail`t$($container.Item): could not be run")
    }

    if ($result.TotalCount -eq 0) {
        $lines.Add("fail`ttests/Pester: found no tests")
    }
}
catch {
    $lines.Add("fail`ttests/Pester: $(($_.ToString() -split '\r?\n')[0])")
}

Set-Content -LiteralPath $Summary -Value $lines
exit [int] [bool] ($lines -match '^fail')
