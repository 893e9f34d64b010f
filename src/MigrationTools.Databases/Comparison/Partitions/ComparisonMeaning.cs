namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>Those options that decide what counts as a difference. They belong to the plan, for all partitions must mean the same by 'equal'.</summary>
public sealed record ComparisonMeaning
{
    public TextRules Text { get; init; } = new();

    public double FloatTolerance { get; init; }

    public TimeSpan TimeTolerance { get; init; }

    public double? Sample { get; init; }

    /// <summary>How long a row may differ without counting.</summary>
    public TimeSpan? Settle { get; init; }

    public static ComparisonMeaning Of(ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ComparisonMeaning { Text = options.Text, FloatTolerance = options.FloatTolerance, TimeTolerance = options.TimeTolerance, Sample = options.Sample, Settle = options.Settle };
    }

    /// <summary>The options with this meaning.</summary>
    public ComparisonOptions ApplyTo(ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { Text = Text, FloatTolerance = FloatTolerance, TimeTolerance = TimeTolerance, Sample = Sample, Settle = Settle };
    }
}
