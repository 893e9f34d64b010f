# What scripts/package.proj makes: the module's folder, the archive for Azure Automation, the package for a gallery.
Describe 'The package' {
    BeforeAll {
        $script:module = Split-Path $env:MIGRATIONTOOLS_MODULE
        $script:out = Join-Path $module ../..
        $script:version = (Import-PowerShellDataFile $env:MIGRATIONTOOLS_MODULE).ModuleVersion
        Add-Type -AssemblyName System.IO.Compression.FileSystem

        function Get-EntryName([string] $Archive) {
            $zip = [IO.Compression.ZipFile]::OpenRead($Archive)
            try { $zip.Entries.FullName } finally { $zip.Dispose() }
        }
    }

    It 'accounts for every file that is shipped' {
        $notices = Get-Content (Join-Path $module THIRD-PARTY-NOTICES.txt) -Raw
        $packages = (Get-Content (Join-Path $module deps/MigrationTools.Hosting.deps.json) -Raw | ConvertFrom-Json -AsHashtable).libraries
        foreach ($package in $packages.Keys | Where-Object { $packages[$_].type -eq 'package' }) {
            $notices | Should -Match ([regex]::Escape($package.Replace('/', ' '))) -Because 'every package is named with its version and licence'
        }
        $fromPackages = (Get-Content (Join-Path $module deps/MigrationTools.Hosting.deps.json) -Raw | ConvertFrom-Json -AsHashtable).targets.Values.Values |
            ForEach-Object { $_['runtime'].Keys; $_['runtimeTargets'].Keys } | Where-Object { $_ } | ForEach-Object { Split-Path $_ -Leaf } | Sort-Object -Unique
        $own = 'LICENSE', 'THIRD-PARTY-NOTICES.txt', 'MigrationTools.dll', 'MigrationTools.psd1', 'MigrationTools.Format.ps1xml', 'MigrationTools.Types.ps1xml',
            'MigrationTools.dll-Help.xml', 'MigrationTools.Hosting.deps.json'
        foreach ($file in Get-ChildItem $module -Recurse -File) {
            $known = $file.Name -in $own -or $file.Name -in $fromPackages -or $file.Name -match '^MigrationTools\.(Engine|Databases|Traffic|Hosting)\.(dll|pdb)$' -or $file.Name -match '^about_MigrationTools\w*\.help\.txt$'
            $known | Should -BeTrue -Because "$($file.Name) belongs to nobody"
        }
    }

    It 'has SQLite for every platform that it says' {
        (Get-ChildItem (Join-Path $module deps/runtimes) -Directory | Where-Object { Test-Path (Join-Path $_ native) }).Name | Sort-Object |
            Should -Be @('linux-arm64', 'linux-x64', 'osx-arm64', 'osx-x64', 'win-arm64', 'win-x64')
    }

    It 'is an archive named and laid out as Azure Automation wants it, under 60 MB' {
        $archive = Get-Item (Join-Path $out MigrationTools.zip)
        $archive.Length | Should -BeLessThan 60MB
        $names = Get-EntryName $archive
        $names | Should -Contain 'MigrationTools/MigrationTools.psd1'
        $names | ForEach-Object { $_.Split('/')[0] } | Sort-Object -Unique | Should -Be 'MigrationTools'
    }

    It 'is a package that a gallery takes for a module' {
        $package = Join-Path $out "MigrationTools.$version.nupkg"
        $names = Get-EntryName $package
        $names | Should -Contain 'MigrationTools.psd1'
        $names | Should -Contain 'deps/Npgsql.dll'
        $zip = [IO.Compression.ZipFile]::OpenRead($package)
        try {
            $reader = [IO.StreamReader]::new(($zip.Entries | Where-Object FullName -eq MigrationTools.nuspec).Open())
            $metadata = ([xml] $reader.ReadToEnd()).package.metadata
        }
        finally { $zip.Dispose() }
        "$($metadata.id) $($metadata.version)" | Should -Be "MigrationTools $version"
        $metadata.tags | Should -Match '\bPSModule\b'
    }

    It 'works from the archive in a clean module path' {
        $path = New-Item -ItemType Directory (Join-Path $TestDrive modules)
        [IO.Compression.ZipFile]::ExtractToDirectory((Join-Path $out MigrationTools.zip), $path)
        Push-Location $TestDrive
        try {
            sqlite3 a.db 'create table t (id integer primary key); insert into t values (1), (2)'
            sqlite3 b.db 'create table t (id integer primary key); insert into t values (1), (2)'
            $env:PathOfTest = $path
            $seen = pwsh -NoProfile -NonInteractive -Command {
                $env:PSModulePath = $env:PathOfTest
                Microsoft.PowerShell.Core\Import-Module MigrationTools
                "$((Get-Module MigrationTools).ModuleBase)|$((Compare-DataChecksum -Source sqlite:a.db -Target sqlite:b.db).Verdict)"
            }
        }
        finally {
            Pop-Location
            Remove-Item Env:PathOfTest
        }
        $seen | Should -Be "$(Join-Path $path MigrationTools)|Passed"
    }

    It 'has a complete manifest' {
        $manifest = Test-ModuleManifest $env:MIGRATIONTOOLS_MODULE
        $manifest.Author, $manifest.Description, $manifest.Copyright | Should -Not -BeNullOrEmpty
        $manifest.PrivateData.PSData.Tags | Should -Contain 'migration'
        $manifest.ProjectUri, $manifest.LicenseUri, $manifest.ReleaseNotes | Should -Not -BeNullOrEmpty
        $manifest.ExportedFunctions.Count + $manifest.ExportedAliases.Count | Should -Be 0
    }
}
