#requires -Version 7.4
<#
.SYNOPSIS
Builds, tests, packages, installs or demonstrates MigrationTools.

.DESCRIPTION
Build    builds the solution, warnings being errors.
Test     sets up (Linux: scripts/setup.sh), builds and runs every test. The last line is "N passed, N failed, N skipped"; the exit code is 0 only where
         at least one test ran and nothing failed. Results lie in TestResults/.
Package  lays out the module in out/MigrationTools/<version>/ and packs it into out/MigrationTools.zip and a nupkg.
Install  packages, and copies the module to where PowerShell finds it.
Demo     migrates a copy of the sample shop in out/demo/ and prints where the report is.

.EXAMPLE
./build.ps1 -Task Test

.EXAMPLE
./build.ps1 -Task Install -Destination ~/modules -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Package', 'Install', 'Demo')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # The module's version; the one in Directory.Build.props where it is not given.
    [ValidatePattern('^\d+\.\d+\.\d+$')]
    [string] $Version,

    # Install: the directory of modules; the current user's where it is not given.
    [string] $Destination
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$root = $PSScriptRoot
$solution = Join-Path $root 'MigrationTools.sln'
if (-not $Version) {
    $Version = Select-Xml -LiteralPath (Join-Path $root 'Directory.Build.props') -XPath '//VersionPrefix' | ForEach-Object { $_.Node.InnerText }
}

$moduleDirectory = Join-Path $root "out/MigrationTools/$Version"

function Invoke-Build {
    dotnet build $solution --configuration $Configuration --nologo --verbosity minimal -nodeReuse:false -warnaserror
}

function Invoke-Package {
    dotnet msbuild (Join-Path $root 'scripts/package.proj') -nologo -verbosity:minimal -nodeReuse:false "-p:Configuration=$Configuration" "-p:Version=$Version"
}

function Install-Package {
    if (-not $Destination) {
        $Destination = $IsWindows ? (Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'PowerShell/Modules') : '~/.local/share/powershell/Modules'
    }

    $directory = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Destination)
    $target = Join-Path $directory "MigrationTools/$Version"
    if (-not $PSCmdlet.ShouldProcess($target, 'Install MigrationTools')) {
        return
    }

    if (Test-Path -LiteralPath $target) {
        Remove-Item -LiteralPath $target -Recurse -Force
    }

    $null = New-Item -ItemType Directory -Path $target -Force
    Copy-Item -Path (Join-Path $moduleDirectory '*') -Destination $target -Recurse
    "Installed: $target"
    if (($env:PSModulePath -split [IO.Path]::PathSeparator) -notcontains $directory) {
        "Not on PSModulePath; import it with: Import-Module '$target'"
    }
}

function Invoke-Demo {
    $demo = Join-Path $root 'out/demo'
    if (Test-Path -LiteralPath $demo) {
        Remove-Item -LiteralPath $demo -Recurse -Force
    }

    $null = New-Item -ItemType Directory -Path $demo
    Copy-Item -LiteralPath (Join-Path $root 'samples/shop') -Destination $demo -Recurse
    Remove-Item -Path (Join-Path $demo 'shop/shop-v3.db*')
    $runs = Join-Path $demo 'runs'
    dotnet run --project (Join-Path $root 'src/MigrationTools.Cli') --configuration $Configuration -- run (Join-Path $demo 'shop/migration.yaml') --runs $runs
    $report = Get-ChildItem -Path (Join-Path $runs '*/report.html') -ErrorAction Ignore
    if (-not $report) {
        throw "The run ended well and yet left no report.html under $runs."
    }

    "Report: $($report.FullName)"
}

switch ($Task) {
    'Build' { Invoke-Build }
    'Test' { & (Join-Path $root 'scripts/test.ps1') -Configuration $Configuration; exit $LASTEXITCODE }
    'Package' { Invoke-Package }
    'Install' { Invoke-Package; Install-Package }
    'Demo' { Invoke-Demo }
}
