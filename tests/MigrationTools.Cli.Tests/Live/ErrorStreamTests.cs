using MigrationTools.Cli.Live;
using MigrationTools.Cli.Terminal;
using MigrationTools.Cli.Tests.Driving;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Cli.Tests.Live;

public sealed class ErrorStreamTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ActivityBoard _board;
    private readonly StringWriter _text = new();

    public ErrorStreamTests() => _board = new ActivityBoard(_time, "copy");

    public void Dispose() => _text.Dispose();

    [Fact]
    public void Rate_and_time_left_are_those_of_the_last_seconds()
    {
        using var stream = Open(terminal: true);
        _board.Report(new Progress("copy orders", 1_000_000, 2_000_000, "rows"));
        _time.Advance(TimeSpan.FromMilliseconds(250));
        for (var second = 1; second <= 8; second++)
        {
            _board.Report(new Progress("copy orders", 1_000_000 + (second * 50_000), 2_000_000, "rows"));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var line = LastLine();
        line.ShouldContain("70 %");
        line.ShouldContain("1,400,000 of 2,000,000 rows");
        line.ShouldContain("50,000 rows/s");
        line.ShouldContain("12 s left");
    }

    [Fact]
    public void A_resumed_copy_does_not_count_what_was_there_before_as_speed()
    {
        using var stream = Open(terminal: true);
        _board.Report(new Progress("copy orders", 5_000_000_000, 6_000_000_000, "rows"));
        _time.Advance(TimeSpan.FromSeconds(1));

        LastLine().ShouldContain("5,000,000,000 of 6,000,000,000 rows  0 rows/s");
        LastLine().ShouldNotContain("left");
    }

    [Fact]
    public void Several_activities_stand_under_the_one_that_they_are_part_of()
    {
        using var stream = Open(terminal: true);
        _board.Report(new Progress("copy tables", 1, 3, "tables"));
        _board.Report(new Progress("copy a", 1, null, "rows") { Parent = "copy tables" });
        _board.Report(new Progress("run", 4, 8, "steps"));
        _board.Report(new Progress("copy b", 2, null, "rows") { Parent = "copy tables" });
        _time.Advance(TimeSpan.FromMilliseconds(250));

        Screen().Select(line => line.Trim().Split("  ")[0]).ShouldBe(["copy tables", "copy a", "copy b", "run"]);
    }

    [Fact]
    public void What_is_completed_is_gone_and_disposing_leaves_a_clean_line()
    {
        var stream = Open(terminal: true);
        _board.Report(new Progress("copy a", 1, null, "rows"));
        _board.Report(new Progress("copy b", 1, null, "rows"));
        _time.Advance(TimeSpan.FromMilliseconds(250));
        _board.Report(new Progress("copy a", 2, 2, "rows") { Completed = true });
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Screen().Single().ShouldContain("copy b");

        stream.Dispose();

        Screen().ShouldBeEmpty();
        _time.Timers.ShouldBe(0);
    }

    [Fact]
    public void Lines_that_stay_go_above_the_live_ones()
    {
        using var stream = Open(terminal: true);
        _board.Report(new Progress("copy a", 1, null, "rows"));
        _time.Advance(TimeSpan.FromMilliseconds(250));
        stream.WriteLine("a warning");
        stream.WriteLine("another");
        _time.Advance(TimeSpan.FromMilliseconds(250));

        Screen().Select(line => line.Trim().Split("  ")[0]).ShouldBe(["a warning", "another", "copy a"]);
    }

    [Fact]
    public void It_is_drawn_four_times_a_second_however_often_it_is_reported()
    {
        using var stream = Open(terminal: true);
        for (var report = 0; report < 10_000; report++)
        {
            _board.Report(new Progress("copy a", report, null, "rows"));
        }

        _time.Advance(TimeSpan.FromSeconds(1));

        _text.ToString().Split("copy a").Length.ShouldBe(1 + 4);
    }

    [Fact]
    public void More_activities_than_the_screen_holds_are_counted()
    {
        using var stream = Open(terminal: true, rows: 10);
        for (var table = 0; table < 40; table++)
        {
            _board.Report(new Progress($"copy {table}", 1, null, "rows"));
        }

        _time.Advance(TimeSpan.FromMilliseconds(250));

        Screen().Count.ShouldBe(5);
        Screen()[^1].ShouldContain("36 more");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void No_line_is_wider_than_the_terminal(int columns)
    {
        using var stream = Open(terminal: true, columns: columns);
        _board.Report(new Progress($"copy {new string('x', 300)}", 1_000_000_000_000, 2_000_000_000_000, "rows"));
        _time.Advance(TimeSpan.FromSeconds(2));

        Screen().ShouldAllBe(line => line.Length < columns);
    }

    [Fact]
    public void Where_nobody_looks_nothing_is_drawn()
    {
        using var stream = Open(terminal: false);
        _board.Report(new Progress("copy a", 1, null, "rows"));
        _time.Advance(TimeSpan.FromSeconds(5));

        _text.ToString().ShouldBeEmpty();
        _time.Timers.ShouldBe(0);
    }

    private ErrorStream Open(bool terminal, int columns = 120, int rows = 30) => new(
        new CliConsole
        {
            Out = TextWriter.Null,
            Error = _text,
            In = TextReader.Null,
            ErrorIsTerminal = terminal,
            AllowsLiveLines = true,
            Size = () => (columns, rows),
        },
        _board,
        _time);

    private string LastLine() => Screen()[^1];

    /// <summary>What a terminal shows after all that was written: lines, with "up n lines and clear" carried out.</summary>
    private List<string> Screen()
    {
        var lines = new List<string>();
        var current = "";
        var text = _text.ToString().Replace("\u001b[?7l", "").Replace("\u001b[?7h", "").Replace("\u001b[J", "");
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\u001b')
            {
                var end = text.IndexOf('A', at);
                lines.RemoveRange(lines.Count - int.Parse(text[(at + 2)..end]), int.Parse(text[(at + 2)..end]));
                at = end;
            }
            else if (text[at] == '\n')
            {
                lines.Add(current);
                current = "";
            }
            else if (text[at] != '\r')
            {
                current += text[at];
            }
        }

        current.ShouldBeEmpty();
        return lines;
    }
}
