Describe 'Isolation' {
    It 'keeps every dependency out of the default context, and imports fast' {
        # A fresh process: this one may have loaded anything.
        $script = {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Import-Module $env:MIGRATIONTOOLS_MODULE
            $import = $watch.ElapsedMilliseconds
            sqlite3 a.db 'create table t (id integer primary key, v text); insert into t values (1, ''x'')'
            sqlite3 b.db 'create table t (id integer primary key, v text); insert into t values (1, ''x'')'
            $verdict = (Compare-DataChecksum -Source sqlite:a.db -Target sqlite:b.db).Verdict
            $names = { param($context) @($context.Assemblies | ForEach-Object { $_.GetName().Name }) }
            [pscustomobject]@{
                Import  = $import
                Verdict = "$verdict"
                Default = & $names ([System.Runtime.Loader.AssemblyLoadContext]::Default)
                Own     = & $names ([System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq 'MigrationTools')
            } | ConvertTo-Json -Compress
        }
        Push-Location $TestDrive
        try { $seen = pwsh -NoProfile -NonInteractive -Command $script | ConvertFrom-Json }
        finally { Pop-Location }

        $seen.Verdict | Should -Be 'Passed'
        $seen.Own | Should -Contain 'MigrationTools.Engine'
        $seen.Own | Should -Contain 'Microsoft.Data.Sqlite'
        $seen.Default | Should -Contain 'MigrationTools'
        foreach ($name in 'MigrationTools.Engine', 'Npgsql', 'Serilog', 'YamlDotNet', 'Microsoft.Data.Sqlite', 'Microsoft.Extensions.Logging.Abstractions') {
            $seen.Default | Should -Not -Contain $name
        }
        Write-Host "  the import took $($seen.Import) ms"
    }

    It 'works in two runspaces at once' {
        Push-Location $TestDrive
        try {
            sqlite3 c.db 'create table t (id integer primary key); insert into t values (1), (2)'
            sqlite3 d.db 'create table t (id integer primary key); insert into t values (1), (2)'
            $here = $PWD.Path
            $verdicts = 1..4 | ForEach-Object -ThrottleLimit 2 -Parallel {
                Import-Module $env:MIGRATIONTOOLS_MODULE
                Set-Location $using:here
                "$((Compare-DataChecksum -Source sqlite:c.db -Target sqlite:d.db).Verdict)"
            }
        }
        finally { Pop-Location }
        $verdicts | Should -Be @('Passed', 'Passed', 'Passed', 'Passed')
    }
}
