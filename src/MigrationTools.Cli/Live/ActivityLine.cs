using MigrationTools.Cli.Terminal;

namespace MigrationTools.Cli.Live;

/// <summary>An activity on one line: name, share, numbers, speed, time left.</summary>
internal static class ActivityLine
{
    private const int BarWidth = 20;
    private const int WidthWithBar = 100;

    /// <param name="view">The activity.</param>
    /// <param name="nameWidth">Where the numbers begin.</param>
    /// <param name="columns">Width of the terminal; the line stays below it.</param>
    /// <param name="paint">Colours of the terminal.</param>
    public static string Format(ActivityView view, int nameWidth, int columns, Paint paint)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(paint);
        if (view.Progress.Unit.Length == 0)
        {
            // Nothing is counted beside it: the text has the line, and its end is how long it has been so.
            var elapsed = Numbers(view);
            return $"  {Printable.Cut(Printable.Line(view.Progress.Activity), Math.Max(columns - 1 - 2 - 2 - elapsed.Length, nameWidth - 2)).PadRight(nameWidth - 2)}  {elapsed}";
        }

        var name = Printable.Cut(new string(' ', 2 + (view.Depth * 2)) + Printable.Line(view.Progress.Activity), nameWidth).PadRight(nameWidth);
        var bar = columns >= WidthWithBar && Share(view) is { } share ? $"{Bar(share)} " : "";
        var rest = Numbers(view);
        // Cut before it is painted: half an escape sequence is worse than half a word.
        var room = Math.Max(columns - 1 - name.Length - 2 - bar.Length, 0);
        return $"{name}  {paint.Good(bar)}{Printable.Cut(rest, room)}";
    }

    /// <summary>The same in words, for a sentence.</summary>
    public static string Describe(ActivityView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Progress.Unit.Length == 0
            ? $"{Printable.Line(view.Progress.Activity)} (for {Quantity.Duration(view.Elapsed)})"
            : $"{Printable.Line(view.Progress.Activity)} ({Amount(view)})";
    }

    private static string Numbers(ActivityView view)
    {
        if (view.Progress.Unit.Length == 0)
        {
            return Quantity.Duration(view.Elapsed);
        }

        var parts = new List<string>(4);
        if (Share(view) is { } share)
        {
            parts.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Floor(share * 100),3:0} %"));
        }

        parts.Add(Amount(view));
        // Steps and checks differ too much from one to the next for a speed to mean anything.
        if (view.Progress.Unit is "rows" or "bytes")
        {
            if (view.Rate is { } rate)
            {
                parts.Add(view.Progress.Unit == "bytes" ? $"{Quantity.Bytes((long)rate)}/s" : $"{Quantity.Count((long)rate)} rows/s");
            }

            if (view.TimeLeft is { } left)
            {
                parts.Add($"{Quantity.TimeLeft(left)} left");
            }
        }

        return string.Join("  ", parts);
    }

    private static string Amount(ActivityView view)
    {
        var (done, total) = (view.Progress.Done, view.Progress.Total);
        return view.Progress.Unit == "bytes"
            ? total is { } bytes ? $"{Quantity.Bytes(done)} of {Quantity.Bytes(bytes)}" : Quantity.Bytes(done)
            : total is { } all ? $"{Quantity.Count(done)} of {Quantity.Count(all)} {view.Progress.Unit}" : $"{Quantity.Count(done)} {view.Progress.Unit}";
    }

    private static double? Share(ActivityView view) =>
        view.Progress is { Total: > 0 and { } total, Unit.Length: > 0 } ? Math.Clamp((double)view.Progress.Done / total, 0, 1) : null;

    private static string Bar(double share)
    {
        var full = (int)(share * BarWidth);
        return string.Concat(new string('█', full), new string('░', BarWidth - full));
    }
}
