# Every example of every page is run as it stands, in order, where `shop/` is a copy of the sample. A page whose first example asks for a run finds one there.
# A remark that begins with the word Nothing says that nothing is emitted; every other example must emit something.

BeforeDiscovery {
    $pages = Get-ChildItem (Join-Path $PSScriptRoot '../../docs/en-US') -Filter *.md | ForEach-Object {
        $text = (Get-Content $_ -Raw) -replace '\r'
        $examples = [regex]::Matches($text, '(?ms)^### (?<title>Example \d+: [^\n]+)\n\n```powershell\n(?<code>.*?)\n```\n\n(?<remark>\S+)') |
            ForEach-Object { @{ Title = $_.Groups['title'].Value; Code = $_.Groups['code'].Value; ShowsNothing = $_.Groups['remark'].Value -match '^Nothing\b' } }
        @{ Name = $_.BaseName; Examples = @($examples); NeedsRun = @($examples)[0].Code -match 'Get-MigrationRun' }
    }

    $topics = Get-ChildItem (Join-Path $PSScriptRoot '../../module/en-US') -Filter about_*.help.txt | ForEach-Object { $_.Name -replace '\.help\.txt$' }
}

BeforeAll {
    Import-Module $env:MIGRATIONTOOLS_MODULE -Force
}

Describe 'The help' {
    It 'is there for every cmdlet' -ForEach @{ Count = $pages.Count } {
        (Get-Command -Module MigrationTools).Count | Should -Be $Count
    }

    It 'of <Name> says what it does, with every parameter and with examples' -ForEach $pages {
        $help = Get-Help $Name -Full
        $help.Synopsis.Trim() | Should -Match '^[A-Z].*\.$'
        ($help.description.Text -join ' ').Length | Should -BeGreaterThan 200
        $help.examples.example.Count | Should -Be $Examples.Count
        $help.examples.example.Count | Should -BeGreaterOrEqual 2
        $help.returnValues.returnValue.Count | Should -BeGreaterThan 0

        $command = Get-Command $Name
        $own = $command.Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters }
        foreach ($parameter in $own) {
            $described = $help.parameters.parameter | Where-Object name -EQ $parameter
            ($described.description.Text -join ' ').Length | Should -BeGreaterThan 20 -Because $parameter
        }
    }

    It 'of <Name> has the syntax that PowerShell itself sees' -ForEach $pages {
        $command = Get-Command $Name
        $help = Get-Help $Name -Full
        @($help.syntax.syntaxItem).Count | Should -Be $command.ParameterSets.Count
        $help.parameters.parameter.name | Sort-Object | Should -Be ($command.Parameters.Keys |
                Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters } | Sort-Object)
        foreach ($parameter in $help.parameters.parameter) {
            $real = $command.Parameters[$parameter.name]
            $parameter.required | Should -Be "$([bool] ($real.ParameterSets.Values.IsMandatory -contains $true))".ToLowerInvariant() -Because $parameter.name
            $parameter.type.name | Should -Be ([Nullable]::GetUnderlyingType($real.ParameterType) ?? $real.ParameterType).Name -Because $parameter.name
        }
    }

    It 'shows the examples of Compare-DataChecksum' {
        $shown = Get-Help Compare-DataChecksum -Examples | Out-String -Width 300
        $shown | Should -Match 'Example 1: See that a run''s data is still the same'
        $shown | Should -Match ([regex]::Escape('$run | Compare-DataChecksum | Where-Object Verdict -ne Passed'))
    }

    It 'shows one parameter' {
        Get-Help Copy-MigrationData -Parameter ChunkRows | Out-String -Width 300 | Should -Match '50000'
    }

    It 'has the topic <_>' -ForEach $topics {
        $topic = Get-Help $_
        $topic | Should -HaveCount 1
        $topic | Out-String | Should -Match "(?s)TOPIC\s+$_\s+SHORT DESCRIPTION.*LONG DESCRIPTION.*EXAMPLES.*SEE ALSO"
    }
}

Describe 'The examples of <Name>' -ForEach $pages {
    BeforeAll {
        $script:place = Join-Path $TestDrive $Name
        $null = New-Item -ItemType Directory $place
        Copy-Item (Join-Path $PSScriptRoot '../../samples/shop') $place -Recurse
        Remove-Item (Join-Path $place 'shop/shop-v3.db*') -ErrorAction Ignore
        Push-Location $place
        if ($NeedsRun) {
            $run = Invoke-MigrationStrategy -Path shop/migration.yaml -Confirm:$false
            "$($run.Status) $($run.Verdict)" | Should -Be 'Completed Passed'
        }
    }

    AfterAll { Pop-Location }

    It 'has <Title>' -ForEach $Examples {
        Set-Location $place
        $ErrorActionPreference = 'Stop'
        $ConfirmPreference = 'None'
        # Shown as a console shows it, so that a view that breaks on what comes is seen too.
        { $script:seen = & ([scriptblock]::Create($Code)) | Out-String } | Should -Not -Throw
        [string]::IsNullOrWhiteSpace($seen) | Should -Be $ShowsNothing -Because "the page says what is seen, and it was: $seen"
    }
}
