#requires -Version 7.4
#requires -Modules MigrationTools
<#
.SYNOPSIS
Asks every night whether a migration could start, and keeps the answers.

.DESCRIPTION
Writes readiness-<date>.csv, .json and .html with every check, its verdict, what was seen and what to do. Changes nothing. The exit code is 0 where the
migration could start, 1 where it could not, 3 where nobody can tell.

.EXAMPLE
./Export-NightlyReadiness.ps1 -Spec samples/shop/migration.yaml -OutputDirectory out/readiness
#>
[CmdletBinding()]
param(
    # The spec's file.
    [Parameter(Mandatory)]
    [string] $Spec,

    # Where the answers are kept; it is made where it is not there.
    [Parameter(Mandatory)]
    [string] $OutputDirectory
)

$ErrorActionPreference = 'Stop'
$null = New-Item -ItemType Directory -Path $OutputDirectory -Force
$checks = @(Test-MigrationReadiness -Path $Spec)
$rows = $checks | Select-Object Verdict, Required, Category, Id, Name, Message, Remedy
$name = Join-Path $OutputDirectory "readiness-$(Get-Date -Format yyyy-MM-dd)"

$rows | Export-Csv "$name.csv"
$checks | ConvertTo-Json -Depth 6 -EnumsAsStrings | Set-Content "$name.json"
$style = '<style>body{font:14px system-ui;margin:2em}td,th{padding:.3em .8em;text-align:left;vertical-align:top;border-bottom:1px solid #ccc}</style>'
$rows | ConvertTo-Html -Title "Readiness of $Spec" -Head $style -PreContent "<h1>Readiness of $([Net.WebUtility]::HtmlEncode($Spec))</h1>" | Set-Content "$name.html"

# What was not asked, and what could not be told, is not ready.
$required = $checks | Where-Object { $_.Required -and $_.Verdict -ne 'Skipped' }
$bad = @($required | Where-Object Verdict -notin Passed, Waived)
[pscustomobject]@{ Ready = $required.Count -gt 0 -and $bad.Count -eq 0; Asked = @($required).Count; NotPassed = $bad.Count; Files = Get-ChildItem "$name.*" }
exit $(if (@($required).Count -eq 0) { 3 } elseif ($bad.Count -eq 0) { 0 } elseif ($bad.Verdict -contains 'Failed') { 1 } else { 3 })
