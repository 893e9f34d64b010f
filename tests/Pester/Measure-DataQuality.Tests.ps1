Describe 'Measure-DataQuality' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        New-Database new.db
    }
    AfterEach { Pop-Location }

    It 'measures every column on both sides' {
        $columns = Import-MigrationSpec migration.yaml | Measure-DataQuality -Table customers
        $columns | Should -BeOfType MigrationTools.Databases.Integrity.ColumnQualityResult
        $columns.Column | Should -Be @('id', 'name', 'note')
        $note = $columns | Where-Object Column -eq note
        "$($note.Source.Nulls) $($note.Target.Nulls)" | Should -Be '1 1'
    }

    It 'fails where the figures differ' {
        sqlite3 new.db 'update customers set note = null'
        (Import-MigrationSpec migration.yaml | Measure-DataQuality -Table customers | Where-Object Column -eq note).Verdict | Should -Be Failed
    }

    It 'tells a database that is not there by a stable id' { Get-ErrorId { Measure-DataQuality -Source sqlite:no.db -Target sqlite:new.db -ErrorAction Stop } | Should -Be 'EndpointUnavailable' }

    It 'shows table and column' { (Get-View (Import-MigrationSpec migration.yaml | Measure-DataQuality)) -match 'customers.*note' | Should -Not -BeNullOrEmpty }
}
