# The runbooks that move traffic, as they stand, in processes of their own: a real HAProxy before both versions of the sample shop's service.
BeforeAll {
    $script:haproxy = (Get-Command haproxy -ErrorAction Ignore) ?? (Get-Item /usr/sbin/haproxy -ErrorAction Ignore)
    $script:service = Get-ChildItem "$PSScriptRoot/../../samples/shop/service/bin/*/*/ShopService.dll" -ErrorAction Ignore | Sort-Object LastWriteTime -Descending | Select-Object -First 1
    $script:whyNot = if (-not $haproxy) { 'haproxy was not found; install the package haproxy' } elseif (-not $service) { 'the shop''s service was not built: dotnet build samples/shop/service' }
}

Describe 'Runbooks that move traffic' {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        $script:runbooks = (Resolve-Path (Join-Path $PSScriptRoot '../../scripts/runbooks')).Path
        $script:modulePath = Split-Path (Split-Path (Split-Path $env:MIGRATIONTOOLS_MODULE))
        $script:shop = (Resolve-Path (Join-Path $PSScriptRoot '../../samples/shop')).Path

        function Get-FreePort {
            $tcp = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $tcp.Start()
            try { $tcp.LocalEndpoint.Port } finally { $tcp.Stop() }
        }

        # A process in the background, ended after the test.
        function Start-Program([string] $Name, [string[]] $Arguments, [string] $Log) {
            $process = Start-Process $Name -ArgumentList $Arguments -PassThru -RedirectStandardOutput $Log -RedirectStandardError "$Log.error"
            $null = $process.Handle
            $script:programs.Add($process)
            $process
        }

        function Wait-For([string] $What, [scriptblock] $IsThere, [Diagnostics.Process] $While) {
            foreach ($attempt in 1..1500) {
                if (& $IsThere) { return }
                if ($While -and $While.HasExited) { break }
                Start-Sleep -Milliseconds 100
            }
            throw "$What did not come. $(Get-Content *.log, *.error -ErrorAction Ignore | Select-Object -Last 30 | Out-String)"
        }

        function Get-Version([string] $Address) {
            try { "$((Invoke-WebRequest "$Address/healthz" -TimeoutSec 5).Headers['X-Shop-Version'])" } catch { '' }
        }

        # The command line of a runbook, as a process of its own.
        function Start-Runbook([string] $Command, [string] $Log) {
            $text = "`$env:PSModulePath += [IO.Path]::PathSeparator + '$modulePath'; Set-Location '$PWD'; & $runbooks/$Command; exit `$LASTEXITCODE"
            Start-Program pwsh @('-NoProfile', '-NonInteractive', '-EncodedCommand', [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($text))) $Log
        }

        function Invoke-Runbook([string] $Command) {
            $process = Start-Runbook $Command (Join-Path $PWD "$([guid]::NewGuid().ToString('n')).log")
            $process.WaitForExit()
            $process.ExitCode
        }
    }

    BeforeEach {
        $script:programs = [Collections.Generic.List[Diagnostics.Process]]::new()
        $place = New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))
        Push-Location $place
        if ($whyNot) { return }
        Copy-Item (Join-Path $shop shop-v2.db) .
        # Version 3 reads what version 2 reads: the traffic is what these tests are about.
        sqlite3 shop-v3.db "create table customers (id integer primary key, first_name text, last_name text);
            create table orders (id integer primary key, customer_id integer, status text, currency text, total decimal(14,2), placed_at text);
            attach 'shop-v2.db' as v2; insert into customers select id, full_name, null from v2.users;
            insert into orders select id, user_id, status, currency, total, placed_at from v2.""order"""
        $blue, $green, $front = (Get-FreePort), (Get-FreePort), (Get-FreePort)
        foreach ($side in @(2, $blue), @(3, $green)) {
            $null = Start-Program dotnet @($service.FullName, '--version', $side[0], '--database', "$PWD/shop-v$($side[0]).db", '--port', $side[1], '--allow-faults') "$PWD/shop$($side[0]).log"
        }
        # Sockets have short paths.
        $script:sockets = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "mt-p-$([guid]::NewGuid().ToString('n').Substring(0, 8))")).FullName
        Set-Content haproxy.cfg "global
    stats socket $sockets/admin.sock mode 600 level admin
defaults
    mode http
    timeout connect 2s
    timeout client 60s
    timeout server 60s
frontend front
    bind 127.0.0.1:$front
    default_backend shop
backend shop
    balance roundrobin
    server blue 127.0.0.1:$blue weight 100
    server green 127.0.0.1:$green weight 0
"
        $null = Start-Program $haproxy @('-db', '-f', "$PWD/haproxy.cfg") "$PWD/haproxy.log"
        $script:address = "http://127.0.0.1:$front"
        $script:newAddress = "http://127.0.0.1:$green"
        Wait-For 'the shop' { (Get-Version $address) -and (Get-Version $newAddress) -eq '3.0.0' }
        $script:systems = "systems:
  shop_api: { kind: http, source: 'http://127.0.0.1:$blue', target: '$newAddress', health: /healthz }
  front: { kind: traffic, router: haproxy, endpoint: 'unix:$sockets/admin.sock', backend: shop, source: blue, target: green, front: '$address', identify: { path: /healthz, header: X-Shop-Version, source: '^2', target: '^3' } }
metrics: { api: { http: shop_api, path: /orders/1002, rate: 25/s, timeout: 5s } }"
    }

    AfterEach {
        foreach ($program in $programs) {
            if (-not $program.HasExited) { $program.Kill($true) }
            $program.Dispose()
        }
        Pop-Location
        if ($sockets) { Remove-Item $sockets -Recurse -Force -ErrorAction Ignore }
    }

    It 'waits with a blue-green run for a second person, takes no word of the first, and leaves a report' {
        if ($whyNot) { Set-ItResult -Skipped -Because $whyNot; return }
        Set-Content migration.yaml "id: shop-blue-green
name: The shop's traffic, blue to green
strategy: BlueGreen
$systems
rollout: { gate: { conditions: ['p95 < 10s', 'error_rate <= 1%'], interval: 400ms, count: 2, minSamples: 4, inconclusiveLimit: 5, deadline: 60s }, approval: { deadline: 10m } }
rollback: { mode: automatic }"
        $running = Start-Runbook "Start-BlueGreenMigration.ps1 -Spec migration.yaml -OutputDirectory out -StartedBy Grace" "$PWD/run.log"
        Wait-For 'the run''s wait' { Test-Path out/waiting.json } $running
        $waiting = Get-Content out/waiting.json -Raw | ConvertFrom-Json
        Get-Version $address | Should -Be '3.0.0' -Because 'the traffic is switched when it waits'
        Get-Content out/waiting.txt -Raw | Should -Match "Run $($waiting.runId) waits(?s:.*)p95|measurements"
        Get-Content out/plan.txt -Raw | Should -Not -BeNullOrEmpty

        Invoke-Runbook "Start-BlueGreenMigration.ps1 -OutputDirectory out -RunId $($waiting.runId) -ApprovedBy Grace -Reason 'I trust myself'" | Should -Be 2
        $running.HasExited | Should -BeFalse
        Invoke-Runbook "Start-BlueGreenMigration.ps1 -OutputDirectory out -RunId $($waiting.runId) -ApprovedBy Ada -Reason 'it is well'" | Should -Be 0
        $running.WaitForExit(300000) | Should -BeTrue
        $running.ExitCode | Should -Be 0 -Because (Get-Content run.log, run.log.error | Out-String)
        (Get-MigrationRun $waiting.runId).Status | Should -Be 'Completed'
        Get-Content "out/$($waiting.runId)/report.html" -Raw | Should -Match 'it is well'
    }

    It 'takes a blue-green run back that the second person refuses' {
        if ($whyNot) { Set-ItResult -Skipped -Because $whyNot; return }
        Set-Content migration.yaml "id: shop-blue-green
name: The shop's traffic, blue to green
strategy: BlueGreen
$systems
rollout: { gate: { conditions: ['p95 < 10s'], interval: 400ms, count: 2, minSamples: 4, inconclusiveLimit: 5, deadline: 60s }, approval: { deadline: 10m } }
rollback: { mode: automatic }"
        $running = Start-Runbook "Start-BlueGreenMigration.ps1 -Spec migration.yaml -OutputDirectory out -StartedBy Grace" "$PWD/run.log"
        Wait-For 'the run''s wait' { Test-Path out/waiting.json } $running
        Invoke-Runbook "Start-BlueGreenMigration.ps1 -OutputDirectory out -RunId $((Get-Content out/waiting.json -Raw | ConvertFrom-Json).runId) -ApprovedBy Ada -Reason 'orders look odd' -Refuse" | Should -Be 0
        $running.WaitForExit(300000) | Should -BeTrue
        $running.ExitCode | Should -Be 1 -Because (Get-Content run.log, run.log.error | Out-String)
        Get-Version $address | Should -Be '2.0.5'
    }

    It 'lets a canary go all the way where the new version is well, and writes its figures for Prometheus' {
        if ($whyNot) { Set-ItResult -Skipped -Because $whyNot; return }
        Set-Content migration.yaml "id: shop-canary
name: The shop's canary
strategy: Canary
$systems
rollout: { weights: [25, 100], gate: { conditions: ['p95 < 10s', 'error_rate <= 1%'], interval: 400ms, count: 2, minSamples: 4, inconclusiveLimit: 5, deadline: 60s } }
rollback: { mode: automatic, triggers: ['error_rate > 50%'], interval: 1s, minSamples: 5 }"
        $running = Start-Runbook "Start-CanaryMigration.ps1 -Spec migration.yaml -OutputDirectory out -MetricsFile shop.prom" "$PWD/run.log"
        $running.WaitForExit(300000) | Should -BeTrue
        $running.ExitCode | Should -Be 0 -Because (Get-Content run.log, run.log.error | Out-String)
        Get-Version $address | Should -Be '3.0.0'
        $canary = Get-Content out/canary.json -Raw | ConvertFrom-Json
        $canary.status, $canary.trigger, $canary.secondsToReturn | Should -Be @('Completed', $null, $null)
        Get-Content shop.prom -Raw | Should -Match "migrationtools_traffic_share_ratio\{run=""$($canary.runId)"",[^}]*system=""front""[^}]*\} 1\n"
    }

    It 'takes a canary back that errs, and tells how long that took' {
        if ($whyNot) { Set-ItResult -Skipped -Because $whyNot; return }
        $null = Invoke-RestMethod "$newAddress/faults" -Method Put -ContentType application/json -Body '{ "errorPercent": 60 }'
        Set-Content migration.yaml "id: shop-canary
name: The shop's canary
strategy: Canary
$systems
rollout: { weights: [25, 100], hold: 60s, gate: { conditions: ['requests > 0'], interval: 1s, count: 2, minSamples: 1, inconclusiveLimit: 100, deadline: 3m } }
rollback: { mode: automatic, triggers: ['error_rate > 5%'], interval: 1s, minSamples: 5 }"
        $running = Start-Runbook "Start-CanaryMigration.ps1 -Spec migration.yaml -OutputDirectory out" "$PWD/run.log"
        $running.WaitForExit(300000) | Should -BeTrue
        $running.ExitCode | Should -Be 1 -Because (Get-Content run.log, run.log.error | Out-String)
        $canary = Get-Content out/canary.json -Raw | ConvertFrom-Json
        $canary.status, $canary.trigger | Should -Be @('RolledBack', 'error_rate > 5%')
        $canary.secondsToAlarm | Should -BeGreaterOrEqual 0
        $canary.secondsToReturn | Should -BeGreaterThan $canary.secondsToAlarm
        Get-Content run.log -Raw | Should -Match 'all traffic was back after'
        Get-Version $address | Should -Be '2.0.5'
        Write-Host "  $($canary.secondsToAlarm) s to the alarm, $($canary.secondsToReturn) s until all traffic was back"
    }

    It 'does not begin a canary that nobody could take back' {
        if ($whyNot) { Set-ItResult -Skipped -Because $whyNot; return }
        Set-Content migration.yaml "id: shop-canary
name: The shop's canary
strategy: Canary
$systems
rollout: { weights: [25, 100], gate: { conditions: ['error_rate <= 1%'] } }"
        Invoke-Runbook "Start-CanaryMigration.ps1 -Spec migration.yaml -OutputDirectory out" | Should -Be 2
        Test-Path runs | Should -BeFalse
    }
}
