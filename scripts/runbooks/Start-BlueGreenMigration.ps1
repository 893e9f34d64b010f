#requires -Version 7.4
#requires -Modules MigrationTools
<#
.SYNOPSIS
Runs a blue-green migration up to the point where a second person has to say yes, and on from there.

.DESCRIPTION
The first call assesses readiness, writes the plan, and runs the migration in a background job. When the run waits for a person it writes what was seen to
waiting.txt and waiting.json in the output directory, tells those of the spec's notify: that -Notify names, and stays with the run. Meanwhile a second person
reads that, and calls this runbook with the run's id, a name and a reason, on this machine or on another one that sees the same runs: that is the approval (or,
with -Refuse, the refusal). It is not taken from the person who began the run. Then the first call goes on, and leaves a report.

The exit code of a run is 0 where it passed, 1 where it failed, was refused or is not ready, 3 where nobody can tell; that of an approval is 0 where it is given,
and 2 where it is by the person who began the run, or nothing waits for it.

.EXAMPLE
./Start-BlueGreenMigration.ps1 -Spec shop/migration.yaml -OutputDirectory out/blue-green -StartedBy 'Grace Hopper'

.EXAMPLE
./Start-BlueGreenMigration.ps1 -OutputDirectory out/blue-green -RunId shop-20250301-101500-a1b2 -ApprovedBy 'Ada Lovelace' -Reason 'p95 is as before'
#>
[CmdletBinding(DefaultParameterSetName = 'Run')]
param(
    # The spec's file.
    [Parameter(Mandatory, ParameterSetName = 'Run')]
    [string] $Spec,

    # Where plan, what was seen, approval and report are kept.
    [Parameter(Mandatory)]
    [string] $OutputDirectory,

    # Where the runs are kept; without it MIGRATIONTOOLS_RUNS, or ./runs.
    [string] $RunStore,

    # The person who begins the run.
    [Parameter(ParameterSetName = 'Run')]
    [ValidateNotNullOrEmpty()]
    [string] $StartedBy = [Environment]::UserName,

    # Whom of the spec's notify: to tell that the run waits; the spec's own notifications come as it says.
    [Parameter(ParameterSetName = 'Run')]
    [string[]] $Notify = @(),

    # The run that is approved.
    [Parameter(Mandatory, ParameterSetName = 'Approve')]
    [string] $RunId,

    # The person who has looked.
    [Parameter(Mandatory, ParameterSetName = 'Approve')]
    [ValidateNotNullOrEmpty()]
    [string] $ApprovedBy,

    # Why, kept with the run.
    [Parameter(Mandatory, ParameterSetName = 'Approve')]
    [ValidateNotNullOrEmpty()]
    [string] $Reason,

    # Says no.
    [Parameter(ParameterSetName = 'Approve')]
    [switch] $Refuse
)

$ErrorActionPreference = 'Stop'
$place = if ($RunStore) { @{ RunsDirectory = $RunStore } } else { @{} }
$null = New-Item -ItemType Directory -Path $OutputDirectory -Force

if ($PSCmdlet.ParameterSetName -eq 'Approve') {
    $begun = Get-Content (Join-Path $OutputDirectory begun.json) -Raw | ConvertFrom-Json
    if ($begun.startedBy -eq $ApprovedBy) {
        Write-Warning "$ApprovedBy began the migration, so that somebody else has to approve it."
        exit 2
    }

    try { Approve-MigrationGate $RunId -Approver $ApprovedBy -Reason $Reason -Refuse:$Refuse @place }
    catch {
        Write-Warning "Nothing was approved: $_"
        exit 2
    }
    exit 0
}

if (-not (Test-MigrationReadiness -Path $Spec -Quiet)) {
    Test-MigrationReadiness -Path $Spec | Where-Object Verdict -ne Passed | Format-List Id, Verdict, Message, Remedy | Out-String | Write-Warning
    exit 1
}

$plan = New-MigrationPlan -Path $Spec
$plan.Steps | ForEach-Object { "$($_.Id): $($_.Action.Description)$(if ($_.PointOfNoReturn) { '   POINT OF NO RETURN' })" } | Set-Content (Join-Path $OutputDirectory plan.txt)
[ordered]@{ specId = $plan.SpecId; planHash = $plan.Hash; startedBy = $StartedBy; startedAt = (Get-Date).ToUniversalTime().ToString('o') } |
    ConvertTo-Json | Set-Content (Join-Path $OutputDirectory begun.json)

$before = @(Get-MigrationRun @place).RunId
$job = Invoke-MigrationStrategy -Path $Spec -AsJob -Confirm:$false @place
try {
    do {
        Start-Sleep -Milliseconds 200
        $id = @(Get-MigrationRun @place | Where-Object { $_.RunId -notin $before -and $_.Plan.Hash -eq $plan.Hash }).RunId | Select-Object -First 1
    } until ($id -or $job.State -notin 'NotStarted', 'Running')

    $told = @{}
    if ($id) {
        Get-MigrationRun $id -Follow @place | ForEach-Object {
            Write-Information "$($_.At.ToString('u')) $($_.Phase): $($_.Summary)" -InformationAction Continue
            foreach ($wait in $_.WaitingFor) {
                if ($told[$wait.Step]) { continue }
                $told[$wait.Step] = $true
                $state = Get-MigrationRun $id @place
                $seen = $state.Steps | Where-Object { $_.Gate } | ForEach-Object { "$($_.Step.Id): $($_.Gate.Verdict): $($_.Summary)" }
                $lines = @("Run $id waits at step $($wait.Step): $($wait.For)", '', 'What was seen:') + $seen + @('', 'To answer, somebody other than the one who began it:',
                    "./Start-BlueGreenMigration.ps1 -OutputDirectory '$OutputDirectory' -RunId $id -ApprovedBy <name> -Reason <why> [-Refuse]")
                $lines | Set-Content (Join-Path $OutputDirectory waiting.txt)
                $lines | ForEach-Object { Write-Information $_ -InformationAction Continue }
                if ($Notify) {
                    # Whoever can't be told is no reason to stop: the run waits all the same, and says so.
                    try { Send-MigrationNotification -Path $Spec -Message ($lines -join "`n") -Name $Notify -Event Hold -RunId $id @place | Where-Object Verdict -ne Passed | ForEach-Object { Write-Warning $_.Message } }
                    catch { Write-Warning "$_" }
                }

                # Last, and whole at once: who waits for this file finds all of it.
                $json = [ordered]@{ runId = $id; step = $wait.Step; for = $wait.For; planHash = $plan.Hash; conditions = @($_.Conditions | Select-Object Name, @{ n = 'Verdict'; e = { "$($_.Verdict)" } }, Seen, Limit) } | ConvertTo-Json -Depth 4
                Set-Content (Join-Path $OutputDirectory waiting.json.new) $json
                Move-Item (Join-Path $OutputDirectory waiting.json.new) (Join-Path $OutputDirectory waiting.json) -Force
            }
        }
    }

    $run = $job | Receive-Job -Wait
}
finally { $job | Remove-Job -Force }

if (-not $run) { exit 3 }
$null = $run | Export-MigrationReport -Path (Join-Path $OutputDirectory $run.RunId) @place
$run
exit $(if ($run.Status -eq 'RolledBack') { 1 } else { switch ($run.Verdict) { { $_ -in 'Passed', 'Waived' } { 0 } Failed { 1 } default { 3 } } })
