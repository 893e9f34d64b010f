Describe 'Test-ReferentialIntegrity' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        New-Database new.db
    }
    AfterEach { Pop-Location }

    It 'passes where every row refers to one that is there' {
        $keys = Import-MigrationSpec migration.yaml | Test-ReferentialIntegrity
        $keys | Should -BeOfType MigrationTools.Databases.Integrity.ReferentialResult
        $keys.Verdict | Should -Be Passed
        Import-MigrationSpec migration.yaml | Test-ReferentialIntegrity -Quiet | Should -BeTrue
    }

    It 'counts and samples orphans' {
        sqlite3 new.db 'update prices set customer = 99'
        $key = Import-MigrationSpec migration.yaml | Test-ReferentialIntegrity
        "$($key.Verdict) $($key.Orphans)" | Should -Be 'Failed 3'
        Import-MigrationSpec migration.yaml | Test-ReferentialIntegrity -Quiet | Should -BeFalse
    }

    It 'tells a database that is not there by a stable id' { Get-ErrorId { Test-ReferentialIntegrity -Source sqlite:no.db -Target sqlite:new.db -ErrorAction Stop } | Should -Be 'EndpointUnavailable' }

    It 'shows table, key and orphans' { (Get-View (Import-MigrationSpec migration.yaml | Test-ReferentialIntegrity)) -match 'Passed.*prices' | Should -Not -BeNullOrEmpty }
}
