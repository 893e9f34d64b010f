using System.Globalization;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity.Profiles;

/// <summary>
/// Holds the figures of two sides against each other. A figure that agrees speaks for itself; one that differs fails the column where it
/// means the same on both sides, and where it does not (dates kept as text sort as text) it only says that these figures can't tell.
/// </summary>
internal sealed class ProfileComparison
{
    /// <summary>Relative difference up to which two 8-byte floats are the same 15 digits.</summary>
    private const double FifteenDigits = 1e-14;

    private readonly (ProfiledColumn Column, RawProfile Seen, ValueForm Form) _source;
    private readonly (ProfiledColumn Column, RawProfile Seen, ValueForm Form) _target;
    private readonly bool _sameMeaning;
    private readonly List<string> _notes = [];
    private bool _failed;
    private bool _unclear;

    private ProfileComparison((ProfiledColumn Column, RawProfile Seen, ValueForm Form) source, (ProfiledColumn Column, RawProfile Seen, ValueForm Form) target, bool sameTextOrder)
    {
        _source = source;
        _target = target;
        _sameMeaning = source.Form.MeansTheSameAs(target.Form)
            && !Narrows(source.Column.Type, target.Column.Type)
            && (sameTextOrder || source.Form != ValueForm.Text);
    }

    /// <param name="source">The source's column, its figures and what its values are.</param>
    /// <param name="target">The target's.</param>
    /// <param name="sameTextOrder">Whether both servers keep text in UTF-8, so that the order of bytes is the same.</param>
    public static (Verdict Verdict, IReadOnlyList<string> Notes) Of(
        (ProfiledColumn Column, RawProfile Seen, ValueForm Form) source, (ProfiledColumn Column, RawProfile Seen, ValueForm Form) target, bool sameTextOrder)
    {
        var comparison = new ProfileComparison(source, target, sameTextOrder);
        comparison.HoldCounts();
        comparison.HoldBound("minimum", FigureKind.Minimum, FigureKind.ApproximateMinimum);
        comparison.HoldBound("maximum", FigureKind.Maximum, FigureKind.ApproximateMaximum);
        comparison.HoldLengths();
        if (source.Column.WithoutPadding && source.Seen.Present > 0)
        {
            comparison._notes.Add("compared without the blanks with which char(n) is padded");
        }

        return (comparison._failed ? Verdict.Failed : comparison._unclear ? Verdict.Inconclusive : Verdict.Passed, comparison._notes);
    }

    private void HoldCounts()
    {
        var (source, target) = (_source.Seen, _target.Seen);
        Hold("rows", source.Rows, target.Rows, meansTheSame: true);
        Hold("nulls", source.Nulls, target.Nulls, meansTheSame: true);
        Hold("distinct values", source.Distinct, target.Distinct, _sameMeaning);
        if (source.Rows == 0 && target.Rows == 0)
        {
            _notes.Add("both sides are empty");
        }
    }

    private void HoldLengths()
    {
        foreach (var (name, kind) in new[]
        {
            ("shortest length", FigureKind.MinimumLength), ("longest length", FigureKind.MaximumLength), ("total length", FigureKind.TotalLength),
        })
        {
            if (_source.Seen.Has(kind) && _target.Seen.Has(kind))
            {
                Hold(name, _source.Seen.Number(kind), _target.Seen.Number(kind), _source.Form.MeansTheSameAs(_target.Form));
            }
        }
    }

    private void HoldBound(string name, FigureKind kind, FigureKind approximate)
    {
        if (!_source.Seen.Has(kind) || !_target.Seen.Has(kind))
        {
            return;
        }

        var to = _target.Column.Type;
        var (source, target) = (_source.Seen.Value(kind), _target.Seen.Value(kind));
        if (FigureText.Meaning(source, _source.Column.Type, to) == FigureText.Meaning(target, to, to))
        {
            return;
        }

        if (!_sameMeaning && Approximate(_source, kind, approximate) is { } left && Approximate(_target, kind, approximate) is { } right)
        {
            if (Math.Abs(left - right) <= FifteenDigits * Math.Max(Math.Abs(left), Math.Abs(right)))
            {
                _notes.Add($"{name} compared to 15 digits, for one side keeps its numbers as text");
                return;
            }

            Differ(name, Invariant(left), Invariant(right), meansTheSame: true);
            return;
        }

        Differ(name, FigureText.Shown(source), FigureText.Shown(target), _sameMeaning);
    }

    private void Hold(string name, long? source, long? target, bool meansTheSame)
    {
        if (source != target)
        {
            Differ(name, Invariant(source), Invariant(target), meansTheSame);
        }
    }

    private void Differ(string name, string? source, string? target, bool meansTheSame)
    {
        var seen = $"{name}: {source ?? "none"} in the source, {target ?? "none"} in the target";
        _failed |= meansTheSame;
        _unclear |= !meansTheSame;
        _notes.Add(meansTheSame ? seen : $"{seen}, which can't be compared: the source holds {_source.Form.Name} ({_source.Column.Type.Kind}), the target {_target.Form.Name} ({_target.Column.Type.Kind})");
    }

    /// <summary>A bound as a float, for numbers of which a side keeps some as text; null where the column holds no numbers.</summary>
    private static double? Approximate((ProfiledColumn Column, RawProfile Seen, ValueForm Form) side, FigureKind exact, FigureKind approximate)
    {
        if (side.Seen.Float(approximate) is { } given)
        {
            return given;
        }

        if (side.Form != ValueForm.Number)
        {
            return null;
        }

        var batch = new RowBatch(1, 64);
        var (kind, bytes) = side.Seen.Value(exact);
        return kind != CellKind.Null && CellConverters.For(side.Column.Type, new LogicalType(LogicalKind.Decimal)).Convert(kind, bytes, batch) is null
            && double.TryParse(CellText.ToString(batch.KindAt(0, 0), batch.BytesAt(0, 0)), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : null;
    }

    /// <summary>Whether the target holds coarser values than the source, so that two of them may become one.</summary>
    private static bool Narrows(LogicalType source, LogicalType target) =>
        (target.Kind == LogicalKind.Float32 && source.Kind != LogicalKind.Float32)
        || (target.Kind is LogicalKind.Time or LogicalKind.Timestamp or LogicalKind.TimestampTz && (target.Precision ?? 6) < (source.Precision ?? 6));

    private static string? Invariant(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);
}
