using System.Text;
using MigrationTools.Databases.Mapping;

namespace MigrationTools.Databases.Comparison.Differences;

/// <summary>One difference a line, as JSON (jsonlines.org).</summary>
internal sealed class JsonLinesDifferenceFile(string path) : DifferenceFile(path)
{
    private protected override void Write(TextWriter writer, TablePair pair, RowDifference difference)
    {
        writer.Write(Encoding.UTF8.GetString(DifferenceJson.Line(pair.SourceName, pair.TargetName, difference).Span));
        writer.Write('\n');
    }
}
