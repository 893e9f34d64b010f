using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>
/// SQLite's functions for the values of the row at hand, called without the bookkeeping that the library's wrapper does for every call:
/// where millions of cells are read, that costs more than the reading. One call locks and gives the value; the others only look at it
/// (sqlite.org/c3ref/value_blob.html), which is safe while no one else uses the connection.
/// </summary>
internal static unsafe class SqliteColumnValues
{
    // What only looks at a field of the value is too short for the runtime to be told of.
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, nint> ColumnValue =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, nint>)Export("sqlite3_column_value");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ValueType =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Export("sqlite3_value_type");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long> ValueInt64 =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long>)Export("sqlite3_value_int64");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double> ValueDouble =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double>)Export("sqlite3_value_double");

    private static readonly delegate* unmanaged[Cdecl]<nint, int> StatementStep =
        (delegate* unmanaged[Cdecl]<nint, int>)Export("sqlite3_step");

    private static readonly delegate* unmanaged[Cdecl]<nint, byte*> ValueText =
        (delegate* unmanaged[Cdecl]<nint, byte*>)Export("sqlite3_value_text");

    // These two look only, once a text is UTF-8; of a blob of zeros that is stored as their number alone they make one.
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*> ValueBlob =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*>)Export("sqlite3_value_blob");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ValueBytes =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Export("sqlite3_value_bytes");

    /// <summary>Moves a statement to its next row; answers SQLite's result code.</summary>
    public static int Step(nint statement) => StatementStep(statement);

    /// <summary>The value in a column of the row that the statement stands on; valid until the statement moves.</summary>
    public static nint At(nint statement, int column) => ColumnValue(statement, column);

    /// <summary>SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL.</summary>
    public static int TypeOf(nint value) => ValueType(value);

    public static long Int64Of(nint value) => ValueInt64(value);

    public static double Float64Of(nint value) => ValueDouble(value);

    /// <summary>Makes SQLite hold the text as UTF-8; false where there is no memory for it.</summary>
    // Not inlined: a method with such a call is made ready for it each time that it is entered, also where it does not come to it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryToUtf8(nint value) => ValueText(value) != null;

    /// <summary>The bytes of a text or blob with their true length, where the text functions would end at a NUL.</summary>
    public static ReadOnlySpan<byte> BytesOf(nint value)
    {
        var bytes = ValueBlob(value);
        return bytes == null ? default : new ReadOnlySpan<byte>(bytes, ValueBytes(value));
    }

    private static nint Export(string name) => NativeLibrary.GetExport(
        NativeLibrary.Load(raw.GetNativeLibraryName(), typeof(SQLite3Provider_e_sqlite3).Assembly, null), name);
}
