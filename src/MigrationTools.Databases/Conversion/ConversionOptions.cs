using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion;

/// <summary>What a target's engine demands beyond the types of its columns. The defaults are PostgreSQL's.</summary>
public sealed record ConversionOptions
{
    public TextContent Text { get; init; }

    /// <summary>The demands of the engine that a dialect belongs to.</summary>
    public static ConversionOptions For(ISqlDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        return dialect.Name == "sqlite" ? new ConversionOptions { Text = TextContent.Any } : new ConversionOptions();
    }
}
