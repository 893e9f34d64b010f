using System.Text;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Notifications;
using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Engine.Tests.Runs;

namespace MigrationTools.Engine.Tests.Notifications;

public sealed class MailTests : IDisposable
{
    private const string Password = "p@ss w:rd/ü";

    private readonly TemporaryDirectory _directory = new();

    public MailTests() => File.WriteAllText(_directory.File("password"), Password);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_mail_has_its_headers_and_a_body_that_can_be_read()
    {
        await using var server = new MailReceiver();

        var result = await SendAsync($"smtp+plain://localhost:{server.Port}");

        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
        result.Message.ShouldContain("queued as 42");
        server.Said.ShouldContain("MAIL FROM:<tools@example.org>");
        server.Said.ShouldContain("RCPT TO:<ada@example.org>");
        server.Said.ShouldContain("RCPT TO:<grace@example.org>");
        var mail = server.Mails.Single();
        var head = mail[..mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        head.ShouldContain("From: tools@example.org\r\n");
        head.ShouldContain("To: ada@example.org,\r\n grace@example.org\r\n");
        head.ShouldContain("Date: Sat, 01 Mar 2025 10:15:00 +0000\r\n");
        head.ShouldContain($"Subject: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes("Gate Failed: Shöp 2 to 3, step 07-watch"))}?=\r\n");
        head.ShouldContain("Auto-Submitted: auto-generated\r\n");
        var body = Encoding.UTF8.GetString(Convert.FromBase64String(mail[(head.Length + 4)..]));
        body.ShouldContain(Telling.Message.Message);
        body.ShouldContain("Run      shop-20250301-101500-a1b2");
        body.ShouldContain("Verdict  Failed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_trusted_server_gets_the_login_and_the_mail_encrypted(bool fromTheStart)
    {
        using var certificate = LocalCertificate.Create();
        await using var server = new MailReceiver(certificate, fromTheStart);

        var result = await SendAsync($"{(fromTheStart ? "smtps" : "smtp")}://me%40x:${{file:password}}@localhost:{server.Port}", new NotificationOptions { MailAuthorities = [certificate] });

        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
        var said = server.Said.ToList();
        said.IndexOf($"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0me@x\0{Password}"))}").ShouldBeGreaterThan(said.IndexOf("(TLS)"));
        said.IndexOf("(TLS)").ShouldBeGreaterThanOrEqualTo(0);
        server.Mails.Count.ShouldBe(1);
        result.Message.ShouldNotContain("w:rd");
    }

    [Fact]
    public async Task A_server_that_knows_only_the_older_login_gets_that()
    {
        using var certificate = LocalCertificate.Create();
        await using var server = new MailReceiver(certificate, fromTheStart: true) { Login = "AUTH LOGIN" };

        var result = await SendAsync($"smtps://me:${{file:password}}@localhost:{server.Port}", new NotificationOptions { MailAuthorities = [certificate] });

        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
        server.Said.ShouldContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Password)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_is_not_trusted_gets_neither_login_nor_mail(bool fromTheStart)
    {
        using var certificate = LocalCertificate.Create();
        await using var server = new MailReceiver(certificate, fromTheStart);

        var result = await SendAsync($"{(fromTheStart ? "smtps" : "smtp")}://me:${{file:password}}@localhost:{server.Port}");

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("TLS could not be agreed on");
        server.Said.ShouldNotContain(line => line.StartsWith("AUTH", StringComparison.Ordinal));
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_taken()
    {
        using var certificate = LocalCertificate.Create("mail.example.org");
        await using var server = new MailReceiver(certificate, fromTheStart: true);

        var result = await SendAsync($"smtps://localhost:{server.Port}", new NotificationOptions { MailAuthorities = [certificate] });

        result.Verdict.ShouldBe(Verdict.Error);
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_nothing_unless_the_spec_says_plain()
    {
        await using var server = new MailReceiver();

        var result = await SendAsync($"smtp://localhost:{server.Port}");

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("does not offer STARTTLS");
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_password_is_never_sent_without_encryption()
    {
        await using var server = new MailReceiver();

        var result = await SendAsync($"smtp+plain://me:${{file:password}}@localhost:{server.Port}");

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("would send its password unencrypted");
        result.Message.ShouldNotContain("w:rd");
        server.Said.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_receiver_that_is_refused_is_told_with_what_the_server_said()
    {
        await using var server = new MailReceiver { ToReceiver = "550 no such user" };

        var result = await SendAsync($"smtp+plain://localhost:{server.Port}");

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("to RCPT TO:<ada@example.org> it answered 550 no such user");
    }

    [Fact]
    public async Task What_is_no_mail_server_is_an_error_within_the_limit()
    {
        await using var web = new HttpReceiver();

        var result = await SendAsync($"smtp+plain://localhost:{web.Port}", new NotificationOptions { Limit = TimeSpan.FromMilliseconds(300) });

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("within 0.3 s");
    }

    private Task<NotificationResult> SendAsync(string server, NotificationOptions? options = null) =>
        Telling.Sender(options is null ? null : options with { Limit = options.Limit == new NotificationOptions().Limit ? TimeSpan.FromSeconds(60) : options.Limit }).TrySendAsync(
            new MailNotificationSpec { Name = "on-call", Server = Endpoint.Parse(server, _directory.Path), From = "tools@example.org", To = ["ada@example.org", "grace@example.org"] },
            Telling.Message, _directory.Path, Telling.Token);
}
