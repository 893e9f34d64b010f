using System.Text.Json.Serialization;

namespace MigrationTools.Cli.Output;

/// <summary>How results whose first must come soon are written: finding that out of their types while the program runs takes it longer than a small comparison.</summary>
[JsonSerializable(typeof(TablesOutput<TableOutput>))]
internal sealed partial class OutputContext : JsonSerializerContext;
