#requires -Version 7.4
#requires -Modules MigrationTools
<#
.SYNOPSIS
Runs a migration whose plan a person has approved.

.DESCRIPTION
The first call assesses readiness, writes the plan to plan.json and plan.txt in the output directory, and stops: a person reads it. The second call names that
person and the plan's hash. It makes the plan again, and runs only where it is still the plan that was approved. Who approved what is kept in approval.json.
The exit code is 0 where the run passed or the plan waits for approval, 1 where it failed, 2 where the approval is of another plan, 3 where nobody can tell.

.EXAMPLE
$waiting = ./Start-ApprovedMigration.ps1 -Spec shop/migration.yaml -OutputDirectory out/approval
./Start-ApprovedMigration.ps1 -Spec shop/migration.yaml -OutputDirectory out/approval -ApprovedBy 'Ada Lovelace' -PlanHash $waiting.PlanHash
#>
[CmdletBinding()]
param(
    # The spec's file.
    [Parameter(Mandatory)]
    [string] $Spec,

    # Where plan, approval and report are kept.
    [Parameter(Mandatory)]
    [string] $OutputDirectory,

    # The person who has read the plan.
    [ValidateNotNullOrEmpty()]
    [string] $ApprovedBy,

    # The hash of the plan that was read.
    [ValidateNotNullOrEmpty()]
    [string] $PlanHash
)

$ErrorActionPreference = 'Stop'
$null = New-Item -ItemType Directory -Path $OutputDirectory -Force
if (-not (Test-MigrationReadiness -Path $Spec -Quiet)) {
    Test-MigrationReadiness -Path $Spec | Where-Object Verdict -ne Passed | Format-List Id, Verdict, Message, Remedy | Out-String | Write-Warning
    exit 1
}

$plan = New-MigrationPlan -Path $Spec
if (-not $ApprovedBy) {
    $steps = $plan.Steps | Select-Object Id, Phase, System, @{ n = 'Action'; e = { $_.Action.Description } }, @{ n = 'UndoneBy'; e = { $_.Compensation.Description } }, Irreversible, PointOfNoReturn, Hash
    [ordered]@{ specId = $plan.SpecId; hash = $plan.Hash; notes = $plan.Notes; steps = $steps } | ConvertTo-Json -Depth 4 | Set-Content (Join-Path $OutputDirectory plan.json)
    $plan.Steps | ForEach-Object { "$($_.Id): $($_.Action.Description)$(if ($_.PointOfNoReturn) { '   POINT OF NO RETURN' })" } | Set-Content (Join-Path $OutputDirectory plan.txt)
    [pscustomobject]@{ Status = 'WaitingForApproval'; PlanHash = $plan.Hash; Plan = Join-Path $OutputDirectory plan.txt }
    exit 0
}

if ($plan.Hash -ne $PlanHash) {
    Write-Warning "The plan is not the one that was approved ($PlanHash): it is $($plan.Hash) now. Read it again."
    exit 2
}

[ordered]@{ planHash = $plan.Hash; approvedBy = $ApprovedBy; approvedAt = (Get-Date).ToUniversalTime().ToString('o') } | ConvertTo-Json | Set-Content (Join-Path $OutputDirectory approval.json)
$run = Invoke-MigrationStrategy -Path $Spec -Confirm:$false
$null = $run | Export-MigrationReport -Path (Join-Path $OutputDirectory $run.RunId)
$run
exit $(switch ($run.Verdict) { { $_ -in 'Passed', 'Waived' } { 0 } Failed { 1 } default { 3 } })
