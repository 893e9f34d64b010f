using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Measures;

namespace MigrationTools.Engine.Metrics;

/// <summary>The kinds of measure that are wired in.</summary>
public sealed class Measurements(IEnumerable<IMeasurement> measurements)
{
    private readonly IReadOnlyList<IMeasurement> _measurements = [.. measurements];

    /// <summary>Takes a measure with whatever was registered for its kind.</summary>
    /// <exception cref="MeasurementException">Nothing is registered for it, or it broke.</exception>
    public Task<MeasuredValue> MeasureAsync(MeasureSpec measure, MigrationSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(spec);
        var taker = _measurements.FirstOrDefault(candidate => candidate.Takes(measure))
            ?? throw new MeasurementException($"Nothing here can take a measure of the kind {measure.GetType().Name}.");
        return taker.MeasureAsync(measure, spec, cancellationToken);
    }
}
