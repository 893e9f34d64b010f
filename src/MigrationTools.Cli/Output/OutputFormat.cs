namespace MigrationTools.Cli.Output;

/// <summary>What standard output gets.</summary>
internal enum OutputFormat
{
    /// <summary>Text and tables for people.</summary>
    Table = 0,

    /// <summary>One JSON object.</summary>
    Json,

    /// <summary>JSON Lines: an object a line, as soon as it is there.</summary>
    JsonLines,
}
