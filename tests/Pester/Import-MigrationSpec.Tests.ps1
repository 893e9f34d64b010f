Describe 'Import-MigrationSpec' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'reads a spec by path' {
        $spec = Import-MigrationSpec migration.yaml
        $spec | Should -BeOfType MigrationTools.Engine.Specs.MigrationSpec
        $spec.Id | Should -Be 'small'
    }

    It 'reads files of the pipeline, by wildcard and by property name' {
        New-Spec second.yaml
        (Get-Item *.yaml | Import-MigrationSpec).Count | Should -Be 2
        (Import-MigrationSpec *.yaml).Count | Should -Be 2
        ([pscustomobject]@{ FullName = "$PWD/migration.yaml" } | Import-MigrationSpec).Id | Should -Be 'small'
    }

    It 'goes on with the next file after a bad one' {
        Set-Content bad.yaml 'id: [broken'
        $specs = Import-MigrationSpec bad.yaml, migration.yaml -ErrorVariable problems -ErrorAction SilentlyContinue
        $specs.Id | Should -Be 'small'
        $problems.Count | Should -Be 1
        $problems[0].CategoryInfo.Category | Should -Be 'ParserError'
        $problems[0].TargetObject | Should -BeLike '*bad.yaml'
    }

    It 'tells every mistake of a spec at once, with the place and the nearest name' {
        Set-Content bad.yaml "id: x`nstrateg: BigBang`nsystems:`n  s: { kind: databas, source: 'sqlite:a', target: 'sqlite:b' }"
        $text = try { Import-MigrationSpec bad.yaml -ErrorAction Stop } catch { "$_" }
        $text | Should -BeLike '*bad.yaml(2,1)*strategy*'
        $text | Should -BeLike '*database*'
    }

    It 'has a stable error id' {
        Get-ErrorId { Import-MigrationSpec nothing.yaml -ErrorAction Stop } | Should -Be 'SpecInvalid'
    }

    It 'shows id, name, strategy and systems' {
        (Get-View (Import-MigrationSpec migration.yaml)) -match '^small +The small shop moves +BigBang +shop' | Should -Not -BeNullOrEmpty
        (Import-MigrationSpec migration.yaml | Format-List | Out-String) | Should -BeLike '*Strategy*BigBang*'
    }
}
