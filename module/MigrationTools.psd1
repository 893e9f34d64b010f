@{
    RootModule           = 'MigrationTools.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '7d0c2c1e-3f4b-4d0a-9f62-6a1b0f6b6a51'
    Author               = 'The MigrationTools authors'
    Copyright            = '(c) The MigrationTools authors. MIT licence.'
    Description          = 'Assesses readiness, plans, runs a migration, proves that the data arrived, rolls back, and reports. SQLite and PostgreSQL. Nothing is claimed that was not observed.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('MigrationTools.Format.ps1xml')
    TypesToProcess       = @('MigrationTools.Types.ps1xml')
    CmdletsToExport      = @(
        'Approve-MigrationGate'
        'Compare-DataChecksum'
        'Compare-RecordCount'
        'Copy-MigrationData'
        'Export-MigrationReport'
        'Get-DatabaseSchema'
        'Get-MigrationJournal'
        'Get-MigrationRun'
        'Get-MigrationStrategy'
        'Get-TrafficSplit'
        'Import-MigrationSpec'
        'Invoke-MigrationRollback'
        'Invoke-MigrationStrategy'
        'Measure-DataQuality'
        'New-MigrationPlan'
        'Resume-MigrationRun'
        'Send-MigrationNotification'
        'Set-TrafficSplit'
        'Test-BusinessRule'
        'Test-DataIntegrity'
        'Test-MigrationBackup'
        'Test-MigrationReadiness'
        'Test-ReferentialIntegrity'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('migration', 'database', 'PostgreSQL', 'SQLite', 'checksum', 'rollback', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ProjectUri   = 'https://github.com/migrationtools/migrationtools'
            LicenseUri   = 'https://github.com/migrationtools/migrationtools/blob/main/LICENSE'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
