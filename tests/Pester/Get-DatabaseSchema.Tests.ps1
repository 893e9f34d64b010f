Describe 'Get-DatabaseSchema' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'gives the tables of a database' {
        $tables = Get-DatabaseSchema sqlite:old.db
        $tables | Should -BeOfType MigrationTools.Engine.Databases.TableSchema
        $tables.Name.Name | Should -Be @('customers', 'prices', 'visits')
        $tables[1].PrimaryKey.Columns | Should -Be @('sku', 'country')
        $tables[1].ForeignKeys[0].References.Name | Should -Be 'customers'
    }

    It 'gives only what matches' { (Get-DatabaseSchema sqlite:old.db -Table v*, p*).Name.Name | Should -Be @('prices', 'visits') }

    It 'gives either side of a spec' {
        $spec = Import-MigrationSpec migration.yaml
        ($spec | Get-DatabaseSchema).Count | Should -Be 3
        New-Database new.db
        sqlite3 new.db 'drop table visits'
        ($spec | Get-DatabaseSchema -Side Target).Count | Should -Be 2
    }

    It 'tells a database that is not there by a stable id, without its password' {
        Get-ErrorId { Get-DatabaseSchema sqlite:no.db -ErrorAction Stop } | Should -Be 'EndpointUnavailable'
        $text = try { Get-DatabaseSchema 'postgresql://me:geheim@127.0.0.1:1/x' -ErrorAction Stop } catch { "$_ $($_.TargetObject)" }
        $text | Should -Not -BeLike '*geheim*'
    }

    It 'has a set for an endpoint and a set for a spec' { Get-SetName Get-DatabaseSchema | Should -Be @('Endpoint', 'Spec') }

    It 'shows columns and keys' { (Get-View (Get-DatabaseSchema sqlite:old.db)) -match '^prices +4 .*sku, country +customers' | Should -Not -BeNullOrEmpty }
}
