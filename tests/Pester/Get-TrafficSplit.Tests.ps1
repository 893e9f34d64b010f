Describe 'Get-TrafficSplit' {
    It 'takes a spec, its file, or a router by its address' {
        . "$PSScriptRoot/Support.ps1"
        Get-SetName Get-TrafficSplit | Should -Be 'Path', 'Router', 'Spec'
    }
}

Describe 'A router' {
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

    It 'is shown as it says itself' {
        $lane = Import-MigrationSpec front.yaml | Get-TrafficSplit
        $lane | Should -BeOfType MigrationTools.Hosting.Traffic.LaneTraffic
        "$($lane.Lane) $($lane.TargetPercent) $($lane.Verdict)" | Should -Be 'front 5 Passed'
        $lane.Evidence.Observed | Should -Be '5'
        $lane.Members.Name | Should -Be 'blue', 'green'
    }

    It 'that nobody can count at is not proved' {
        (Get-TrafficSplit -Path front.yaml -Prove).Verdict | Should -Not -Be Passed
    }

    It 'is shown with lane, share and verdict' { (Get-View (Get-TrafficSplit -Path front.yaml)) -match 'front\s+5 %\s+Passed' | Should -Not -BeNullOrEmpty }

    It 'that is not there is an error with a stable id' {
        Get-ErrorId { Get-TrafficSplit -Router haproxy -Endpoint unix:none.sock -Backend shop -Source blue -Target green -ErrorAction Stop } | Should -Be 'TrafficError'
        Get-ErrorId { Get-TrafficSplit -Path migration.yaml -ErrorAction Stop } | Should -Be 'InvalidRequest'
    }

    It 'is completed by the names of the spec' {
        $typed = 'Get-TrafficSplit -Path front.yaml -System f'
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be 'front'
    }
}
