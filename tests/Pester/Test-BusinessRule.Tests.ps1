Describe 'Test-BusinessRule' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        New-Database new.db
        New-Spec -More "validation:`n  rules:`n    - { name: no price is negative, on: shop, sql: select count(*) from prices where price < 0, expect: 0 }"
    }
    AfterEach { Pop-Location }

    It 'passes where the value is the expected one' {
        $rules = Import-MigrationSpec migration.yaml | Test-BusinessRule
        $rules | Should -BeOfType MigrationTools.Databases.Integrity.BusinessRuleResult
        $rules.Verdict | Should -Be Passed
        Import-MigrationSpec migration.yaml | Test-BusinessRule -Quiet | Should -BeTrue
    }

    It 'fails with the value that was seen' {
        sqlite3 new.db 'update prices set price = -1'
        $rule = Import-MigrationSpec migration.yaml | Test-BusinessRule
        "$($rule.Verdict) $($rule.Observed)" | Should -Be 'Failed 3'
    }

    It 'is not quietly true without rules' {
        New-Spec
        Import-MigrationSpec migration.yaml | Test-BusinessRule -Quiet | Should -BeFalse
    }

    It 'takes no endpoints, which have no rules' { (Get-Command Test-BusinessRule).Parameters.Keys | Where-Object { $_ -in 'Source', 'Target', 'Table', 'ExcludeTable' } | Should -BeNullOrEmpty }

    It 'shows rule and value' { (Get-View (Import-MigrationSpec migration.yaml | Test-BusinessRule)) -match 'no price is negative.*Passed|Passed.*no price is negative' | Should -Not -BeNullOrEmpty }
}
