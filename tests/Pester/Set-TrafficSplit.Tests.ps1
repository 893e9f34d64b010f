Describe 'Set-TrafficSplit' {
    It 'takes a spec, its file, or a router by its address' {
        . "$PSScriptRoot/Support.ps1"
        Get-SetName Set-TrafficSplit | Should -Be 'Path', 'Router', 'Spec'
    }
}

Describe 'A router that is set' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach {
        Enter-Place
        Set-Content share 5
        Set-Content front.yaml @'
id: front
name: The front
strategy: BigBang
systems:
  front: { kind: traffic, router: command, endpoint: 'command:front', source: blue, target: green, get: [cat, share], set: [sh, -c, 'echo {percent} > share'] }
'@
    }
    AfterEach { Pop-Location }

    It 'is set and read back' {
        $lane = Set-TrafficSplit -Path front.yaml -TargetPercent 12.5 -Confirm:$false
        "$($lane.Before) $($lane.TargetPercent) $($lane.Verdict)" | Should -Be '5 12.5 Passed'
        Get-Content share | Should -Be '12.5'
    }

    It 'is not set with -WhatIf' {
        Set-TrafficSplit -Path front.yaml -TargetPercent 50 -WhatIf | Should -BeNullOrEmpty
        Get-Content share | Should -Be 5
    }

    It 'that does not do what it was told is an error with a stable id' {
        (Get-Content front.yaml -Raw).Replace('echo {percent} > share', 'true') | Set-Content front.yaml
        Get-ErrorId { Set-TrafficSplit -Path front.yaml -TargetPercent 50 -Confirm:$false -ErrorAction Stop } | Should -Be 'TrafficError'
    }

    It 'has a share of 0 to 100 percent' {
        { Set-TrafficSplit -Path front.yaml -TargetPercent 101 -Confirm:$false } | Should -Throw
    }

    It 'that the spec does not have is an error with a stable id' {
        Get-ErrorId { Set-TrafficSplit -Path front.yaml -System frnt -TargetPercent 1 -Confirm:$false -ErrorAction Stop } | Should -Be 'InvalidRequest'
    }

    It 'is completed by the names of the spec' {
        $typed = 'Set-TrafficSplit -Path front.yaml -Lane f'
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be 'front'
    }
}
