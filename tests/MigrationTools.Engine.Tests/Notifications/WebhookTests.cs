using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Notifications;
using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Engine.Tests.Runs;

namespace MigrationTools.Engine.Tests.Notifications;

public sealed class WebhookTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_plain_body_is_the_event()
    {
        await using var receiver = new HttpReceiver();

        var result = await SendAsync(receiver.Address, WebhookFormat.Json);

        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
        receiver.Posts.Single().Head.ShouldStartWith("POST /hooks/T0PSECRET/x HTTP/1.1");
        receiver.Posts.Single().Head.ShouldContain("Content-Type: application/json");
        var body = receiver.Bodies.Single();
        body.Select(property => property.Key).ShouldBe(["runId", "spec", "event", "status", "verdict", "step", "message", "at"]);
        ((string?)body["event"]).ShouldBe("Gate");
        ((string?)body["verdict"]).ShouldBe("Failed");
        ((string?)body["message"]).ShouldBe(Telling.Message.Message);
        ((DateTimeOffset)body["at"]!).ShouldBe(Telling.Message.At);
    }

    [Fact]
    public async Task Slack_gets_a_text_for_notifications_and_blocks_with_its_characters_escaped()
    {
        await using var receiver = new HttpReceiver();

        await SendAsync(receiver.Address, WebhookFormat.Slack);

        var body = receiver.Bodies.Single();
        ((string?)body["text"])!.ShouldContain("Gate Failed: Shöp 2 to 3, step 07-watch");
        var blocks = body["blocks"]!.AsArray();
        blocks.Select(block => (string?)block!["type"]).ShouldBe(["header", "section", "context"]);
        ((string?)blocks[0]!["text"]!["type"]).ShouldBe("plain_text");
        ((string?)blocks[1]!["text"]!["type"]).ShouldBe("mrkdwn");
        ((string?)blocks[1]!["text"]!["text"])!.ShouldContain("300 ms &lt;limit&gt; &amp; *more*");
        ((string?)blocks[2]!["elements"]![0]!["text"])!.ShouldContain("Run: shop-20250301-101500-a1b2");
    }

    [Fact]
    public async Task Slack_gets_no_text_longer_than_it_takes_and_no_escape_cut_through()
    {
        await using var receiver = new HttpReceiver();

        await SendAsync(receiver.Address, WebhookFormat.Slack, Telling.Message with { Message = new string('&', 5000), SpecName = new string('x', 400) });

        var body = receiver.Bodies.Single();
        ((string)body["blocks"]![0]!["text"]!["text"]!).Length.ShouldBeLessThanOrEqualTo(150);
        var section = (string)body["blocks"]![1]!["text"]!["text"]!;
        section.Length.ShouldBeLessThanOrEqualTo(3000);
        section.Replace("&amp;", "", StringComparison.Ordinal).ShouldBe("…");
    }

    [Fact]
    public async Task Teams_gets_a_message_with_one_adaptive_card()
    {
        await using var receiver = new HttpReceiver();

        await SendAsync(receiver.Address, WebhookFormat.Teams);

        var body = receiver.Bodies.Single();
        ((string?)body["type"]).ShouldBe("message");
        var attachment = body["attachments"]!.AsArray().Single()!.AsObject();
        ((string?)attachment["contentType"]).ShouldBe("application/vnd.microsoft.card.adaptive");
        attachment.ContainsKey("contentUrl").ShouldBeTrue();
        var card = attachment["content"]!.AsObject();
        ((string?)card["type"]).ShouldBe("AdaptiveCard");
        ((string?)card["version"]).ShouldBe("1.4");
        ((string?)card["$schema"]).ShouldBe("http://adaptivecards.io/schemas/adaptive-card.json");
        card["body"]!.ToJsonString(MigrationJson.Line).ShouldContain("300 ms <limit> & *more*");
        card["body"]!.AsArray().Select(element => (string?)element!["type"]).ShouldBe(["RichTextBlock", "RichTextBlock", "FactSet"]);
        card["body"]![2]!["facts"]!.AsArray().Select(fact => (string?)fact!["title"]).ShouldBe(["Spec", "Run", "Status", "Verdict", "Step", "At"]);
    }

    [Fact]
    public async Task A_message_for_Teams_stays_under_its_limit_of_28_KB()
    {
        await using var receiver = new HttpReceiver();

        await SendAsync(receiver.Address, WebhookFormat.Teams, Telling.Message with { Message = new string('x', 100_000) });

        System.Text.Encoding.UTF8.GetByteCount(receiver.Posts.Single().Body).ShouldBeLessThan(28 * 1024);
    }

    [Fact]
    public async Task User_and_password_of_an_address_go_into_a_header()
    {
        await using var receiver = new HttpReceiver();

        await SendAsync($"http://me:pass%40word@localhost:{receiver.Port}/x", WebhookFormat.Json);

        receiver.Posts.Single().Head.ShouldContain($"Authorization: Basic {Convert.ToBase64String("me:pass@word"u8)}");
    }

    [Theory]
    [InlineData("404 Not Found", "answered 404")]
    [InlineData("500 Oops", "answered 500")]
    [InlineData("302 Found\r\nLocation: http://localhost:1/", "redirection")]
    public async Task What_is_not_taken_is_an_error_that_never_shows_the_address(string answer, string expected)
    {
        await using var receiver = new HttpReceiver { Answer = answer };

        var result = await SendAsync(receiver.Address, WebhookFormat.Json);

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain(expected);
        ShowsNothing(result, receiver);
    }

    [Fact]
    public async Task Nobody_there_is_an_error_that_never_shows_the_address()
    {
        int port;
        await using (var receiver = new HttpReceiver())
        {
            port = receiver.Port;
        }

        var result = await SendAsync($"http://localhost:{port}/hooks/T0PSECRET/x", WebhookFormat.Json);

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("nobody listens there");
        result.Message.ShouldNotContain("T0PSECRET");
        result.Message.ShouldNotContain("localhost");
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_an_error_that_never_shows_it()
    {
        var result = await SendAsync("http://no-such-host.invalid/T0PSECRET", WebhookFormat.Json);

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldNotContain("no-such-host");
        result.Message.ShouldNotContain("T0PSECRET");
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_gets_no_message()
    {
        using var certificate = LocalCertificate.Create();
        await using var receiver = new HttpReceiver(certificate);

        var result = await SendAsync(receiver.Address, WebhookFormat.Json);

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("certificate is not trusted");
        receiver.Posts.ShouldBeEmpty();
        ShowsNothing(result, receiver);
    }

    [Fact]
    public async Task One_who_does_not_answer_in_time_is_an_error()
    {
        await using var receiver = new HttpReceiver { Gate = new TaskCompletionSource().Task };

        var result = await SendAsync(receiver.Address, WebhookFormat.Json, options: new NotificationOptions { Limit = TimeSpan.FromMilliseconds(300) });

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("no answer within 0.3 s");
        ShowsNothing(result, receiver);
    }

    [Fact]
    public async Task A_reference_with_nothing_behind_it_is_an_error()
    {
        var result = await Telling.Sender().TrySendAsync(new WebhookNotificationSpec { Name = "team", Url = "${file:not-there}" }, Telling.Message, _directory.Path, Telling.Token);

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("${file:not-there} has no value");
    }

    [Fact]
    public async Task Of_an_address_written_out_no_more_than_the_host_is_shown()
    {
        await using var receiver = new HttpReceiver { Answer = "410 Gone" };

        var result = await Telling.Sender().TrySendAsync(new WebhookNotificationSpec { Name = "team", Url = receiver.Address }, Telling.Message, _directory.Path, Telling.Token);

        result.Message.ShouldContain($"http://localhost:{receiver.Port}/…");
        result.Message.ShouldNotContain("T0PSECRET");
    }

    private static void ShowsNothing(NotificationResult result, HttpReceiver receiver)
    {
        result.Message.ShouldContain("${file:hook}");
        result.Message.ShouldNotContain("T0PSECRET");
        result.Message.ShouldNotContain("localhost");
        result.Message.ShouldNotContain(receiver.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private Task<NotificationResult> SendAsync(string address, WebhookFormat format, NotificationMessage? message = null, NotificationOptions? options = null)
    {
        File.WriteAllText(_directory.File("hook"), address + "\n");
        return Telling.Sender(options).TrySendAsync(new WebhookNotificationSpec { Name = "team", Url = "${file:hook}", Format = format }, message ?? Telling.Message, _directory.Path, Telling.Token);
    }
}
