using MigrationTools.Databases.Mapping;

namespace MigrationTools.Databases.Comparison;

/// <summary>Takes differences as they are found, of several tables in turn or at once. Thread-safe.</summary>
public interface IDifferenceSink
{
    /// <summary>One difference; those of a table come in no order that could be relied on.</summary>
    /// <param name="pair">The tables.</param>
    /// <param name="difference">What differs.</param>
    void Add(TablePair pair, RowDifference difference);
}
