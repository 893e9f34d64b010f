Describe 'The manifest' {
    BeforeAll {
        $script:manifest = Import-PowerShellDataFile $env:MIGRATIONTOOLS_MODULE
        Import-Module $env:MIGRATIONTOOLS_MODULE -Force
    }

    It 'exports exactly the cmdlets of the assembly' {
        $exported = (Get-Command -Module MigrationTools -CommandType Cmdlet).Name | Sort-Object
        $exported | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'is for PowerShell 7.4 and later' {
        $manifest.PowerShellVersion | Should -Be '7.4'
        $manifest.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'passes PowerShell''s own test' {
        { Test-ModuleManifest $env:MIGRATIONTOOLS_MODULE -ErrorAction Stop } | Should -Not -Throw
    }

    It 'gives every cmdlet an output type' {
        foreach ($command in Get-Command -Module MigrationTools) {
            $command.OutputType.Count | Should -BeGreaterThan 0 -Because $command.Name
        }
    }

    It 'asks before it changes anything' {
        foreach ($name in 'Invoke-MigrationStrategy', 'Resume-MigrationRun', 'Invoke-MigrationRollback', 'Copy-MigrationData', 'Approve-MigrationGate', 'Set-TrafficSplit', 'Send-MigrationNotification') {
            (Get-Command $name).Parameters.Keys | Should -Contain 'WhatIf' -Because $name
        }
    }
}
