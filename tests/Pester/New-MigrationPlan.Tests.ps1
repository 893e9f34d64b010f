Describe 'New-MigrationPlan' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'plans a spec of the pipeline and one by path, to the same steps' {
        $one = Import-MigrationSpec migration.yaml | New-MigrationPlan
        $other = New-MigrationPlan -Path migration.yaml
        $one | Should -BeOfType MigrationTools.Engine.Planning.MigrationPlan
        $one.Steps.Id | Should -Be $other.Steps.Id
        $one.Steps.Count | Should -Be 8
    }

    It 'changes nothing' {
        $before = (Get-FileHash old.db).Hash
        $null = New-MigrationPlan -Path migration.yaml
        (Get-FileHash old.db).Hash | Should -Be $before
        Test-Path new.db | Should -BeFalse
        Test-Path runs | Should -BeFalse
    }

    It 'marks the point of no return' {
        @((New-MigrationPlan -Path migration.yaml).Steps | Where-Object PointOfNoReturn).Count | Should -Be 1
    }

    It 'tells what does not exist by a stable id' {
        Set-Content other.yaml ((Get-Content migration.yaml -Raw) + "strategy: Canary`n")
        Get-ErrorId { New-MigrationPlan -Path other.yaml -ErrorAction Stop } | Should -Be 'PlanImpossible'
        Remove-Item old.db
        Get-ErrorId { New-MigrationPlan -Path migration.yaml -ErrorAction Stop } | Should -Be 'EndpointUnavailable'
    }

    It 'has a set for an object and a set for a file' { Get-SetName New-MigrationPlan | Should -Be @('Path', 'Spec') }

    It 'shows its steps' { (Get-View (New-MigrationPlan -Path migration.yaml)) -match '^small +BigBang +take down' | Should -Not -BeNullOrEmpty }
}
