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
        $refused.Verdict | Should -Not -Be Passed
        Test-Path new.db | Should -BeTrue
        ($run | Invoke-MigrationRollback -AcceptDataLoss -Confirm:$false).Status | Should -Be RolledBack
    }

    It 'works behind the prompt with -AsJob' { ($run | Invoke-MigrationRollback -AsJob -Confirm:$false | Receive-Job -Wait -AutoRemoveJob).Status | Should -Be RolledBack }

    It 'tells a run that is not there by a stable id' { Get-ErrorId { Invoke-MigrationRollback nobody -Confirm:$false -ErrorAction Stop } | Should -Be 'RunNotFound' }

    It 'shows run, status and verdict' { (Get-View ($run | Invoke-MigrationRollback -Confirm:$false)) -match 'small-\d+.*RolledBack.*Passed' | Should -Not -BeNullOrEmpty }
}
