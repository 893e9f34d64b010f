Describe 'The README' {
    BeforeAll {
        Import-Module $env:MIGRATIONTOOLS_MODULE -Force
        $root = Join-Path $PSScriptRoot '../..'
        $null = New-Item -ItemType Directory (Join-Path $TestDrive samples)
        Copy-Item (Join-Path $root samples/shop) (Join-Path $TestDrive samples) -Recurse
        Remove-Item (Join-Path $TestDrive 'samples/shop/shop-v3.db*') -ErrorAction Ignore
        Push-Location $TestDrive
    }

    AfterAll { Pop-Location }

    It 'shows a session that works as it stands' {
        $text = Get-Content (Join-Path $root README.md) -Raw
        $text -match '(?s)```powershell\n(?<sample>.*?)```' | Should -BeTrue
        # The module under test stands for the one that the first two lines install and import.
        $first, $second, $rest = $Matches.sample -split '\n', 3
        $first | Should -Be './build.ps1 -Task Install'
        $second | Should -Be 'Import-Module MigrationTools'

        $ConfirmPreference = 'None'
        $seen = & ([scriptblock]::Create($rest))

        $seen[-1].Status | Should -Be 'RolledBack'
        ($seen | Where-Object { $_ -is [IO.FileInfo] }).Name | Should -Be 'report.html'
        $seen.Count | Should -Be 2
    }
}
