Describe 'Compare-DataChecksum' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        New-Database new.db
    }
    AfterEach { Pop-Location }

    It 'gives a result a table, Passed where every row is the same' {
        $tables = Import-MigrationSpec migration.yaml | Compare-DataChecksum
        $tables | Should -BeOfType MigrationTools.Databases.Comparison.TableComparison
        $tables.Verdict | Should -Be @('Passed', 'Passed', 'Passed')
        ($tables | Measure-Object SourceRows -Sum).Sum | Should -Be 10
    }

    It 'names the row and the column that differ, and tells NULL from its word' {
        sqlite3 new.db "update customers set note = null where id = 3; delete from prices where sku = 'b'; insert into visits values ('2024-01-03', '/')"
        $bad = Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db | Where-Object Verdict -eq Failed | Sort-Object Target
        $bad.Target | Should -Be @('customers', 'prices', 'visits')
        $bad[0].Differences[0].Columns[0].Name | Should -Be 'note'
        $bad[0].Differences[0].Columns[0].Source | Should -Be 'NULL'
        $bad[0].Differences[0].Columns[0].Target | Should -BeNullOrEmpty
        $bad[1].Differences[0].Kind | Should -Be Missing
        $bad[2].Differences[0].Kind | Should -Be Extra
    }

    It 'lists as many differences as are asked for and counts all' {
        sqlite3 new.db 'update customers set name = name || 1'
        $table = Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db -Table customers -MaxDifferences 1
        "$($table.Changed) $($table.Differences.Count)" | Should -Be '4 1'
    }

    It 'goes into a CSV of what differs' {
        sqlite3 new.db 'delete from customers where id = 7'
        Import-MigrationSpec migration.yaml | Compare-DataChecksum | Where-Object Verdict -ne Passed | Export-Csv differing.csv
        (Import-Csv differing.csv).Target | Should -Be 'customers'
    }

    It 'takes the databases of a run' {
        Remove-Item new.db
        $run = Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false
        ($run | Compare-DataChecksum).Count | Should -Be 3
    }

    It 'completes tables of the source and systems of a spec' {
        $typed = 'Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db -Table c'
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be 'customers'
        $global:specOfTest = Import-MigrationSpec migration.yaml
        try {
            $typed = 'Compare-DataChecksum -Spec $specOfTest -System '
            (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be 'shop'
        }
        finally { Remove-Variable specOfTest -Scope Global }
    }

    It 'works behind the prompt with -AsJob' { (Import-MigrationSpec migration.yaml | Compare-DataChecksum -AsJob | Receive-Job -Wait -AutoRemoveJob).Count | Should -Be 3 }

    It 'tells an error of a job in the job' {
        $job = Compare-DataChecksum -Source sqlite:nothing.db -Target sqlite:new.db -AsJob
        $null = $job | Wait-Job
        $job.State | Should -Be Failed
        $job | Receive-Job -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'EndpointUnavailable*'
        $job | Remove-Job
    }

    It 'refuses a credential where nobody asks for one' {
        $credential = [pscredential]::new('me', (ConvertTo-SecureString 'x' -AsPlainText -Force))
        Get-ErrorId { Import-MigrationSpec migration.yaml | Compare-DataChecksum -SourceCredential $credential -ErrorAction Stop } | Should -Be 'InvalidRequest'
    }

    It 'has sets for a spec, a run and two endpoints' { Get-SetName Compare-DataChecksum | Should -Be @('Endpoint', 'Run', 'Spec') }

    It 'tells a table that is not there by a stable id' { Get-ErrorId { Import-MigrationSpec migration.yaml | Compare-DataChecksum -Table nothing -ErrorAction Stop } | Should -Be 'InvalidRequest' }

    It 'shows verdict and counts' { (Get-View (Import-MigrationSpec migration.yaml | Compare-DataChecksum)) -match '^Passed +customers +customers +4 +4' | Should -Not -BeNullOrEmpty }
}
