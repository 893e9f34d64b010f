Describe 'Approve-MigrationGate' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        Set-Content flag.yaml @'
id: flag
name: The flag goes up
strategy: BlueGreen
systems:
  flag: { kind: command, do: [sh, -c, 'echo on > flag'], undo: [sh, -c, 'echo off > flag'], look: [sh, -c, 'cat flag 2>/dev/null || echo off'], done: 'on', undone: 'off' }
rollout: { approval: { deadline: 1s } }
'@
        $script:run = Invoke-MigrationStrategy -Path flag.yaml -Confirm:$false
    }
    AfterEach { Pop-Location }

    It 'approves what a run of the pipeline waits for, and the run goes on when it is resumed' {
        "$($run.Status) $($run.WaitingFor.For)" | Should -Be 'Held clean up blue'
        $word = $run | Approve-MigrationGate -Reason 'the numbers are right' -Approver Ada
        $word | Should -BeOfType MigrationTools.Engine.Runs.StepApproval
        "$($word.Step) $($word.Approved) $($word.Who)" | Should -Be "$($run.WaitingFor.Step) True Ada"
        (Resume-MigrationRun $run.RunId -Confirm:$false).Status | Should -Be Completed
    }

    It 'refuses' {
        ($run | Approve-MigrationGate -Refuse -Reason 'orders are slow').Approved | Should -BeFalse
        (Resume-MigrationRun $run.RunId -Confirm:$false).Verdict | Should -Not -Be Completed
    }

    It 'names the user of the session where nobody is named' {
        ($run | Approve-MigrationGate -Step $run.WaitingFor.Step -Reason 'fine').Who | Should -Be ([Environment]::UserName)
    }

    It 'does nothing with -WhatIf, and has no -Force' {
        $run | Approve-MigrationGate -Reason 'fine' -WhatIf | Should -BeNullOrEmpty
        (Resume-MigrationRun $run.RunId -Confirm:$false).Status | Should -Be Held
        (Get-Command Approve-MigrationGate).Parameters.Keys | Should -Not -Contain 'Force'
    }

    It 'completes runs that wait and their steps' {
        $typed = 'Approve-MigrationGate -RunId fl'
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be $run.RunId
        $typed = "Approve-MigrationGate -RunId $($run.RunId) -Step "
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be "'$($run.WaitingFor.Step)'"
    }

    It 'tells by a stable id what does not wait and what is not there' {
        Get-ErrorId { $run | Approve-MigrationGate -Step nothing -Reason 'x' -ErrorAction Stop } | Should -Be 'InvalidRequest'
        Get-ErrorId { Approve-MigrationGate nobody -Reason 'x' -ErrorAction Stop } | Should -Be 'RunNotFound'
    }

    It 'shows step, answer, person and reason' { (Get-View ($run | Approve-MigrationGate -Reason 'all quiet' -Approver Ada)) -match 'approve.*True.*Ada.*all quiet' | Should -Not -BeNullOrEmpty }
}
