#requires -Version 7.4
#requires -Modules MigrationTools
<#
.SYNOPSIS
Moves traffic to a new version little by little, and lets it go back by itself where the new version is not well.

.DESCRIPTION
Demands of the spec that it is a canary (or a strategy that moves traffic by shares), that something measures the new version, that at least one trigger is
watched all the time, and that the rollback is automatic: without these nobody would take the traffic back at night. Then it assesses readiness, runs, and leaves
the report and canary.json in the output directory. Where a trigger fired, that file and the output say which, what was seen, how long it took from the first bad sample
to the alarm, and until all traffic was seen to be back.

The exit code is 0 where all traffic is on the new version and every gate passed, 1 where the run failed and traffic is back, or it is not ready, 2 where the spec lacks
what is demanded, 3 where nobody can tell, 4 where it failed and traffic was not seen to be back: somebody has to look at the router at once.

.EXAMPLE
./Start-CanaryMigration.ps1 -Spec shop/canary.yaml -OutputDirectory out/canary -MetricsFile /var/lib/node_exporter/textfile/shop.prom
#>
[CmdletBinding()]
param(
    # The spec's file.
    [Parameter(Mandatory)]
    [string] $Spec,

    # Where report and canary.json are kept.
    [Parameter(Mandatory)]
    [string] $OutputDirectory,

    # Where the runs are kept; without it MIGRATIONTOOLS_RUNS, or ./runs.
    [string] $RunStore,

    # A file for Prometheus with the shares and the gates' figures, written while the run goes on.
    [string] $MetricsFile
)

$ErrorActionPreference = 'Stop'
$place = if ($RunStore) { @{ RunsDirectory = $RunStore } } else { @{} }
$null = New-Item -ItemType Directory -Path $OutputDirectory -Force
if ($MetricsFile) { $env:MIGRATIONTOOLS_METRICS_FILE = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($MetricsFile) }

$read = Import-MigrationSpec $Spec
$missing = @(
    if ($read.Strategy -notin 'Canary', 'Rolling', 'StranglerFig', 'Phased') { "its strategy is $($read.Strategy)" }
    if ($read.Metrics.Count -eq 0) { 'it measures nothing (metrics:)' }
    if ($read.Rollback.Triggers.Count -eq 0) { 'no trigger is watched (rollback: triggers:)' }
    if ($read.Rollback.Mode -ne 'Automatic') { "its rollback is $($read.Rollback.Mode) (rollback: mode: automatic)" }
)
if ($missing) {
    Write-Warning "$Spec can't be left alone: $($missing -join '; ')."
    exit 2
}

$run = $read | Invoke-MigrationStrategy -Confirm:$false @place
$null = $run | Export-MigrationReport -Path (Join-Path $OutputDirectory $run.RunId) @place

$back = $run.TrafficReturn
$alarm = Get-MigrationJournal $run.RunId @place | Where-Object Kind -eq alarm | Select-Object -Last 1
$seconds = { param($from, $to) if ($from -and $to) { [Math]::Round(($to - $from).TotalSeconds, 3) } }
$result = [ordered]@{
    runId            = $run.RunId
    status           = "$($run.Status)"
    verdict          = "$($run.Verdict)"
    message          = $run.Message
    trigger          = if ($alarm) { "$($alarm.Data['condition'])" }
    seen             = if ($alarm) { "$($alarm.Data['message'])" }
    secondsToAlarm   = if ($back) { & $seconds $back.FirstBadAt $back.RaisedAt }
    secondsToReturn  = if ($back) { & $seconds $back.FirstBadAt $back.ReturnedAt }
}
$result | ConvertTo-Json | Set-Content (Join-Path $OutputDirectory canary.json)
if ($back) {
    $until = if ($back.ReturnedAt) { "all traffic was back after $($result.secondsToReturn) s" } else { 'traffic was NOT seen to be back' }
    Write-Information "Trigger '$($result.trigger)' fired $($result.secondsToAlarm) s after the first bad sample; $until. $($result.seen)" -InformationAction Continue
}

[pscustomobject] $result
$isBack = $run.Status -in 'RolledBack', 'NotReady'
exit $(
    if ($run.Verdict -in 'Passed', 'Waived' -and -not $isBack) { 0 }
    elseif ($isBack) { 1 }
    elseif ($run.Verdict -eq 'Failed' -or $back) { 4 }
    else { 3 }
)
