# What leaves a run for collectors: from the module's own context, with libraries that the session does not see.
Describe 'Telemetry' {
    BeforeAll { . "$PSScriptRoot/Support.ps1" }
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'sends traces and metrics where the environment says, and writes the file that it names' {
        $tcp = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $tcp.Start()
        $port = $tcp.LocalEndpoint.Port
        $tcp.Stop()
        $listener = [Net.HttpListener]::new()
        $listener.Prefixes.Add("http://127.0.0.1:$port/")
        $listener.Start()
        $job = Start-ThreadJob {
            $listener = $using:listener
            try {
                while ($true) {
                    $context = $listener.GetContext()
                    $body = [IO.StreamReader]::new($context.Request.InputStream, [Text.Encoding]::Latin1).ReadToEnd()
                    [pscustomobject]@{ Path = $context.Request.Url.AbsolutePath; Body = $body }
                    $context.Response.Close()
                }
            }
            catch { <# The listener is closed: that is the end. #> }
        }
        $env:OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:$port"
        $env:MIGRATIONTOOLS_METRICS_FILE = Join-Path $PWD small.prom
        try { $run = Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false }
        finally {
            Remove-Item Env:OTEL_EXPORTER_OTLP_ENDPOINT, Env:MIGRATIONTOOLS_METRICS_FILE
            $listener.Close()
            $sent = $job | Receive-Job -Wait
            $job | Remove-Job -Force
        }

        $run.Verdict | Should -Be 'Passed'
        $sent.Path | Sort-Object -Unique | Should -Be @('/v1/metrics', '/v1/traces')
        ($sent | Where-Object Path -eq /v1/traces).Body -join '' | Should -Match "step database\.copy(?s:.*)$($run.RunId)|$($run.RunId)(?s:.*)step database\.copy"
        ($sent | Where-Object Path -eq /v1/metrics).Body -join '' | Should -Match 'migrationtools\.rows\.copied'
        Get-Content small.prom -Raw | Should -Match "migrationtools_rows_copied_total\{run=""$($run.RunId)"",spec=""small"",[^}]*\} 10\n"
    }

    It 'sends nothing where nothing is said' {
        $null = Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false
        Get-ChildItem -Recurse -Filter traceparent | Should -BeNullOrEmpty
    }
}
