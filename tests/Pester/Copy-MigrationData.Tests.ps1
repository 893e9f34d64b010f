Describe 'Copy-MigrationData' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'copies between two endpoints' {
        $copied = Copy-MigrationData -Source sqlite:old.db -Target sqlite:new.db -Confirm:$false
        $copied | Should -BeOfType MigrationTools.Databases.Copying.TableCopyResult
        ($copied | Measure-Object Rows -Sum).Sum | Should -Be 10
        (Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db).Verdict | Should -Be @('Passed', 'Passed', 'Passed')
    }

    It 'copies only what matches' {
        (Copy-MigrationData -Source sqlite:old.db -Target sqlite:new.db -Table v*, p* -ExcludeTable prices -Confirm:$false).Target | Should -Be 'visits'
    }

    It 'does nothing with -WhatIf' {
        Copy-MigrationData -Source sqlite:old.db -Target sqlite:new.db -WhatIf | Should -BeNullOrEmpty
        Test-Path new.db | Should -BeFalse
    }

    It 'takes a spec from the pipeline' { (Import-MigrationSpec migration.yaml | Copy-MigrationData -Confirm:$false).Count | Should -Be 3 }

    It 'keeps rejected rows beside the runs of the location, not of the process' {
        sqlite3 new.db "create table customers (id integer primary key, name text not null check (name <> 'Grace'), note text)"
        $copied = Copy-MigrationData -Source sqlite:old.db -Target sqlite:new.db -Table customers -MaxRejected 1 -Confirm:$false
        "$($copied.Rows) $($copied.Rejected)" | Should -Be '3 1'
        Split-Path (Split-Path $copied.RejectedFile) | Should -Be (Join-Path $PWD runs copies rejected)
        Get-Content $copied.RejectedFile -Raw | Should -Match 'Grace'
    }

    It 'works behind the prompt with -AsJob' {
        $job = Copy-MigrationData -Source sqlite:old.db -Target sqlite:new.db -AsJob -Confirm:$false
        ($job | Receive-Job -Wait -AutoRemoveJob | Measure-Object Rows -Sum).Sum | Should -Be 10
    }

    It 'tells a target that can not be written by a stable id' {
        Get-ErrorId { Copy-MigrationData -Source sqlite:old.db -Target sqlite:no/such/directory/new.db -Confirm:$false -ErrorAction Stop } | Should -Be 'EndpointUnavailable'
    }

    It 'shows no password of an endpoint in an error' {
        $text = try { Copy-MigrationData -Source 'postgresql://me:geheim@127.0.0.1:1/x' -Target sqlite:new.db -Confirm:$false -ErrorAction Stop } catch { "$_ $($_.TargetObject)" }
        $text | Should -Not -BeLike '*geheim*'
        $text | Should -BeLike '*127.0.0.1:1*'
    }

    It 'shows rows, rejected rows and time' { (Get-View (Copy-MigrationData -Source sqlite:old.db -Target sqlite:new.db -Confirm:$false)) -match '^customers +customers? +4' | Should -Not -BeNullOrEmpty }
}
