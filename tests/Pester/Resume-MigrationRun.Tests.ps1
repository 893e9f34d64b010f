Describe 'Resume-MigrationRun' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        $script:run = Invoke-MigrationStrategy -Path migration.yaml -MaxRuntime '00:00:00' -Confirm:$false
    }
    AfterEach { Pop-Location }

    It 'goes on with a run of the pipeline' {
        $resumed = $run | Resume-MigrationRun -Confirm:$false
        $resumed | Should -BeOfType MigrationTools.Engine.Runs.RunState
        "$($resumed.RunId) $($resumed.Status)" | Should -Be "$($run.RunId) Completed"
    }

    It 'goes on again and again, each time from where it stopped, until it is done' {
        for ($turn = 0; $turn -lt 20; $turn++) {
            $state = Resume-MigrationRun $run.RunId -MaxRuntime ([timespan]::FromMilliseconds(40 * $turn)) -Confirm:$false
            if ($state.Status -eq 'Completed') { break }
        }
        $state.Verdict | Should -Be Passed
    }

    It 'does nothing with -WhatIf' {
        $run | Resume-MigrationRun -WhatIf | Should -BeNullOrEmpty
        (Get-MigrationRun $run.RunId).Status | Should -Not -Be Completed
    }

    It 'works behind the prompt with -AsJob' { ($run | Resume-MigrationRun -AsJob -Confirm:$false | Receive-Job -Wait -AutoRemoveJob).Status | Should -Be Completed }

    It 'answers for a check by name with -Waive, and takes no waiver without a reason' {
        New-Spec -More "rollback: { mode: manual }`nvalidation:`n  rules:`n    - { name: two, on: shop, sql: select 1, expect: 2 }"
        $stopped = Invoke-MigrationStrategy -Path migration.yaml -RunsDirectory others -Confirm:$false
        "$($stopped.Status)" | Should -Be Failed
        Get-ErrorId { $stopped | Resume-MigrationRun -RunsDirectory others -Waive @{ 'rule:*' = ' ' } -Confirm:$false -ErrorAction Stop } | Should -Be 'InvalidRequest'
        $waived = $stopped | Resume-MigrationRun -RunsDirectory others -Waive @{ 'rule:*' = 'one is enough' } -Confirm:$false
        "$($waived.Status) $($waived.Verdict)" | Should -Be 'Completed Waived'
    }

    It 'tells a run that is not there by a stable id' { Get-ErrorId { Resume-MigrationRun nobody -Confirm:$false -ErrorAction Stop } | Should -Be 'RunNotFound' }

    It 'tells an edited journal by a stable id' {
        $file = Join-Path $run.Directory journal.jsonl
        (Get-Content $file -Raw).Replace('small', 'smell') | Set-Content $file -NoNewline
        Get-ErrorId { $run | Resume-MigrationRun -Confirm:$false -ErrorAction Stop } | Should -Be 'JournalCorrupt'
    }

    It 'shows run, status and verdict' { (Get-View ($run | Resume-MigrationRun -Confirm:$false)) -match 'small-\d+.*Completed.*Passed' | Should -Not -BeNullOrEmpty }
}
