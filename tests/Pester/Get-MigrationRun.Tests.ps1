Describe 'Get-MigrationRun' {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        Enter-Place
        $script:run = Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false
    }
    AfterAll { Pop-Location }

    It 'gives all runs, one by id, and those that match' {
        (Get-MigrationRun).RunId | Should -Be $run.RunId
        (Get-MigrationRun $run.RunId).Verdict | Should -Be Passed
        (Get-MigrationRun 'sm*').RunId | Should -Be $run.RunId
        Get-MigrationRun 'x*' | Should -BeNullOrEmpty
    }

    It 'takes ids from the pipeline' { ($run.RunId | Get-MigrationRun).RunId | Should -Be $run.RunId }

    It 'looks where -RunsDirectory or the environment says' {
        Get-MigrationRun -RunsDirectory elsewhere | Should -BeNullOrEmpty
        $env:MIGRATIONTOOLS_RUNS = 'elsewhere'
        try { Get-MigrationRun | Should -BeNullOrEmpty } finally { Remove-Item Env:MIGRATIONTOOLS_RUNS }
    }

    It 'completes ids' {
        $typed = 'Get-MigrationRun -RunId sma'
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be $run.RunId
    }

    It 'tells an id that is not there by a stable id, and goes on' {
        Get-ErrorId { Get-MigrationRun nobody -ErrorAction Stop } | Should -Be 'RunNotFound'
        (Get-MigrationRun nobody, $run.RunId -ErrorAction SilentlyContinue).RunId | Should -Be $run.RunId
    }

    It 'follows a run to its end, which for one that has ended is at once' {
        $seen = @($run | Get-MigrationRun -Follow)
        $seen | Should -HaveCount 1
        $seen[0] | Should -BeOfType MigrationTools.Hosting.Following.RunProgress
        "$($seen[0].Status) $($seen[0].Verdict)" | Should -Be 'Completed Passed'
        $seen[0].StepsCommitted | Should -Be $seen[0].StepsPlanned
        (Get-View $seen) -match '\d\d:\d\d:\d\d\s+Completed' | Should -Not -BeNullOrEmpty
    }

    It 'shows run, status and verdict' { (Get-View (Get-MigrationRun)) -match 'small-\d+.*Completed.*Passed' | Should -Not -BeNullOrEmpty }
}
