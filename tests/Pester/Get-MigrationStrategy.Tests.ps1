Describe 'Get-MigrationStrategy' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'ranks all seven for a spec of the pipeline and one by path' {
        $one = Import-MigrationSpec migration.yaml | Get-MigrationStrategy -Window 01:00:00
        $other = Get-MigrationStrategy -Path migration.yaml -Window 01:00:00
        $one | Should -BeOfType MigrationTools.Engine.Strategies.Recommendation.StrategyAdvice
        $one.Count | Should -Be 7
        $one.Strategy | Should -Be $other.Strategy
        $one.Place | Should -Be (1..7)
    }

    It 'recommends one at most, with what was seen' {
        $best = @(Get-MigrationStrategy -Path migration.yaml -Window 01:00:00 | Where-Object Rank -eq Recommended)
        $best.Strategy | Should -Be 'BigBang'
        $best.Reasons.Fact.Observed -match 'rows/s' | Should -Not -BeNullOrEmpty
    }

    It 'does not recommend on a window that nobody gave' {
        $advice = Get-MigrationStrategy -Path migration.yaml | Where-Object Strategy -eq BigBang
        $advice.Rank | Should -Be 'Possible'
        @($advice.Reasons | Where-Object Kind -eq NotSeen).Count | Should -BeGreaterThan 0
    }

    It 'says what it could not see, and recommends nothing on it' {
        Remove-Item old.db
        $advice = Get-MigrationStrategy -Path migration.yaml -Window 01:00:00
        @($advice | Where-Object Rank -eq Recommended).Count | Should -Be 0
    }

    It 'changes nothing' {
        $before = (Get-FileHash old.db).Hash
        $null = Get-MigrationStrategy -Path migration.yaml
        (Get-FileHash old.db).Hash | Should -Be $before
        Test-Path new.db | Should -BeFalse
        Test-Path runs | Should -BeFalse
    }

    It 'has a set for an object and a set for a file' { Get-SetName Get-MigrationStrategy | Should -Be @('Path', 'Spec') }

    It 'shows place, strategy and rank' { (Get-View (Get-MigrationStrategy -Path migration.yaml -Window 01:00:00)) -match '^1 +BigBang +Recommended ' | Should -Not -BeNullOrEmpty }
}
