using System.Text.Json;
using MigrationTools.Cli.Live;
using MigrationTools.Cli.Terminal;

namespace MigrationTools.Cli.Output;

/// <summary>Standard output in the asked form. Each method writes in its own form only, so that a verb can offer all three.</summary>
internal sealed class ResultStream(CliConsole console, ErrorStream error, OutputFormat format)
{
    public OutputFormat Format { get; } = format;

    /// <summary>One thing of a stream: a line, in JSON Lines.</summary>
    public void Item<T>(T item)
    {
        if (Format == OutputFormat.JsonLines)
        {
            error.Around(() => console.Out.WriteLine(JsonSerializer.Serialize(item, OutputJson.Line)));
        }
    }

    /// <summary>The one object, in JSON.</summary>
    public void Whole<T>(T result)
    {
        if (Format == OutputFormat.Json)
        {
            error.Around(() => console.Out.WriteLine(JsonSerializer.Serialize(result, OutputJson.Pretty)));
        }
    }

    /// <summary>Text for people.</summary>
    public void Text(Action<CliConsole> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (Format == OutputFormat.Table)
        {
            error.Around(() => write(console));
        }
    }
}
