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
        $seen.Own | Should -Contain 'SQLitePCLRaw.core'
        $seen.Default | Should -Contain 'MigrationTools'
        foreach ($name in 'MigrationTools.Engine', 'Npgsql', 'Serilog', 'YamlDotNet', 'Microsoft.Data.Sqlite', 'SQLitePCLRaw.core', 'Microsoft.Extensions.Logging.Abstractions', 'OpenTelemetry', 'OpenTelemetry.Exporter.OpenTelemetryProtocol') {
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

    It 'loads nothing of deps/ at import, and says how long ten imports took' {
        $script = {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Import-Module $env:MIGRATIONTOOLS_MODULE
            $watch.ElapsedMilliseconds
        }
        $times = 1..10 | ForEach-Object { [int] (pwsh -NoProfile -NonInteractive -Command $script) } | Sort-Object
        Write-Host "  ten imports took $($times -join ', ') ms"
        # The limit is for a quiet machine; a loaded one must not fail by the clock, so that what is asserted is that nothing of deps/ is loaded yet.
        $loaded = pwsh -NoProfile -NonInteractive -Command { Import-Module $env:MIGRATIONTOOLS_MODULE; [AppDomain]::CurrentDomain.GetAssemblies().Location -match '[\\/]deps[\\/]' | Measure-Object | ForEach-Object Count }
        $loaded | Should -Be 0
    }

    It 'lives beside another module with other versions of the same libraries, whichever is imported first' {
        $decoy = New-Item -ItemType Directory (Join-Path $TestDrive Decoy)
        if (-not ('System.Reflection.Emit.PersistedAssemblyBuilder' -as [type])) { Set-ItResult -Skipped -Because 'this PowerShell is on a .NET before 9, which writes no assemblies'; return }
        foreach ($name in 'Npgsql', 'Serilog', 'Azure.Core', 'Microsoft.Extensions.Logging.Abstractions') {
            $assembly = [Reflection.Emit.PersistedAssemblyBuilder]::new([Reflection.AssemblyName] "$name, Version=1.2.3.4", [object].Assembly)
            $null = $assembly.DefineDynamicModule($name).DefineType("$name.Decoy", 'Public').CreateType()
            $assembly.Save((Join-Path $decoy "$name.dll"))
        }
        Set-Content (Join-Path $decoy Decoy.psm1) 'foreach ($file in Get-ChildItem $PSScriptRoot/*.dll) { [void] [Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($file.FullName) }'
        Push-Location $TestDrive
        try {
            sqlite3 e.db 'create table t (id integer primary key); insert into t values (1), (2)'
            Set-Content isolation.yaml "id: isolation`nsystems:`n  s: { kind: database, source: 'sqlite:e.db', target: 'sqlite:f.db' }"
            foreach ($order in @(@($decoy.FullName, $env:MIGRATIONTOOLS_MODULE), @($env:MIGRATIONTOOLS_MODULE, $decoy.FullName))) {
                Remove-Item f.db, runs -Recurse -ErrorAction Ignore
                $seen = pwsh -NoProfile -NonInteractive -Command "
                    Import-Module '$($order[0])', '$($order[1])'
                    `$run = Invoke-MigrationStrategy -Path isolation.yaml -Confirm:`$false
                    Compare-DataChecksum -Source 'postgresql://me@127.0.0.1:1/x' -Target sqlite:e.db -ErrorVariable problem -ErrorAction SilentlyContinue
                    `$contexts = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'Npgsql' } | ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name + ' ' + `$_.GetName().Version } | Sort-Object
                    (@(""`$(`$run.Verdict)"", (`$problem[0].FullyQualifiedErrorId -split ',')[0]) + `$contexts) -join '|'"
                $seen | Should -Match '^Passed\|EndpointUnavailable\|Default 1\.2\.3\.4\|MigrationTools 10\.' -Because "the order was $($order -join ', ')"
            }
        }
        finally { Pop-Location }
    }

    It 'can be removed and imported again' {
        Push-Location $TestDrive
        try {
            sqlite3 g.db 'create table t (id integer primary key)'
            $seen = pwsh -NoProfile -NonInteractive -Command {
                foreach ($turn in 1..3) {
                    Import-Module $env:MIGRATIONTOOLS_MODULE
                    (Get-DatabaseSchema sqlite:g.db).Name.Name
                    Remove-Module MigrationTools
                }
            }
        }
        finally { Pop-Location }
        $seen | Should -Be @('t', 't', 't')
    }

    It 'compares fifty times at once in one process' {
        Push-Location $TestDrive
        try {
            sqlite3 h.db 'create table t (id integer primary key, v text); with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000) insert into t select i, i from n'
            Copy-Item h.db i.db
            sqlite3 i.db 'delete from t where id = 7'
            $here = $PWD.Path
            $seen = 1..50 | ForEach-Object -ThrottleLimit 50 -Parallel {
                Import-Module $env:MIGRATIONTOOLS_MODULE
                Set-Location $using:here
                $table = Compare-DataChecksum -Source sqlite:h.db -Target sqlite:i.db
                "$($table.Verdict) $($table.Missing) $($table.SourceRows)"
            }
        }
        finally { Pop-Location }
        $seen.Count | Should -Be 50
        $seen | Select-Object -Unique | Should -Be 'Failed 1 2000'
    }
}
