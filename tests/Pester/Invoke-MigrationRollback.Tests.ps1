Describe 'Invoke-MigrationRollback' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        $script:run = Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false
    }
    AfterEach { Pop-Location }

    It 'takes a run of the pipeline back and leaves nothing' {
        $back = $run | Invoke-MigrationRollback -Reason 'orders are slow' -Confirm:$false
        $back | Should -BeOfType MigrationTools.Engine.Runs.RunState
        "$($back.Status) $($back.Verdict)" | Should -Be 'RolledBack Passed'
        $back.Message | Should -BeLike '*orders are slow*'
        Test-Path new.db | Should -BeFalse
    }

    It 'does nothing with -WhatIf' {
        $run | Invoke-MigrationRollback -WhatIf | Should -BeNullOrEmpty
        Test-Path new.db | Should -BeTrue
    }

    It 'does not lose what was written since, unless that is accepted' {
        sqlite3 new.db "insert into visits values ('2024-02-01', '/new')"
        $refused = $run | Invoke-MigrationRollback -Confirm:$false
        "$($refused.Status) $($refused.Verdict) $($refused.RollbackRefused)" | Should -Be 'Completed Failed True'
        (Get-MigrationRun $run.RunId).Verdict | Should -Be Passed
        Test-Path new.db | Should -BeTrue
        ($run | Invoke-MigrationRollback -AcceptDataLoss -Confirm:$false).Status | Should -Be RolledBack
    }

    It 'works behind the prompt with -AsJob' { ($run | Invoke-MigrationRollback -AsJob -Confirm:$false | Receive-Job -Wait -AutoRemoveJob).Status | Should -Be RolledBack }

    It 'tells a run that is not there by a stable id' { Get-ErrorId { Invoke-MigrationRollback nobody -Confirm:$false -ErrorAction Stop } | Should -Be 'RunNotFound' }

    It 'shows run, status and verdict' { (Get-View ($run | Invoke-MigrationRollback -Confirm:$false)) -match 'small-\d+.*RolledBack.*Passed' | Should -Not -BeNullOrEmpty }
}

Describe 'Invoke-MigrationRollback of phases' -Skip:$IsWindows {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        # A flag is set by a program, and taken back by it.
        function Get-Flag([string] $Name) { "  ${Name}: { kind: command, do: [sh, -c, 'if [ -e broken-$Name ]; then echo half > $Name; else echo on > $Name; fi'], undo: [sh, -c, 'echo off > $Name'], look: [sh, -c, 'cat $Name 2>/dev/null || echo off'], done: 'on', undone: 'off' }" }
        function Get-Phase($Run) { ($Run.Phases | ForEach-Object { "$($_.Name) $($_.Status)" }) -join ', ' }
    }
    BeforeEach {
        Enter-Place
        Set-Content phased.yaml (@('id: phased', 'strategy: Phased', 'systems:', (Get-Flag one), (Get-Flag two), (Get-Flag three), 'phases:',
            '  - { name: first, systems: [one], strategy: BigBang }', '  - { name: second, systems: [two], strategy: BigBang }', '  - { name: third, systems: [three], strategy: BigBang }',
            'rollback: { mode: automatic }'))
    }
    AfterEach { Pop-Location }

    It 'goes back to and with a phase, the later ones first, and what was before stays' {
        $run = Invoke-MigrationStrategy -Path phased.yaml -Confirm:$false
        $back = $run | Invoke-MigrationRollback -Phase second -Confirm:$false
        "$($back.Status) $($back.Verdict)" | Should -Be 'Held NotRun'
        Get-Phase $back | Should -Be 'first Committed, second Undone, third Undone'
        "$(Get-Content one) $(Get-Content two) $(Get-Content three)" | Should -Be 'on off off'
        (Resume-MigrationRun $run.RunId -Confirm:$false).Status | Should -Be Completed
        ($run | Invoke-MigrationRollback -Confirm:$false).Status | Should -Be RolledBack
    }

    It 'says with -WhatIf which phases are undone, the last first, and which stay' {
        $run = Invoke-MigrationStrategy -Path phased.yaml -Confirm:$false
        Start-Transcript -Path said.txt | Out-Null
        $run | Invoke-MigrationRollback -Phase second -WhatIf | Should -BeNullOrEmpty
        Stop-Transcript | Out-Null
        (Get-Content said.txt -Raw) -replace '\s+', ' ' | Should -BeLike "*phase 'third', then phase 'second' (2 steps); phase 'first' stays*"
        Get-Content three | Should -Be on
    }

    It 'leaves what was validated where a later phase fails, and the run goes on once that is mended' {
        Set-Content broken-two ''
        $held = Invoke-MigrationStrategy -Path phased.yaml -Confirm:$false
        "$($held.Status) $($held.Verdict)" | Should -Be 'Held Failed'
        Get-Phase $held | Should -Be 'first Committed, second Undone, third Pending'
        (Get-View $held.Phases) -match 'second\s+Undone\s+0\s+1' | Should -Not -BeNullOrEmpty
        Remove-Item broken-two
        (Resume-MigrationRun $held.RunId -Confirm:$false).Status | Should -Be Completed
    }

    It 'completes phases, the last first, and refuses one that is not there before it asks' {
        $run = Invoke-MigrationStrategy -Path phased.yaml -Confirm:$false
        $typed = "Invoke-MigrationRollback -RunId $($run.RunId) -Phase "
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText -join ' ' | Should -Be 'third second first'
        Get-ErrorId { $run | Invoke-MigrationRollback -Phase forth -WhatIf -ErrorAction Stop } | Should -Be 'InvalidRequest'
    }

    It 'goes back by phases behind the prompt with -AsJob' {
        $run = Invoke-MigrationStrategy -Path phased.yaml -Confirm:$false
        Get-Phase ($run | Invoke-MigrationRollback -Phase third -AsJob -Confirm:$false | Receive-Job -Wait -AutoRemoveJob) | Should -Be 'first Committed, second Committed, third Undone'
    }
}
