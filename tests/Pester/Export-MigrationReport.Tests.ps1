Describe 'Export-MigrationReport' {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        Enter-Place
        $script:run = Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false
    }
    AfterAll { Pop-Location }

    It 'writes every format beside the journal, or the asked ones elsewhere' {
        ($run | Export-MigrationReport).Name | Sort-Object | Should -Be @('report.csv', 'report.html', 'report.json', 'report.junit.xml', 'report.md')
        $files = $run | Export-MigrationReport -Path out -Format html, csv
        $files | Should -BeOfType IO.FileInfo
        $files.FullName | Should -Be @((Join-Path $PWD out report.html), (Join-Path $PWD out report.csv))
    }

    It 'writes a page without anything from outside' {
        $null = $run | Export-MigrationReport -Path page -Format html
        $page = Get-Content page/report.html -Raw
        $page | Should -Not -Match '(src|href)\s*=\s*["'']?https?:'
        $page | Should -BeLike '*prefers-color-scheme*'
    }

    It 'writes well-formed XML and JSON' {
        $null = $run | Export-MigrationReport -Path data -Format junit, json
        ([xml] (Get-Content data/report.junit.xml -Raw)).DocumentElement | Should -Not -BeNullOrEmpty
        (Get-Content data/report.json -Raw | ConvertFrom-Json).runId | Should -Be $run.RunId
    }

    It 'knows only its formats' { { $run | Export-MigrationReport -Format docx } | Should -Throw }

    It 'tells a run that is not there by a stable id' { Get-ErrorId { Export-MigrationReport nobody -ErrorAction Stop } | Should -Be 'RunNotFound' }
}
