Describe 'Test-MigrationReadiness' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'gives a check a question, each with evidence' {
        $checks = Import-MigrationSpec migration.yaml | Test-MigrationReadiness
        $checks | Should -BeOfType MigrationTools.Engine.Checks.CheckResult
        $checks.Count | Should -BeGreaterThan 5
        foreach ($check in $checks | Where-Object Verdict -eq Passed) { $check.Evidence.Count | Should -BeGreaterThan 0 -Because $check.Id }
    }

    It 'is quiet with -Quiet' {
        $ready = Test-MigrationReadiness -Path migration.yaml -Quiet
        $ready | Should -BeOfType bool
        $ready | Should -BeTrue
    }

    It 'is not ready where a value does not fit' {
        sqlite3 old.db "create table dates (id integer primary key, day date); insert into dates values (1, 'yesterday')"
        New-Database new.db
        Test-MigrationReadiness -Path migration.yaml -Quiet | Should -BeFalse
        $bad = Test-MigrationReadiness -Path migration.yaml | Where-Object Verdict -eq Failed
        $bad.Remedy | Should -Not -BeNullOrEmpty
    }

    It 'tells a database that is not there as a check, not as an exception' {
        Remove-Item old.db
        $checks = Test-MigrationReadiness -Path migration.yaml
        $checks | Where-Object Verdict -in Failed, Error | Should -Not -BeNullOrEmpty
    }

    It 'shows verdict, id and message' { (Get-View (Test-MigrationReadiness -Path migration.yaml)) -match '^Passed +\S+:' | Should -Not -BeNullOrEmpty }
}
