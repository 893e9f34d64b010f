Describe 'Invoke-MigrationStrategy' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'runs a spec of the pipeline and gives the run' {
        $run = Import-MigrationSpec migration.yaml | Invoke-MigrationStrategy -Confirm:$false
        $run | Should -BeOfType MigrationTools.Engine.Runs.RunState
        "$($run.Status) $($run.Verdict)" | Should -Be 'Completed Passed'
        sqlite3 new.db 'select count(*) from customers' | Should -Be 4
    }

    It 'gives the plan with -WhatIf and changes nothing' {
        $plan = Invoke-MigrationStrategy -Path migration.yaml -WhatIf
        $plan | Should -BeOfType MigrationTools.Engine.Planning.MigrationPlan
        Test-Path new.db, runs | Should -Be @($false, $false)
    }

    It 'asks before it runs' { (Get-Command Invoke-MigrationStrategy).ImplementingType.GetCustomAttributes($true).Where{ $_ -is [Management.Automation.CmdletAttribute] }.ConfirmImpact | Should -Be High }

    It 'stops at a step boundary with -MaxRuntime, and is resumed by its id' {
        $run = Invoke-MigrationStrategy -Path migration.yaml -MaxRuntime '00:00:00' -Confirm:$false
        $run.Verdict | Should -Not -Be Passed
        (Resume-MigrationRun $run.RunId -Confirm:$false).Status | Should -Be Completed
    }

    It 'does not start where it is not ready, and -Waive answers for a check by name' {
        New-Spec -More "dependencies:`n  - { name: flag, measure: { sql: shop.source, query: select 1 }, expect: 2 }"
        $run = Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false
        "$($run.Status)" | Should -Be NotReady
        Test-Path new.db | Should -BeFalse
        $waived = Invoke-MigrationStrategy -Path migration.yaml -Waive @{ 'dependency:*' = 'the flag comes later' } -Confirm:$false
        "$($waived.Status) $($waived.Verdict)" | Should -Be 'Completed Waived'
    }

    It 'runs behind the prompt with -AsJob' {
        $job = Invoke-MigrationStrategy -Path migration.yaml -AsJob -Confirm:$false
        $job | Should -BeOfType Management.Automation.Job
        $run = $job | Receive-Job -Wait -AutoRemoveJob
        $run.Verdict | Should -Be Passed
    }

    It 'gives each input its own job, whatever is bound and wherever one goes after it' {
        (Get-Content migration.yaml -Raw) -replace 'id: small', 'id: other' -replace 'new.db', 'other.db' | Set-Content other.yaml
        $jobs = @(Import-MigrationSpec migration.yaml, other.yaml | Invoke-MigrationStrategy -AsJob -Confirm:$false)
        $third = Invoke-MigrationStrategy -Path other.yaml -RunsDirectory third -WhatIf
        Push-Location /
        try { $runs = $jobs | Receive-Job -Wait }
        finally { Pop-Location; $jobs | Remove-Job -Force }
        $third.SpecId | Should -Be 'other'
        $runs.Plan.SpecId | Sort-Object | Should -Be @('other', 'small')
        $runs.Verdict | Should -Be @('Passed', 'Passed')
        Test-Path new.db, other.db, runs | Should -Be @($true, $true, $true)
    }

    It 'tells its milestones on the Information stream and more with -Verbose' {
        $run = Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false -InformationVariable told -Verbose 4>&1
        $told.Count | Should -BeGreaterThan 3
        $told[0].Tags | Should -Contain 'MigrationTools'
        @($run | Where-Object { $_ -is [Management.Automation.VerboseRecord] }).Count | Should -BeGreaterThan 3
    }

    It 'has a set for an object and a set for a file' { Get-SetName Invoke-MigrationStrategy | Should -Be @('Path', 'Spec') }

    It 'tells a second run of the same spec by a stable id' {
        $null = Invoke-MigrationStrategy -Path migration.yaml -MaxRuntime '00:00:00' -Confirm:$false
        Get-ErrorId { Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false -ErrorAction Stop } | Should -Be 'RunOwned'
    }

    It 'shows run, status and verdict' { (Get-View (Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false)) -match 'small-\d+.*Completed.*Passed' | Should -Not -BeNullOrEmpty }
}
