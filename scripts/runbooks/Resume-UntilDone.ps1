#requires -Version 7.4
#requires -Modules MigrationTools
<#
.SYNOPSIS
Carries a migration on through a host that stops every job after a while, such as Azure Automation after three hours.

.DESCRIPTION
Looks for a run of the spec that is not finished, and goes on with it; where there is none, it begins one. It stops at a step boundary before the limit. The
runs are kept where -RunStore says: a directory that lasts, or a database (postgresql://…), for a host whose disk does not. Schedule it every three hours, or
let -Again begin it anew: a script block that gets the run's id. A run that failed or rolled back is not begun again by itself.

In Azure Automation the identity of the account logs in: without -Token the token comes from the host's identity endpoint, and is held as a SecureString.
The exit code is 0 where the run is completed, 75 where it goes on another time, 1 where it failed, 3 where nobody can tell.

.EXAMPLE
./Resume-UntilDone.ps1 -Spec shop/migration.yaml -RunStore out/runs -MaxRuntime 02:45:00

.EXAMPLE
./Resume-UntilDone.ps1 -Spec migration.yaml -RunStore 'postgresql://ops@db/ops' -TargetUser migrator@shop -UseManagedIdentity -Again { param($id) Start-AzAutomationRunbook … }
#>
[CmdletBinding()]
param(
    # The spec's file.
    [Parameter(Mandatory)]
    [string] $Spec,

    # Where the runs are kept between two calls.
    [Parameter(Mandatory)]
    [string] $RunStore,

    # Less than the host's limit by as long as the longest step may take.
    [timespan] $MaxRuntime = '02:45:00',

    # The user at the target's server, for -Token and -UseManagedIdentity.
    [string] $TargetUser,

    # A token or password for the target's server.
    [securestring] $Token,

    # Asks the host's identity endpoint for the token.
    [switch] $UseManagedIdentity,

    # What the token is for.
    [string] $Resource = 'https://ossrdbms-aad.database.windows.net',

    # Begins this runbook anew; gets the run's id.
    [scriptblock] $Again
)

$ErrorActionPreference = 'Stop'

function Get-IdentityToken {
    $uri = "$($env:IDENTITY_ENDPOINT)?api-version=2019-08-01&resource=$([uri]::EscapeDataString($Resource))"
    (Invoke-RestMethod -Uri $uri -Headers @{ 'X-IDENTITY-HEADER' = $env:IDENTITY_HEADER; Metadata = 'true' } -TimeoutSec 30).access_token | ConvertTo-SecureString -AsPlainText -Force
}

if ($UseManagedIdentity) {
    if (-not $env:IDENTITY_ENDPOINT) { throw 'This host has no identity endpoint (IDENTITY_ENDPOINT is not set): give -Token instead.' }
    $Token = Get-IdentityToken
}

$access = @{ RunsDirectory = $RunStore }
if ($Token) { $access.TargetCredential = [pscredential]::new($TargetUser, $Token) }

$id = (Import-MigrationSpec $Spec).Id
$open = Get-MigrationRun -RunsDirectory $RunStore | Where-Object { $_.Plan.SpecId -eq $id -and $_.Status -in 'Interrupted', 'Held' } | Select-Object -First 1
$run = if ($open) { Resume-MigrationRun $open.RunId -MaxRuntime $MaxRuntime -Confirm:$false @access }
else { Invoke-MigrationStrategy -Path $Spec -MaxRuntime $MaxRuntime -Confirm:$false @access }

$run
$goesOn = $run.Status -eq 'Interrupted'
if ($goesOn -and $Again) { $null = & $Again $run.RunId }
exit $(if ($goesOn) { 75 } else { switch ($run.Verdict) { { $_ -in 'Passed', 'Waived' } { 0 } Failed { 1 } default { 3 } } })
