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

    It 'follows a run that a job carries out, to its end' {
        New-Spec other.yaml
        (Get-Content other.yaml -Raw).Replace('id: small', 'id: other').Replace('new.db', 'other.db') | Set-Content other.yaml
        $job = Invoke-MigrationStrategy -Path other.yaml -AsJob -Confirm:$false
        while (-not ($id = (Get-MigrationRun 'other*' -ErrorAction SilentlyContinue).RunId)) { Start-Sleep -Milliseconds 50 }
        $seen = @(Get-MigrationRun $id -Follow)
        $seen | Should -BeOfType MigrationTools.Hosting.Following.RunProgress
        "$($seen[-1].Status) $($seen[-1].Verdict)" | Should -Be 'Completed Passed'
        $seen[-1].StepsCommitted | Should -Be $seen[-1].StepsPlanned
        (Get-View $seen[-1]) -match '\d\d:\d\d:\d\d\s+Completed' | Should -Not -BeNullOrEmpty
        $null = $job | Receive-Job -Wait -AutoRemoveJob
    }

    It 'shows run, status and verdict' { (Get-View (Get-MigrationRun)) -match 'small-\d+.*Completed.*Passed' | Should -Not -BeNullOrEmpty }
}
