Describe 'Send-MigrationNotification' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        New-Spec -More @'
notify:
  file: { command: [sh, -c, 'echo "$MIGRATIONTOOLS_EVENT|$MIGRATIONTOOLS_RUN|$MIGRATIONTOOLS_MESSAGE" >> told'], on: [hold] }
  team: { webhook: '${file:hook}' }
'@
        Set-Content hook 'http://127.0.0.1:9/T0PSECRET'
    }
    AfterEach { Pop-Location }

    It 'tells those who are named' {
        $result = Import-MigrationSpec migration.yaml | Send-MigrationNotification -Message 'a test' -Name file
        $result | Should -BeOfType MigrationTools.Engine.Notifications.NotificationResult
        "$($result.Name) $($result.Kind) $($result.Verdict)" | Should -Be 'file command Passed'
        Get-Content told | Should -Be '||a test'
    }

    It 'tells those who listen, and shows no address of one who does not answer' {
        $results = Send-MigrationNotification -Path migration.yaml -Message 'x' -Event Hold
        $results.Name | Should -Be 'file', 'team'
        $results[1].Verdict | Should -Be Error
        $results[1].Message | Should -Match ([regex]::Escape('${file:hook}'))
        $results[1].Message | Should -Not -Match 'T0PSECRET'
        (Send-MigrationNotification -Path migration.yaml -Message 'x' -Event Start).Name | Should -Be 'team'
    }

    It 'tells where a run stands' {
        $run = Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false -WarningAction SilentlyContinue
        $null = Send-MigrationNotification -Path migration.yaml -Message 'done' -Name file -RunId $run.RunId
        Get-Content told | Select-Object -Last 1 | Should -Be "|$($run.RunId)|done"
    }

    It 'sends nothing with -WhatIf' {
        Send-MigrationNotification -Path migration.yaml -Message 'x' -Name file -WhatIf | Should -BeNullOrEmpty
        Test-Path told | Should -BeFalse
    }

    It 'completes names' {
        $typed = 'Send-MigrationNotification -Path migration.yaml -Name t'
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be 'team'
    }

    It 'tells by a stable id a name that is not there, and a spec that names nobody' {
        Get-ErrorId { Send-MigrationNotification -Path migration.yaml -Message x -Name teem -ErrorAction Stop } | Should -Be 'InvalidRequest'
        New-Spec
        Get-ErrorId { Send-MigrationNotification -Path migration.yaml -Message x -ErrorAction Stop } | Should -Be 'InvalidRequest'
    }

    It 'shows name, kind and verdict' { (Get-View (Send-MigrationNotification -Path migration.yaml -Message x -Name file)) -match 'file\s+command\s+Passed' | Should -Not -BeNullOrEmpty }
}
