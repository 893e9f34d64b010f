using System.Text.Json.Serialization;
using MigrationTools.Databases.Comparison;

namespace MigrationTools.Cli.Output;

/// <summary>How results whose first must come soon are written: finding that out of their types while the program runs takes it longer than a small comparison.</summary>
[JsonSerializable(typeof(DatabaseComparison))]
internal sealed partial class OutputContext : JsonSerializerContext;
