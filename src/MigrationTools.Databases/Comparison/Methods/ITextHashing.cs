using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>A snapshot whose engine can turn rows into the canonical text of <see cref="RowText"/> and hash a segment of them.</summary>
internal interface ITextHashing : ISegmentedSnapshot
{
    /// <summary>What the server gives the columns of a query as, in words of the engine.</summary>
    Task<IReadOnlyList<string>> DescribeAsync(RowQuery query, CancellationToken cancellationToken);

    /// <summary>The way to the canonical text of a column; null where the engine has none.</summary>
    string? TextFormOf(string type, ColumnMeaning meaning);

    /// <summary>The texts of the probes of some forms, which must be those of <see cref="TextProbes"/>.</summary>
    Task<IReadOnlyList<string>> ProbeTextsAsync(IReadOnlyList<string> forms, CancellationToken cancellationToken);

    ISegmentHasher HashTexts(RowQuery query, IReadOnlyList<string> forms, IReadOnlyList<ColumnMeaning> meanings, KeyStretches segmentation);
}
