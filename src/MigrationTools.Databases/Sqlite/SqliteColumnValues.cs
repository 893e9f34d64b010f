using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>
/// SQLite's functions for the values of the row at hand, called without the bookkeeping that the library's wrapper does for every call:
/// where millions of cells are read, that costs more than the reading. One call locks and gives the value; the others only look at it
/// (sqlite.org/c3ref/value_blob.html), which is safe while no one else uses the connection.
/// </summary>
internal static unsafe partial class SqliteColumnValues
{
    private const string LibraryName = "e_sqlite3";

    // What only looks at a field of the value is too short for the runtime to be told of.
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, nint> ColumnValue =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, nint>)Export("sqlite3_column_value");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ValueType =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Export("sqlite3_value_type");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long> ValueInt64 =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long>)Export("sqlite3_value_int64");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double> ValueDouble =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double>)Export("sqlite3_value_double");

    private static readonly delegate* unmanaged[Cdecl]<nint, byte*> ValueText =
        (delegate* unmanaged[Cdecl]<nint, byte*>)Export("sqlite3_value_text");

    // These two look only, once a text is UTF-8; of a blob of zeros that is stored as their number alone they make one.
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*> ValueBlob =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*>)Export("sqlite3_value_blob");

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ValueBytes =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Export("sqlite3_value_bytes");

    static SqliteColumnValues() => NativeLibrary.SetDllImportResolver(
        typeof(SqliteColumnValues).Assembly,
        static (name, _, _) => name == LibraryName ? Library() : nint.Zero);

    /// <summary>Moves a statement to its next row; answers SQLite's result code.</summary>
    // No function pointer: before a call that is declared so the runtime clears the upper halves of the wide registers (dotnet/runtime pull request 98261). SQLite's code knows
    // only the lower halves, and with anything in the upper ones each change between its code and ours takes the processor a hundred cycles or more.
    [LibraryImport(LibraryName, EntryPoint = "sqlite3_step")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Step(nint statement);

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

    private static nint Export(string name) => NativeLibrary.GetExport(Library(), name);

    private static nint Library() => NativeLibrary.Load(raw.GetNativeLibraryName(), typeof(SQLite3Provider_e_sqlite3).Assembly, null);
}
