# Each runbook as it stands, in a process of its own, against a copy of the sample or a small database.
BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $script:runbooks = Join-Path $PSScriptRoot '../../scripts/runbooks'
    $env:PSModulePathOfTest = Split-Path (Split-Path (Split-Path $env:MIGRATIONTOOLS_MODULE))

    # Runs a command line that may name a runbook by its file, and gives its exit code and what it wrote.
    function Invoke-Runbook([string] $Command) {
        $text = "`$env:PSModulePath += [IO.Path]::PathSeparator + `$env:PSModulePathOfTest; Set-Location '$PWD'; & $Command 2>&1 3>&1; exit `$LASTEXITCODE"
        $written = pwsh -NoProfile -NonInteractive -Command $text 2>&1
        [pscustomobject]@{ Code = $LASTEXITCODE; Text = $written -join "`n" }
    }

    # Takes one request on a free port and keeps its body in a file.
    function Start-WebSink([string] $File, [string] $Answer = '{}') {
        $tcp = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $tcp.Start()
        $port = $tcp.LocalEndpoint.Port
        $tcp.Stop()
        $listener = [Net.HttpListener]::new()
        $listener.Prefixes.Add("http://127.0.0.1:$port/")
        $listener.Start()
        $job = Start-ThreadJob {
            $context = $using:listener | ForEach-Object GetContext
            [IO.StreamReader]::new($context.Request.InputStream).ReadToEnd() | Set-Content $using:File
            $bytes = [Text.Encoding]::UTF8.GetBytes($using:Answer)
            $context.Response.ContentType = 'application/json'
            $context.Response.OutputStream.Write($bytes, 0, $bytes.Length)
            $context.Response.Close()
        }
        [pscustomobject]@{ Uri = "http://127.0.0.1:$port/"; Job = $job; Listener = $listener }
    }

    # A mail server that takes one message and keeps it in a file.
    function Start-MailSink([string] $File) {
        $tcp = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $tcp.Start()
        $job = Start-ThreadJob {
            $client = ($using:tcp).AcceptTcpClient()
            $stream = $client.GetStream()
            $reader = [IO.StreamReader]::new($stream)
            $writer = [IO.StreamWriter]::new($stream)
            $writer.NewLine = "`r`n"
            $writer.AutoFlush = $true
            $writer.WriteLine('220 sink')
            while ($null -ne ($line = $reader.ReadLine())) {
                if ($line -eq 'DATA') {
                    $writer.WriteLine('354 go on')
                    $mail = while (($line = $reader.ReadLine()) -ne '.') { $line }
                    $mail | Set-Content $using:File
                    $writer.WriteLine('250 taken')
                }
                elseif ($line -eq 'QUIT') { $writer.WriteLine('221 bye'); break }
                else { $writer.WriteLine('250 ok') }
            }
            $client.Dispose()
        }
        [pscustomobject]@{ Port = $tcp.LocalEndpoint.Port; Job = $job; Listener = $tcp }
    }
}

