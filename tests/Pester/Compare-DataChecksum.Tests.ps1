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

    It 'says by which method a table was compared and why' {
        $table = Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db -Table customers -Method Stream
        "$($table.Verdict) $($table.Method) $($table.MethodReason)" | Should -Be 'Passed Stream as asked for'
    }

    It 'streams and says why where <_> is asked for and has no way' -ForEach Native {
        $table = Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db -Table visits -Method $_
        "$($table.Verdict) $($table.Method)" | Should -Be 'Passed Stream'
        $table.MethodReason | Should -Match "^$_ "
    }

    It 'looks only at rows that -Where takes, and at others of the target with -TargetWhere' {
        sqlite3 new.db "update customers set name = 'X' where id = 7"
        $sides = @{ Source = 'sqlite:old.db'; Target = 'sqlite:new.db'; Table = 'customers' }
        $table = Compare-DataChecksum @sides -Where 'id < 7'
        "$($table.Verdict) $($table.SourceRows) $($table.TargetRows)" | Should -Be 'Passed 3 3'
        (Compare-DataChecksum @sides -Where 'id > 1').Verdict | Should -Be Failed
        $table = Compare-DataChecksum @sides -Where 'id < 7' -TargetWhere 'id < 3'
        "$($table.Verdict) $($table.Missing) $($table.Extra) $($table.Changed)" | Should -Be 'Failed 1 0 0'
    }

    It 'compares two queries by their key' {
        sqlite3 new.db "alter table customers rename to people; update people set name = 'X' where id = 2"
        $queries = @{
            Source = 'sqlite:old.db'; SourceQuery = 'select id, name from customers'
            Target = 'sqlite:new.db'; TargetQuery = 'select name, id from people'
        }
        $found = Compare-DataChecksum @queries -Key id
        "$($found.Verdict) $($found.Missing) $($found.Extra) $($found.Changed)" | Should -Be 'Failed 0 0 1'
        "$($found.Differences[0].Key['id']) $($found.Differences[0].Columns[0].Source) $($found.Differences[0].Columns[0].Target)" | Should -Be '2 Grace X'
        $found = Compare-DataChecksum @queries
        "$($found.Missing) $($found.Extra) $($found.Changed)" | Should -Be '1 1 0' -Because 'without a key a whole row is told apart'
        $queries.Remove('TargetQuery')
        Get-ErrorId { Compare-DataChecksum @queries -ErrorAction Stop } | Should -Be 'InvalidRequest'
    }

    It 'leaves columns out, and says so' {
        sqlite3 new.db "update customers set note = 'other'"
        $table = Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db -Table customers -ExcludeColumn note
        $table.Verdict | Should -Be Passed
        "$($table.Notes)" | Should -Match 'note.*left out as asked for'
    }

    It 'finds tables and columns under another name with -Map' {
        sqlite3 new.db 'alter table customers rename to people; alter table people rename column name to full_name'
        $sides = @{ Source = 'sqlite:old.db'; Target = 'sqlite:new.db' }
        Get-ErrorId { Compare-DataChecksum @sides -ErrorAction Stop } | Should -Be 'InvalidRequest'
        $table = Compare-DataChecksum @sides -Map @{ customers = 'people'; 'customers.name' = 'full_name' } -Table people
        "$($table.Verdict) $($table.Source) $($table.Target) $($table.SourceRows)" | Should -Be 'Passed customers people 4'
    }

    It 'does not count what of texts is told not to count: <Rule>' -ForEach @(
        @{ Rule = 'IgnoreCase'; Sql = "update customers set name = upper(name) where id = 1" }
        @{ Rule = 'IgnorePadding'; Sql = "update customers set name = name || '  ' where id = 1" }
        @{ Rule = 'Normalize'; Sql = "update customers set name = 'Ka' || char(776) || 'the' where id = 3" }
        @{ Rule = 'EmptyAsNull'; Sql = "update customers set note = '' where id = 1" }
    ) {
        sqlite3 new.db $Sql
        $sides = @{ Source = 'sqlite:old.db'; Target = 'sqlite:new.db'; Table = 'customers' }
        $rules = @{ $Rule = $true }
        (Compare-DataChecksum @sides).Verdict | Should -Be Failed
        (Compare-DataChecksum @sides @rules).Verdict | Should -Be Passed
    }

    It 'takes floats as equal that are as near as -FloatTolerance says, and says so' {
        foreach ($name in 'old.db', 'new.db') { sqlite3 $name 'create table marks (id integer primary key, at real); insert into marks values (1, 1.5), (2, 1e6)' }
        sqlite3 new.db 'update marks set at = at * (1 + 1e-10)'
        $sides = @{ Source = 'sqlite:old.db'; Target = 'sqlite:new.db'; Table = 'marks' }
        (Compare-DataChecksum @sides).Changed | Should -Be 2
        $table = Compare-DataChecksum @sides -FloatTolerance 1e-9
        "$($table.Verdict) $($table.Changed)" | Should -Be 'Passed 0'
        "$($table.Notes)" | Should -Match '2 rows differ within the tolerance'
        (Compare-DataChecksum @sides -FloatTolerance 1e-12).Verdict | Should -Be Failed
    }

    It 'takes no sample for a proof' {
        $rows = 'create table many (id integer primary key, v); insert into many with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000) select i, i * 7 from n'
        foreach ($name in 'old.db', 'new.db') { sqlite3 $name $rows }
        $table = Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db -Table many -Sample 0.2
        $table.Verdict | Should -Be Inconclusive
        $table.SourceRows | Should -BeLessThan 60000
        "$($table.Notes)" | Should -Match 'a sample: \d+ of \d+ stretches'
    }

    It 'looks at rows that differ again with -Settle, and tells those that stay' {
        sqlite3 new.db "update customers set name = 'X' where id = 2"
        $table = Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db -Table customers -Settle 0:0:1
        "$($table.Verdict) $($table.Changed)" | Should -Be 'Failed 1'
        "$($table.Notes)" | Should -Match '0 came to agree, 1 stayed'
    }

    It 'goes on from a state file, and looks again only at what was not equal' {
        $call = @{ Source = 'sqlite:old.db'; Target = 'sqlite:new.db'; StateFile = 'shop.state' }
        Compare-DataChecksum @call | Out-Null
        $passed = @{ source = 'customers'; target = 'customers'; verdict = 'Passed'; sourceRows = 4; targetRows = 4 }
        $line = @{ table = 'customers > customers'; at = '2024-01-02T03:04:05Z'; passed = $passed } | ConvertTo-Json -Compress
        $subject = Get-Content shop.state -TotalCount 1
        [IO.File]::WriteAllText((Join-Path $PWD shop.state), "$subject`n$line`n")
        $again = Compare-DataChecksum @call | Sort-Object Target
        $again.Verdict | Should -Be @('Passed', 'Passed', 'Passed')
        $again | ForEach-Object { "$($_.Notes)" -match 'compared by an earlier, interrupted comparison' } | Should -Be @($true, $false, $false)
        Get-ErrorId { Compare-DataChecksum @call -IgnoreCase -ErrorAction Stop } | Should -Be 'InvalidRequest'
    }

    It 'writes every difference to a file, also those that are not listed: <_>' -ForEach 'all.jsonl', 'all.csv', 'all.html' {
        sqlite3 new.db 'update customers set name = name || 1'
        $table = Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db -Table customers -MaxDifferences 1 -DifferenceFile $_
        $table.Differences | Should -HaveCount 1
        $text = Get-Content $_ -Raw
        foreach ($name in 'Ada', 'Grace', 'Käthe', 'Edsger') { $text -match $name | Should -BeTrue -Because $name }
        Test-Path "$_.partial" | Should -BeFalse
    }

    It 'refuses a file of differences with an ending that it does not know' {
        Get-ErrorId { Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db -DifferenceFile all.doc -ErrorAction Stop } | Should -Be 'InvalidRequest'
    }

    It 'writes a repair script that it does not run, and that makes the target equal' {
        sqlite3 new.db "update customers set note = null where id = 3; delete from prices where sku = 'b'; insert into visits values ('2024-01-03', '/')"
        $call = @{ Source = 'sqlite:old.db'; Target = 'sqlite:new.db' }
        (Compare-DataChecksum @call -RepairScript repair.sql).Verdict | Should -Be @('Failed', 'Failed', 'Failed')
        (Compare-DataChecksum @call).Verdict | Should -Be @('Failed', 'Failed', 'Failed') -Because 'nothing was run'
        sqlite3 new.db '.read repair.sql'
        $LASTEXITCODE | Should -Be 0
        (Compare-DataChecksum @call).Verdict | Should -Be @('Passed', 'Passed', 'Passed')
    }

    It 'does not say Passed of what it had no time for' {
        # 60,000 rows a side, at 100 a second.
        $rows = 'create table many (id integer primary key, v); insert into many with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000) select i, i * 7 from n'
        foreach ($name in 'old.db', 'new.db') { sqlite3 $name $rows }
        $table = Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db -Table many -Timeout 0:0:1 -MaxRowsPerSecond 100
        $table.Verdict | Should -Be Inconclusive
        "$($table.Notes)" | Should -Match 'stopped after 1 s'
    }

    It 'refuses <Name> <Value>' -ForEach @(
        @{ Name = 'Settle'; Value = [timespan]::Zero }
        @{ Name = 'Timeout'; Value = [timespan]::FromSeconds(-1) }
        @{ Name = 'TimeTolerance'; Value = [timespan]::FromSeconds(-1) }
    ) {
        $bad = @{ $Name = $Value }
        Get-ErrorId { Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db @bad -ErrorAction Stop } | Should -Be 'InvalidRequest'
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
