Describe 'The shop, from spec to report' {
    BeforeAll {
        Import-Module $env:MIGRATIONTOOLS_MODULE -Force
        $sample = Join-Path $PSScriptRoot '../../samples/shop'
        Copy-Item $sample $TestDrive -Recurse
        Push-Location $TestDrive
        Remove-Item shop/shop-v3.db -ErrorAction Ignore
        $script:spec = Import-MigrationSpec shop/migration.yaml
    }

    AfterAll { Pop-Location }

    It 'reads a spec from a file of the pipeline' {
        (Get-Item shop/migration.yaml | Import-MigrationSpec).Id | Should -Be 'shop-v2-to-v3'
    }

    It 'is ready' {
        $spec | Test-MigrationReadiness -Quiet | Should -BeTrue
    }

    It 'gives the plan with -WhatIf and changes nothing' {
        $plan = $spec | Invoke-MigrationStrategy -WhatIf
        $plan.Steps.Count | Should -BeGreaterThan 5
        Test-Path shop/shop-v3.db | Should -BeFalse
        Get-MigrationRun | Should -BeNullOrEmpty
    }

    It 'runs, compares, tests, reports and takes it back' {
        $run = $spec | Invoke-MigrationStrategy -Confirm:$false
        "$($run.Status) $($run.Verdict)" | Should -Be 'Completed Passed'

        $tables = $run | Compare-DataChecksum
        $tables.Count | Should -Be 16
        $tables | Where-Object Verdict -ne Passed | Should -BeNullOrEmpty
        ($tables | Measure-Object SourceRows -Sum).Sum | Should -Be 79131

        @($run | Compare-RecordCount | Where-Object Verdict -ne Passed).Count | Should -Be 0
        $run | Test-ReferentialIntegrity -Quiet | Should -BeTrue
        $run | Test-BusinessRule -Quiet | Should -BeTrue
        @($run | Measure-DataQuality -Table settings).Count | Should -Be 2
        ($run | Test-DataIntegrity -Score).Score | Should -Be 1

        $files = $run | Export-MigrationReport -Path out -Format html, csv
        $files.Name | Should -Be @('report.html', 'report.csv')
        (Get-MigrationJournal -RunId $run.RunId | Select-Object -First 1).Kind | Should -Be 'runStarted'
        (Get-MigrationRun 'shop-*').RunId | Should -Be $run.RunId

        $back = $run | Invoke-MigrationRollback -Confirm:$false
        "$($back.Status) $($back.Verdict)" | Should -Be 'RolledBack Passed'
        Test-Path shop/shop-v3.db | Should -BeFalse
    }

    It 'tells errors by a stable id' {
        { Import-MigrationSpec missing.yaml -ErrorAction Stop } | Should -Throw -ErrorId 'SpecInvalid,MigrationTools.Commands.ImportMigrationSpecCommand'
        { Get-MigrationRun nobody -ErrorAction Stop } | Should -Throw -ErrorId 'RunNotFound,MigrationTools.Commands.GetMigrationRunCommand'
        { Compare-DataChecksum -Source sqlite:missing.db -Target sqlite:shop/shop-v2.db -ErrorAction Stop } | Should -Throw
    }

    It 'copies by hand, and a difference is an object' {
        $copied = Copy-MigrationData -Source sqlite:shop/shop-v2.db -Target sqlite:copy.db -Table * -Confirm:$false
        ($copied | Measure-Object Rows -Sum).Sum | Should -Be 74454
        sqlite3 copy.db 'update settings set value = ''9'' where name = ''version'''
        $difference = (Compare-DataChecksum -Source sqlite:shop/shop-v2.db -Target sqlite:copy.db | Where-Object Verdict -eq Failed).Differences
        $difference.Key['name'] | Should -Be 'version'
        $difference.Columns[0].Target | Should -Be '9'
    }

    It 'completes ids of runs' {
        $null = $spec | Invoke-MigrationStrategy -Confirm:$false
        $typed = 'Get-MigrationRun -RunId shop-v2'
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Contain (Get-MigrationRun)[0].RunId
    }

    It 'keeps runs in a database where it is told to' {
        sqlite3 little.db 'create table t (id integer primary key); insert into t values (1)'
        Set-Content little.yaml 'id: little
name: Little
strategy: BigBang
systems:
  little: { kind: database, source: sqlite:little.db, target: sqlite:grown.db }'

        $run = Import-MigrationSpec little.yaml | Invoke-MigrationStrategy -RunStore sqlite:ops.db -Confirm:$false

        "$($run.Status) $($run.Verdict)" | Should -Be 'Completed Passed'
        (Get-MigrationRun -RunsDirectory sqlite:ops.db).RunId | Should -Be $run.RunId
        sqlite3 ops.db 'select run_id from migrationtools_run' | Should -Be $run.RunId
        $typed = 'Get-MigrationRun -RunStore sqlite:ops.db -RunId little'
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be $run.RunId
        ($run | Invoke-MigrationRollback -RunStore sqlite:ops.db -Confirm:$false).Status | Should -Be 'RolledBack'
        Test-Path grown.db | Should -BeFalse
    }

    It 'completes nothing, and soon, where the server of the runs does not answer' {
        # It takes the connection and says nothing; the driver alone would wait for 15 seconds.
        $server = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $server.Start()
        try {
            $typed = "Get-MigrationRun -RunStore postgresql://me@127.0.0.1:$($server.LocalEndpoint.Port)/ops -RunId shop-v2"
            $time = Measure-Command { $script:found = (TabExpansion2 $typed $typed.Length).CompletionMatches | Where-Object CompletionText -like 'shop-*' }
        }
        finally {
            $server.Stop()
        }

        $found | Should -BeNullOrEmpty
        $time.TotalSeconds | Should -BeGreaterThan 1
        $time.TotalSeconds | Should -BeLessThan 8
    }
}
