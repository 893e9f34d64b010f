#requires -Version 7.4
#requires -Modules MigrationTools
<#
.SYNOPSIS
Compares the databases of a spec every night, and tells somebody when they differ.

.DESCRIPTION
Writes comparison-<date>.csv, a line a table, and differences-<date>.jsonl, a line a row that differs. Where a table is not Passed (rows differ, or it could not
be told), a message goes to a webhook or by mail; it names tables and numbers, never values. A message that could not be sent is a warning, and the exit code says so.
The exit code is 0 where all is the same, 1 where rows differ, 3 where it could not be told, 4 where nobody could be told.

.EXAMPLE
./Compare-Nightly.ps1 -Spec shop/migration.yaml -OutputDirectory out/nightly -Webhook https://hooks.example/T0/B0

.EXAMPLE
./Compare-Nightly.ps1 -Spec shop/migration.yaml -OutputDirectory out/nightly -MailServer smtp.example -MailFrom nightly@shop.example -MailTo ops@shop.example
#>
[CmdletBinding()]
param(
    # The spec's file.
    [Parameter(Mandatory)]
    [string] $Spec,

    # Where the results are kept.
    [Parameter(Mandatory)]
    [string] $OutputDirectory,

    # Takes a JSON body with the property 'text', as Slack's and Teams' incoming webhooks do.
    [uri] $Webhook,

    # The mail server, with STARTTLS unless -MailWithoutTls is given.
    [string] $MailServer,
    [int] $MailPort = 25,
    [string] $MailFrom,
    [string[]] $MailTo,
    [pscredential] $MailCredential,
    [switch] $MailWithoutTls
)

$ErrorActionPreference = 'Stop'
$null = New-Item -ItemType Directory -Path $OutputDirectory -Force
$day = Get-Date -Format yyyy-MM-dd
$tables = @(Import-MigrationSpec $Spec | Compare-DataChecksum)
$tables | Select-Object Verdict, Source, Target, Method, SourceRows, TargetRows, Missing, Extra, Changed, DurationMs, @{ n = 'Notes'; e = { $_.Notes -join '; ' } } |
    Export-Csv (Join-Path $OutputDirectory "comparison-$day.csv")
$tables | ForEach-Object { $table = $_.Target; $_.Differences | Select-Object @{ n = 'Table'; e = { $table } }, Kind, Key, Columns } |
    ForEach-Object { $_ | ConvertTo-Json -Depth 6 -Compress -EnumsAsStrings } | Set-Content (Join-Path $OutputDirectory "differences-$day.jsonl")

$bad = @($tables | Where-Object Verdict -ne Passed)
$told = $true
if ($bad.Count -gt 0 -or $tables.Count -eq 0) {
    $lines = @("$($bad.Count) of $($tables.Count) tables of $Spec are not the same, or could not be told:") +
        ($bad | ForEach-Object { "$($_.Target): $($_.Verdict), $($_.Missing) missing, $($_.Extra) extra, $($_.Changed) changed" })
    try {
        if ($Webhook) {
            $null = Invoke-RestMethod -Method Post -Uri $Webhook -ContentType 'application/json; charset=utf-8' -Body (@{ text = $lines -join "`n" } | ConvertTo-Json) -TimeoutSec 30
        }

        if ($MailServer) {
            $client = [Net.Mail.SmtpClient]::new($MailServer, $MailPort)
            $client.EnableSsl = -not $MailWithoutTls
            $client.Timeout = 30000
            if ($MailCredential) { $client.Credentials = $MailCredential.GetNetworkCredential() }
            $mail = [Net.Mail.MailMessage]::new($MailFrom, ($MailTo -join ','), $lines[0], ($lines -join "`n"))
            try { $client.Send($mail) }
            finally { $mail.Dispose(); $client.Dispose() }
        }
    }
    catch {
        $told = $false
        Write-Warning "Nobody was told: $($_.Exception.Message)"
    }
}

$tables
exit $(if (-not $told) { 4 } elseif ($tables.Count -eq 0 -or $bad.Verdict -contains 'Error' -or $bad.Verdict -contains 'Inconclusive') { 3 } elseif ($bad.Count -gt 0) { 1 } else { 0 })
