using MigrationTools.Databases.Integrity;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Measures;

namespace MigrationTools.Databases.Readiness;

/// <summary>The one value of a query that only reads; NULL and no row give no value, and several are no measurement.</summary>
public sealed class SqlMeasurement(DatabaseCatalog catalog, TimeProvider time) : IMeasurement
{
    public bool Takes(MeasureSpec measure) => measure is SqlMeasureSpec;

    /// <exception cref="DatabaseException">The database can't be asked.</exception>
    /// <exception cref="MeasurementException">The system is not there, the measure has no SQL for its engine, or its query gives more than one value.</exception>
    public async Task<MeasuredValue> MeasureAsync(MeasureSpec measure, MigrationSpec spec, CancellationToken cancellationToken)
    {
        var sql = (SqlMeasureSpec)measure;
        ArgumentNullException.ThrowIfNull(spec);
        var system = spec.Databases.FirstOrDefault(candidate => candidate.Name == sql.System)
            ?? throw new MeasurementException($"'{sql.System}' is not a database system of the spec.");
        var database = catalog.Open(sql.Side == EndpointSide.Source ? system.Source : system.Target);
        await using var ofDatabase = database.ConfigureAwait(false);
        var query = sql.Query.For(database.Dialect.Name)
            ?? throw new MeasurementException($"The measure on {sql.System} has no SQL for {database.Dialect.Name}.");
        var look = await Look.OpenAsync(database, time, cancellationToken).ConfigureAwait(false);
        await using var ofLook = look.ConfigureAwait(false);
        var (answer, evidence) = await look.AskAsync(query, cancellationToken).ConfigureAwait(false);
        return answer.IsOneValue
            ? new MeasuredValue(answer.Value, evidence)
            : throw new MeasurementException($"The measure on {sql.System} gives {answer.Shape} where one value is expected: write its query so that it gives one.");
    }
}
