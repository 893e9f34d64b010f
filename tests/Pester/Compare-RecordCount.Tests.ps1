Describe 'Compare-RecordCount' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        New-Database new.db
    }
    AfterEach { Pop-Location }

    It 'counts both sides' {
        $counts = Import-MigrationSpec migration.yaml | Compare-RecordCount
        $counts | Should -BeOfType MigrationTools.Databases.Integrity.RecordCountResult
        $counts.Verdict | Should -Be @('Passed', 'Passed', 'Passed')
    }

    It 'fails where a row is gone' {
        sqlite3 new.db 'delete from customers where id = 7'
        $bad = Compare-RecordCount -Source sqlite:old.db -Target sqlite:new.db | Where-Object Verdict -eq Failed
        "$($bad.SourceRows) $($bad.TargetRows)" | Should -Be '4 3'
    }

    It 'tells a database that is not there by a stable id' { Get-ErrorId { Compare-RecordCount -Source sqlite:no.db -Target sqlite:new.db -ErrorAction Stop } | Should -Be 'EndpointUnavailable' }

    It 'shows both counts' { (Get-View (Import-MigrationSpec migration.yaml | Compare-RecordCount)) -match 'customers.*4 +4' | Should -Not -BeNullOrEmpty }
}
