using System.Text;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Rollouts.ParallelRun;
using MigrationTools.Tests.Http;

namespace MigrationTools.Engine.Tests.Rollouts;

/// <summary>What is taken down of a service's answer.</summary>
public sealed class ServiceAskerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text/html; charset=utf8mb4", "größer")]
    [InlineData("text/html; charset=\"utf-8\"", "größer")]
    [InlineData("text/html", "größer")]
    public async Task A_charset_that_nobody_knows_is_no_reason_to_have_seen_nothing(string contentType, string text)
    {
        var answer = await AskAsync(contentType, Encoding.UTF8.GetBytes(text));

        (answer.Status, answer.Body).ShouldBe((200, text));
    }

    [Fact]
    public async Task A_text_is_read_by_its_charset() =>
        (await AskAsync("text/plain; charset=iso-8859-1", Encoding.Latin1.GetBytes("größer"))).Body.ShouldBe("größer");

    [Fact]
    public async Task Long_answers_that_differ_at_their_end_differ()
    {
        var one = Encoding.ASCII.GetBytes(new string('a', 5_000_000));
        byte[] other = [.. one];
        other[^1] = (byte)'b';

        (await AskAsync("text/plain", one)).ShouldNotBe(await AskAsync("text/plain", other));
        (await AskAsync("text/plain", one)).ShouldBe(await AskAsync("text/plain", one));
    }

    private static async Task<ServiceAnswer> AskAsync(string contentType, byte[] body)
    {
        await using var server = LocalHttpServer.Start(async context =>
        {
            context.Response.Headers["Content-Type"] = contentType;
            await context.Response.OutputStream.WriteAsync(body, Token);
            context.Response.Close();
        });
        using var client = new HttpClient();
        return await new ServiceAsker(client, TimeProvider.System).AskAsync(Endpoint.Parse(server.Address, "/"), "/", Token);
    }
}
