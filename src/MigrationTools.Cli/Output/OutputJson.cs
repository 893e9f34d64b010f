using System.Text.Json;
using MigrationTools.Engine;

namespace MigrationTools.Cli.Output;

/// <summary><see cref="MigrationJson"/>, with what is known of some types since the program was built.</summary>
internal static class OutputJson
{
    public static JsonSerializerOptions Line { get; } = With(MigrationJson.Line);

    public static JsonSerializerOptions Pretty { get; } = With(MigrationJson.Pretty);

    private static JsonSerializerOptions With(JsonSerializerOptions options)
    {
        var known = new JsonSerializerOptions(options);
        known.TypeInfoResolverChain.Insert(0, OutputContext.Default);
        known.MakeReadOnly();
        return known;
    }
}
