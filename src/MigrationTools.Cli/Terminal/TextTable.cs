using MigrationTools.Engine.Checks;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MigrationTools.Cli.Terminal;

/// <summary>A table on standard output, laid out by Spectre.Console, at most as wide as the console allows.</summary>
internal sealed class TextTable
{
    private readonly Table _table = new() { Border = TableBorder.None, UseSafeBorder = false };
    private readonly List<bool> _isNumber = [];

    /// <summary>Adds a column whose text wraps.</summary>
    public TextTable Column(string header) => Add(header, number: false, wraps: true);

    /// <summary>Adds a column whose text stays on one line: names to be copied.</summary>
    public TextTable Name(string header) => Add(header, number: false, wraps: false);

    /// <summary>Adds a column of numbers.</summary>
    public TextTable Number(string header) => Add(header, number: true, wraps: false);

    /// <summary>Adds a row; a verdict is coloured, everything else is text.</summary>
    public TextTable Row(params object?[] cells)
    {
        _table.AddRow(cells.Select(Cell));
        return this;
    }

    public void Write(CliConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        using var text = new StringWriter();
        var colors = console.OutPaint.Enabled;
        var spectre = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
            // On build servers the defaults would turn escape sequences on.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        spectre.Profile.Width = console.TableWidth;
        spectre.Profile.Capabilities.Unicode = true;
        spectre.Write(_table);
        foreach (var line in text.ToString().Split('\n'))
        {
            if (line.TrimEnd() is { Length: > 0 } written)
            {
                console.Out.WriteLine(written);
            }
        }
    }

    private static IRenderable Cell(object? cell) => cell switch
    {
        null => new Text("-"),
        Verdict verdict => new Text(verdict.ToString(), new Style(ColorOf(verdict))),
        _ => new Text(Printable.Lines(cell.ToString() ?? "")),
    };

    private static Color ColorOf(Verdict verdict) => verdict switch
    {
        Verdict.Passed => Color.Green,
        Verdict.Failed or Verdict.Error => Color.Maroon,
        Verdict.Skipped => Color.Grey,
        _ => Color.Olive,
    };

    private TextTable Add(string header, bool number, bool wraps)
    {
        var column = new TableColumn(new Text(header, new Style(decoration: Decoration.Underline)))
        {
            NoWrap = !wraps,
            Alignment = number ? Justify.Right : Justify.Left,
            Padding = new Padding(0, 0, 2, 0),
        };
        _isNumber.Add(number);
        _table.AddColumn(column);
        return this;
    }
}
