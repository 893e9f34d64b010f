#requires -Version 7.4
#requires -Modules MigrationTools
<#
.SYNOPSIS
Makes a folder of reports of all runs: a page and a table a run, and an index.

.DESCRIPTION
Writes <run>/report.html and <run>/report.csv for every run that matches, runs.csv with a line a run, and index.html that links them. Runs again without harm.

.EXAMPLE
./Export-RunReport.ps1 -RunsDirectory runs -OutputDirectory out/reports
#>
[CmdletBinding()]
param(
    # Where the runs are kept.
    [string] $RunsDirectory = 'runs',

    # Where the reports go.
    [Parameter(Mandatory)]
    [string] $OutputDirectory,

    # Ids of runs, with wildcards.
    [string[]] $RunId = '*'
)

$ErrorActionPreference = 'Stop'
$null = New-Item -ItemType Directory -Path $OutputDirectory -Force
$runs = @(Get-MigrationRun $RunId -RunsDirectory $RunsDirectory)
foreach ($run in $runs) {
    $null = $run | Export-MigrationReport -RunsDirectory $RunsDirectory -Path (Join-Path $OutputDirectory $run.RunId) -Format html, csv
}

$runs | Select-Object RunId, Status, Verdict, StartedAt, EndedAt, Message | Export-Csv (Join-Path $OutputDirectory runs.csv)
$rows = foreach ($run in $runs) {
    $cells = "$($run.Status)", "$($run.Verdict)", "$($run.StartedAt.ToString('u'))", $run.Message | ForEach-Object { "<td>$([Net.WebUtility]::HtmlEncode($_))</td>" }
    "<tr><td><a href=""$($run.RunId)/report.html"">$($run.RunId)</a></td>$($cells -join '')</tr>"
}
@"
<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Migration runs</title>
<style>:root{color-scheme:light dark}body{font:15px system-ui;margin:2em}td,th{padding:.3em .8em;text-align:left;border-bottom:1px solid #8885}</style>
<h1>Migration runs</h1><table><tr><th>Run</th><th>Status</th><th>Verdict</th><th>Began</th><th>Message</th></tr>$($rows -join "`n")</table></html>
"@ | Set-Content (Join-Path $OutputDirectory index.html)
Get-Item (Join-Path $OutputDirectory index.html)
