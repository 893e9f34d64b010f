using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>How results of partitions are written: with the keys of differing rows just as their side gave them, so that what is done about them can be done after the merge.</summary>
internal static class PartitionJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(MigrationJson.Pretty);
        options.Converters.Add(new KeyCellsConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class KeyCellsConverter : JsonConverter<KeyCells>
    {
        public override KeyCells? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, KeyCells value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.Bytes);
    }
}
