namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>Rows in the order of their keys, and rows of one key in the order of their bytes.</summary>
internal interface ISortedRows
{
    /// <summary>The row read last; valid until the next <see cref="Read"/>.</summary>
    ReadOnlySpan<byte> Row { get; }

    int KeyLength { get; }

    /// <summary>What was put aside with the row and is no part of it.</summary>
    ReadOnlySpan<byte> Tail { get; }

    /// <summary>Goes to the next row; false at the end.</summary>
    bool Read();
}