Describe 'Export-NightlyReadiness' {
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'keeps the answers, and says that it is ready' {
        $result = Invoke-Runbook "$runbooks/Export-NightlyReadiness.ps1 -Spec migration.yaml -OutputDirectory nightly"
        $result.Code | Should -Be 0 -Because $result.Text
        (Get-ChildItem nightly).Extension | Sort-Object | Should -Be @('.csv', '.html', '.json')
        @(Import-Csv (Get-Item nightly/*.csv) | Where-Object Verdict -eq Passed).Count | Should -BeGreaterThan 5
    }

    It 'says that it is not' {
        sqlite3 old.db "create table dates (id integer primary key, day date); insert into dates values (1, 'yesterday')"
        New-Database new.db
        (Invoke-Runbook "$runbooks/Export-NightlyReadiness.ps1 -Spec migration.yaml -OutputDirectory nightly").Code | Should -Be 1
    }
}

Describe 'Start-ApprovedMigration' {
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'waits for a person, and runs the plan that the person read' {
        $waiting = Invoke-Runbook "$runbooks/Start-ApprovedMigration.ps1 -Spec migration.yaml -OutputDirectory approval"
        $waiting.Code | Should -Be 0 -Because $waiting.Text
        Test-Path new.db | Should -BeFalse
        Get-Content approval/plan.txt -Raw | Should -Match 'POINT OF NO RETURN'
        $hash = (Get-Content approval/plan.json -Raw | ConvertFrom-Json).hash

        $run = Invoke-Runbook "$runbooks/Start-ApprovedMigration.ps1 -Spec migration.yaml -OutputDirectory approval -ApprovedBy 'Ada Lovelace' -PlanHash $hash"
        $run.Code | Should -Be 0 -Because $run.Text
        (Get-Content approval/approval.json | ConvertFrom-Json).approvedBy | Should -Be 'Ada Lovelace'
        Test-Path new.db, (Join-Path approval (Get-MigrationRun)[0].RunId report.html) | Should -Be @($true, $true)
    }

    It 'does not run another plan' {
        $result = Invoke-Runbook "$runbooks/Start-ApprovedMigration.ps1 -Spec migration.yaml -OutputDirectory approval -ApprovedBy Ada -PlanHash 0000"
        $result.Code | Should -Be 2
        Test-Path new.db | Should -BeFalse
    }
}

Describe 'Compare-Nightly' {
    BeforeEach {
        Enter-Place
        New-Database new.db
    }
    AfterEach { Pop-Location }

    It 'is silent where all is the same' {
        $result = Invoke-Runbook "$runbooks/Compare-Nightly.ps1 -Spec migration.yaml -OutputDirectory nightly -Webhook http://127.0.0.1:1/"
        $result.Code | Should -Be 0 -Because $result.Text
        (Import-Csv (Get-Item nightly/*.csv)).Verdict | Should -Be @('Passed', 'Passed', 'Passed')
    }

    It 'tells a webhook which tables differ, and no values' {
        sqlite3 new.db "update customers set name = 'Geheim' where id = 1"
        $sink = Start-WebSink (Join-Path $PWD posted.json)
        try {
            $result = Invoke-Runbook "$runbooks/Compare-Nightly.ps1 -Spec migration.yaml -OutputDirectory nightly -Webhook $($sink.Uri)"
            $null = $sink.Job | Wait-Job -Timeout 10
        }
        finally { $sink.Listener.Close(); $sink.Job | Remove-Job -Force }
        $result.Code | Should -Be 1 -Because $result.Text
        $text = (Get-Content posted.json | ConvertFrom-Json).text
        $text | Should -Match 'customers: Failed, 0 missing, 0 extra, 1 changed'
        $text | Should -Not -Match 'Geheim'
        (Get-Content (Get-Item nightly/*.jsonl) | ConvertFrom-Json).Table | Should -Be 'customers'
    }

    It 'tells by mail' {
        sqlite3 new.db 'delete from customers where id = 1'
        $sink = Start-MailSink (Join-Path $PWD mail.txt)
        try {
            $result = Invoke-Runbook "$runbooks/Compare-Nightly.ps1 -Spec migration.yaml -OutputDirectory nightly -MailServer 127.0.0.1 -MailPort $($sink.Port) -MailFrom a@shop.example -MailTo ops@shop.example -MailWithoutTls"
            $null = $sink.Job | Wait-Job -Timeout 10
        }
        finally { $sink.Listener.Stop(); $sink.Job | Remove-Job -Force }
        $result.Code | Should -Be 1 -Because $result.Text
        Get-Content mail.txt -Raw | Should -Match '1 of 3 tables'
    }

    It 'says with its exit code that nobody could be told' {
        sqlite3 new.db 'delete from customers where id = 1'
        (Invoke-Runbook "$runbooks/Compare-Nightly.ps1 -Spec migration.yaml -OutputDirectory nightly -Webhook http://127.0.0.1:1/").Code | Should -Be 4
    }
}

Describe 'Resume-UntilDone' {
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'goes on with the same run, call after call, until it is done' {
        $codes = for ($call = 0; $call -lt 20; $call++) {
            $result = Invoke-Runbook "$runbooks/Resume-UntilDone.ps1 -Spec migration.yaml -RunStore kept -MaxRuntime ([timespan]::FromMilliseconds(60 * $call)) -Again { param(`$id) Add-Content again.txt `$id }"
            $result.Code
            if ($result.Code -ne 75) { break }
        }
        $codes[0] | Should -Be 75
        $codes[-1] | Should -Be 0 -Because $result.Text
        $runs = @(Get-MigrationRun -RunsDirectory kept)
        $runs.Count | Should -Be 1
        Get-Content again.txt | Select-Object -Unique | Should -Be $runs[0].RunId
        (Compare-DataChecksum -Source sqlite:old.db -Target sqlite:new.db).Verdict | Should -Be @('Passed', 'Passed', 'Passed')
    }

    It 'asks for an identity only where the host has one' {
        $result = Invoke-Runbook "$runbooks/Resume-UntilDone.ps1 -Spec migration.yaml -RunStore kept -UseManagedIdentity"
        $result.Text | Should -Match 'IDENTITY_ENDPOINT'
        Test-Path kept | Should -BeFalse
    }

    It 'asks the identity endpoint of the host, and takes what it says for the target' {
        $sink = Start-WebSink (Join-Path $PWD asked.txt) '{ "access_token": "geheim" }'
        $env:IDENTITY_ENDPOINT = $sink.Uri
        try { $result = Invoke-Runbook "$runbooks/Resume-UntilDone.ps1 -Spec migration.yaml -RunStore kept -UseManagedIdentity -TargetUser me" }
        finally { Remove-Item Env:IDENTITY_ENDPOINT; $sink.Listener.Close(); $sink.Job | Remove-Job -Force }
        # The target of this spec is a file, which takes no credential.
        $result.Text | Should -Match 'A credential is given for the target'
        $result.Text | Should -Not -Match 'geheim'
    }
}

Describe 'Export-RunReport' {
    BeforeEach { Enter-Place }
    AfterEach { Pop-Location }

    It 'makes a page a run and an index' {
        $run = Invoke-MigrationStrategy -Path migration.yaml -Confirm:$false
        $result = Invoke-Runbook "$runbooks/Export-RunReport.ps1 -OutputDirectory reports"
        $result.Code | Should -BeIn 0, $null -Because $result.Text
        (Import-Csv reports/runs.csv).RunId | Should -Be $run.RunId
        Test-Path "reports/$($run.RunId)/report.html", "reports/$($run.RunId)/report.csv" | Should -Be @($true, $true)
        Get-Content reports/index.html -Raw | Should -Match "href=""$($run.RunId)/report.html"""
    }
}
