Describe 'Test-DataIntegrity' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        New-Database new.db
    }
    AfterEach { Pop-Location }

    It 'gives all proofs together' {
        $checks = Import-MigrationSpec migration.yaml | Test-DataIntegrity
        $checks | Should -BeOfType MigrationTools.Engine.Checks.CheckResult
        ($checks.Category | Sort-Object -Unique).Count | Should -BeGreaterThan 2
    }

    It 'gives the score, with how many ran of how many' {
        $score = Import-MigrationSpec migration.yaml | Test-DataIntegrity -Score
        $score.Score | Should -Be 1
        $score.Run | Should -Be $score.Required
        sqlite3 new.db 'delete from customers where id = 7'
        (Import-MigrationSpec migration.yaml | Test-DataIntegrity -Score).Score | Should -BeLessThan 1
    }

    It 'is quiet with -Quiet' {
        Import-MigrationSpec migration.yaml | Test-DataIntegrity -Quiet | Should -BeTrue
        sqlite3 new.db 'delete from customers where id = 7'
        Import-MigrationSpec migration.yaml | Test-DataIntegrity -Quiet | Should -BeFalse
    }

    It 'works behind the prompt with -AsJob' { (Import-MigrationSpec migration.yaml | Test-DataIntegrity -Quiet -AsJob | Receive-Job -Wait -AutoRemoveJob) | Should -BeTrue }

    It 'tells a database that is not there by a stable id' { Get-ErrorId { Test-DataIntegrity -Source sqlite:no.db -Target sqlite:new.db -ErrorAction Stop } | Should -Be 'EndpointUnavailable' }

    It 'shows verdict, id and message' { (Get-View (Import-MigrationSpec migration.yaml | Test-DataIntegrity)) -match '^Passed +\S+' | Should -Not -BeNullOrEmpty }
}
