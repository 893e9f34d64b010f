using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs;

/// <summary>What kind of move it is; for reports and recommendations.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MigrationType>))]
public enum MigrationType
{
    DataMigration = 0,
    DatabaseSchema,
    ApplicationVersion,
    PlatformMigration,
    Infrastructure,
    ApiVersion,
    MicroserviceDecomposition,
    FrameworkUpgrade,
    SmartContract,
}
