Describe 'Test-MigrationBackup' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        Copy-Item old.db backup.db
        New-Spec -More "readiness:`n  backup: { of: shop.source, file: backup.db, maxAge: 1h, proof: restored }"
    }
    AfterEach { Pop-Location }

    It 'asks only about backups, and restores where the spec asks for it' {
        $checks = Import-MigrationSpec migration.yaml | Test-MigrationBackup
        $checks | Should -Not -BeNullOrEmpty
        $checks.Verdict | Should -Be Passed
        $checks.Category | Sort-Object -Unique | Should -Be 'backup'
        Test-MigrationBackup -Path migration.yaml -Quiet | Should -BeTrue
    }

    It 'fails where the file is gone' {
        Remove-Item backup.db
        Test-MigrationBackup -Path migration.yaml -Quiet | Should -BeFalse
    }

    It 'fails where the file is damaged' {
        Set-Content backup.db 'not a database'
        (Test-MigrationBackup -Path migration.yaml).Verdict | Should -Not -Contain Passed
    }

    It 'is not quietly true where the spec names no backup' {
        New-Spec
        Test-MigrationBackup -Path migration.yaml -Quiet | Should -BeFalse
    }

    It 'shows verdict, id and message' { (Get-View (Test-MigrationBackup -Path migration.yaml)) -match '^Passed +backup' | Should -Not -BeNullOrEmpty }

    It 'tells a spec that is not there by a stable id' { Get-ErrorId { Test-MigrationBackup -Path no.yaml -ErrorAction Stop } | Should -Be 'SpecInvalid' }
}
