using System.Globalization;
using MigrationTools.Cli.Tests.Driving;
using MigrationTools.Tests.Pages;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Cli.Tests;

/// <summary>Every command of the README, in its order, by a shell, in a copy of the sample; with the built program for 'dotnet run'.</summary>
public sealed class ReadmeTests(PostgresCluster cluster) : IDisposable
{
    private const string Readme = "../README.md";

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_first_commands_move_the_shop_take_it_back_and_tell()
    {
        Shell.CopySample(_place);
        var first = Documents.Samples(Readme, "sh").Take(2).SelectMany(Commands).ToList();

        var run = await Shell.RunAsync(_place, first[0]);
        run.Code.ShouldBe(0, run.Error);
        File.Exists(_place["samples/shop/shop-v3.db"]).ShouldBeTrue();
        var id = Path.GetFileName(Directory.GetDirectories(_place["runs"]).ShouldHaveSingleItem());
        (run.Out + run.Error).ShouldContain(id);
        File.Exists(_place[$"runs/{id}/report.html"]).ShouldBeTrue();

        foreach (var command in first.Skip(1))
        {
            command.ShouldContain("<run>");
            var result = await Shell.RunAsync(_place, command.Replace("<run>", id, StringComparison.Ordinal));
            result.Code.ShouldBe(0, $"{command}: {result.Error}");
        }

        File.Exists(_place["samples/shop/shop-v3.db"]).ShouldBeFalse();
    }

    [Fact]
    public async Task The_other_commands_work_in_the_order_in_which_they_stand()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        Shell.CopySample(_place);
        var server = string.Create(CultureInfo.InvariantCulture, $"{PostgresCluster.User}:${{env:PGPASSWORD}}@127.0.0.1:{cluster.Port}/{database.Name}");
        var commands = Documents.Samples(Readme, "sh").Skip(3).SelectMany(Commands).Where(command => !command.StartsWith("alias ", StringComparison.Ordinal)).ToList();

        commands.Count.ShouldBeGreaterThan(3);
        foreach (var command in commands)
        {
            var result = await Shell.RunAsync(_place, command.Replace("me:${env:PGPASSWORD}@db/shop", server, StringComparison.Ordinal));
            result.Code.ShouldBe(0, $"{command}: {result.Error}");
        }
    }

    private static IEnumerable<string> Commands(string sample) => sample.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  #")[0]);
}
