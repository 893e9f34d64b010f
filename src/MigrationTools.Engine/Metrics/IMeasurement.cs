using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Measures;

namespace MigrationTools.Engine.Metrics;

/// <summary>Takes one kind of measure. A new kind is a <see cref="MeasureSpec"/>, one of these and one registration.</summary>
public interface IMeasurement
{
    /// <summary>Whether this kind of measure is taken here.</summary>
    bool Takes(MeasureSpec measure);

    /// <summary>Looks once, now.</summary>
    /// <param name="measure">One that <see cref="Takes"/> accepts.</param>
    /// <param name="spec">The spec it stands in: its systems and its directory.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="MigrationToolsException">The look itself broke: that is an Error, never a value.</exception>
    Task<MeasuredValue> MeasureAsync(MeasureSpec measure, MigrationSpec spec, CancellationToken cancellationToken);
}
