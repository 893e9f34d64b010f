Describe 'Get-MigrationJournal' {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        Enter-Place
        $script:run = Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false
    }
    AfterAll { Pop-Location }

    It 'gives every entry in order, an intent before what was observed' {
        $entries = $run | Get-MigrationJournal
        $entries | Should -BeOfType MigrationTools.Engine.Runs.Journals.JournalEntry
        $entries.Seq | Should -Be (1..$entries.Count)
        $entries[0].Kind | Should -Be 'runStarted'
        foreach ($step in $entries | Where-Object Step | Group-Object Step) {
            $step.Group.Kind.IndexOf('intent') | Should -BeLessThan $step.Group.Kind.IndexOf('committed') -Because $step.Name
        }
    }

    It 'tells a journal that was edited by a stable id' {
        Copy-Item runs edited -Recurse
        $file = Join-Path edited $run.RunId journal.jsonl
        (Get-Content $file -Raw).Replace('committed', 'comitted') | Set-Content $file -NoNewline
        Get-ErrorId { Get-MigrationJournal $run.RunId -RunsDirectory edited -ErrorAction Stop } | Should -Be 'JournalCorrupt'
    }

    It 'tells a run that is not there by a stable id' { Get-ErrorId { Get-MigrationJournal nobody -ErrorAction Stop } | Should -Be 'RunNotFound' }

    It 'shows number, time, kind and step' { (Get-View ($run | Get-MigrationJournal)) -match ' 1 .*runStarted' | Should -Not -BeNullOrEmpty }
}
