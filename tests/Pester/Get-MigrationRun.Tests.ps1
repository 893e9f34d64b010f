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

    It 'shows what a gate measures while it is watched: phase, weights, values against limits, samples, what it waits for' -Skip:$IsWindows {
        Set-Content share 0
        Set-Content canary.yaml @'
id: canary
strategy: Canary
systems:
  front: { kind: traffic, router: command, endpoint: 'command:front', source: blue, target: green, get: [cat, share], set: [sh, -c, 'echo {percent} > share'] }
metrics: { queue: { command: [echo, 42] } }
rollout: { weights: [50, 100], gate: { conditions: ['queue.value < 100'], interval: 500ms, count: 8, minSamples: 1, deadline: 5m } }
'@
        $job = Invoke-MigrationStrategy -Path canary.yaml -AsJob -Confirm:$false
        try {
            foreach ($attempt in 1..600) {
                $seen = Get-MigrationRun 'canary-*'
                if ($seen.Watching.Held -gt 0 -or $job.State -ne 'Running') { break }
                Start-Sleep -Milliseconds 100
            }
            $seen | Should -BeOfType MigrationTools.Engine.Runs.RunState
            "$($seen.Status) $($seen.Phase) $($seen.Shares.Lane) $($seen.Shares.TargetPercent)" | Should -Be 'Running watch front 50'
            $seen.Watching | Should -BeOfType MigrationTools.Engine.Gates.Watching.WatchedGate
            $figure = $seen.Watching.Conditions[0].Figures[0]
            "$($seen.Watching.Conditions[0].Answer) $($figure.Figure) $($figure.Now) $($figure.May) $($figure.Samples) $($figure.Needed)" | Should -Be 'Holds queue.value 42 < 100 1 1'
            $seen.Watching.WaitsFor | Should -BeLike '* of 8 measurements of 0.5 s*'
            (Get-View $seen) -join ' ' -replace '\s+', ' ' | Should -BeLike '*canary at 50 %: * of 8 measured; queue.value 42 (< 100)*'
            (Get-View $seen.Watching) -match 'queue.value < 100 holds: queue.value 42 \(may be < 100; 1 samples, needs 1\)' | Should -Not -BeNullOrEmpty
            (Get-View $seen.Watching) -match 'Shares\s+: front 50 %' | Should -Not -BeNullOrEmpty
        }
        finally { $end = $job | Receive-Job -Wait -AutoRemoveJob }
        $end.Status | Should -Be Completed
        (Get-MigrationRun $end.RunId).Watching | Should -BeNullOrEmpty
    }

    It 'shows run, status and verdict' { (Get-View (Get-MigrationRun 'small-*')) -match 'small-\d+.*Completed.*Passed' | Should -Not -BeNullOrEmpty }
}
