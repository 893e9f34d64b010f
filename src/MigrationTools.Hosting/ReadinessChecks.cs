using MigrationTools.Databases.Backups;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Readiness;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Readiness;

namespace MigrationTools.Hosting;

/// <summary>Every check of readiness, in the order in which people want to read them.</summary>
internal static class ReadinessChecks
{
    public static ReadinessAssessment All(DatabaseCatalog catalog, DatabaseLayouts layouts, TrafficCatalog routers, HttpClient client, TimeProvider time)
    {
        var pairs = new PlannedPairs(layouts);
        var http = new HttpMeasurement(client, time);
        var measurements = new Measurements([new SqlMeasurement(catalog, time), http, new CommandMeasurement(time)]);
        return new ReadinessAssessment(
        [
            new DatabaseHealthCheck(catalog, time),
            new HttpHealthCheck(http, time),
            new RouterReadyCheck(routers, time),
            new CommandReadyCheck(time),
            new DependencyCheck(measurements, time),
            new WritableCheck(catalog, time),
            new EncodingCheck(catalog, time),
            new ResourceCheck(catalog, time),
            Backup(catalog, time),
            new TargetStateCheck(catalog, pairs, time),
            new CompatibilityCheck(catalog, pairs, time),
            new ReplicationCheck(catalog, layouts, time),
        ]);
    }

    /// <summary>Only the backups.</summary>
    public static ReadinessAssessment Backups(DatabaseCatalog catalog, TimeProvider time) => new([Backup(catalog, time)]);

    private static BackupCheck Backup(DatabaseCatalog catalog, TimeProvider time) => new(new BackupVerification(catalog, time), time);
}
