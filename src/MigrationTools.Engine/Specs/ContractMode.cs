using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs;

/// <summary>What is removed of a source in the end, after the new side was watched and a person approved.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContractMode>))]
public enum ContractMode
{
    /// <summary>Nothing: it stays as it is, and the way back stays open.</summary>
    Nothing = 0,

    /// <summary>The tables that were moved. From then on there is no way back but a backup.</summary>
    DropTables,
}
