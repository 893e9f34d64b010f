namespace MigrationTools.Cli.Tests;

public sealed class InlineCompletionsTests : IDisposable
{
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private readonly string? _before = Environment.GetEnvironmentVariable(Switch);

    public void Dispose() => Environment.SetEnvironmentVariable(Switch, _before);

    [Theory]
    [InlineData("compare", "1")]
    [InlineData("run", null)]
    [InlineData("--help", null)]
    public void Only_a_comparison_goes_on_where_its_bytes_were_seen(string verb, string? expected)
    {
        Environment.SetEnvironmentVariable(Switch, null);

        InlineCompletions.Choose([verb, "compare"]);

        Environment.GetEnvironmentVariable(Switch).ShouldBe(expected);
    }

    [Fact]
    public void What_a_user_has_set_stays()
    {
        Environment.SetEnvironmentVariable(Switch, "0");

        InlineCompletions.Choose(["compare"]);

        Environment.GetEnvironmentVariable(Switch).ShouldBe("0");
    }
}
