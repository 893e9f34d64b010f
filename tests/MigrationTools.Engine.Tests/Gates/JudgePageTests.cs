using System.Globalization;
using System.Text;
using MigrationTools.Tests.Pages;

namespace MigrationTools.Engine.Tests.Gates;

/// <summary>
/// Writes the table of docs/judge.md. Run by hand, for it takes minutes:
/// <c>MIGRATIONTOOLS_ACCEPT_DOCS=1 dotnet run -c Release --project tests/MigrationTools.Engine.Tests -- -explicit only -class "*JudgePageTests"</c>.
/// </summary>
public sealed class JudgePageTests
{
    private const string Begin = "<!-- judge table -->\n";
    private const string End = "<!-- end of judge table -->";
    private const int Trials = 1000;

    [Fact(Explicit = true)]
    public void The_table_is_what_the_judge_does()
    {
        var page = Documents.Read("judge.md");
        var (from, to) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));

        Documents.ShouldBe("judge.md", page[..from] + Table() + page[to..]);
    }

    private static string Table()
    {
        var table = new StringBuilder("| latencies | samples a side | same: called worse | 5 % slower: called worse | 10 % slower: called worse | 50 % slower: passed | same: undecided | 5 %: undecided | 10 %: undecided | 50 %: undecided | two fifths ten times slower: passed | undecided |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (var world in LatencyWorlds.All)
        {
            foreach (var samples in new[] { 50, 100, 200, 500, 1000, 2000, 5000 })
            {
                var (same, five, ten, fifty) = (Run(world, 1, samples), Run(world, 1.05, samples), Run(world, 1.1, samples), Run(world, 1.5, samples));
                var mixed = new JudgeTrials(world, 1, samples, slow: 0.4).Run(Trials);
                table.Append(CultureInfo.InvariantCulture, $"| {world.Name} | {samples} | {Share(same.Worse)} | {Share(five.Worse)} | {Share(ten.Worse)} | {Share(fifty.Passed)} | {Share(same.Unknown)} | {Share(five.Unknown)} | {Share(ten.Unknown)} | {Share(fifty.Unknown)} | {Share(mixed.Passed)} | {Share(mixed.Unknown)} |\n");
            }
        }

        return table.ToString();
    }

    private static (int Worse, int Passed, int Unknown) Run(LatencyWorlds world, double factor, int samples) => new JudgeTrials(world, factor, samples).Run(Trials);

    private static string Share(int count) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / Trials:0.0} %");
}
