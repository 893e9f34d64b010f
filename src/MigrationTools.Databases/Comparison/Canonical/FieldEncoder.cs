using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>
/// Writes the cells of one column of one side in canonical form. A cell that can't be turned into what the column is compared
/// as is written as what it is, under its own tag: it equals only its like, and is never dropped. Not thread-safe.
/// </summary>
internal sealed class FieldEncoder
{
    private readonly ColumnMeaning _meaning;
    private readonly CellKind _native;
    private readonly CellConverter _converter;
    private readonly RowBatch _scratch = new(1, 256);
    private readonly long _unit;
    private readonly uint _plain;

    public FieldEncoder(ColumnMeaning meaning, LogicalType side)
    {
        _meaning = meaning;
        _native = NativeKind(meaning.Kind);
        var to = new LogicalType(meaning.Kind);
        _converter = CellConverters.For(side, to, new ConversionOptions { Text = TextContent.Any });
        _unit = 1;
        for (var digit = meaning.SecondDigits; digit < 6; digit++)
        {
            _unit *= 10;
        }

        foreach (var kind in Enum.GetValues<CellKind>().Where(IsAsItComes))
        {
            _plain |= 1u << (int)kind;
        }
    }

    /// <summary>Writes the bytes of the canonical form.</summary>
    public void Encode(CellKind kind, ReadOnlySpan<byte> bytes, CanonicalBuffer into)
    {
        var target = new BufferTarget(into);
        Encode(kind, bytes, ref target);
    }

    /// <summary>Adds the canonical form to a hash.</summary>
    public void Hash(CellKind kind, ReadOnlySpan<byte> bytes, ref CellHash into) => Encode(kind, bytes, ref into);

    /// <summary>Whether cells of a kind are in canonical form as they come, so that their hash is that of their bytes.</summary>
    public bool IsPlain(CellKind kind) => ((_plain >> (int)kind) & 1) != 0;

    /// <summary>The whole number that a cell is in canonical form; false where it is none.</summary>
    public bool TryWholeNumber(CellKind kind, ReadOnlySpan<byte> bytes, out long number)
    {
        if (kind == CellKind.Int64 && _native is CellKind.Int64 or CellKind.Decimal or CellKind.Null)
        {
            number = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            return true;
        }

        var form = new CanonicalBuffer(0);
        Encode(kind, bytes, form);
        var whole = form.Bytes[0] == (byte)CanonicalTag.Integer;
        number = whole ? BinaryPrimitives.ReadInt64BigEndian(form.Bytes[1..]) ^ long.MinValue : 0;
        return whole;
    }

    private void Encode<T>(CellKind kind, ReadOnlySpan<byte> bytes, ref T into)
        where T : struct, IFieldTarget
    {
        if (kind == _native || kind == CellKind.Null || _native == CellKind.Null)
        {
            Write(kind, bytes, ref into);
            return;
        }

        if (_meaning.BlobsApart && (kind, _native) is (CellKind.Blob, CellKind.Text) or (CellKind.Text, CellKind.Blob))
        {
            Write(kind, bytes, ref into);
            return;
        }

        if (_native == CellKind.Decimal && kind is CellKind.Int64 or CellKind.Float64 or CellKind.Float32)
        {
            Write(kind, bytes, ref into);
            return;
        }

        if (TryCommon(kind, bytes, ref into))
        {
            return;
        }

        _scratch.Clear();
        if (_converter.Convert(kind, bytes, _scratch) is null)
        {
            Write(_native, _scratch.BytesAt(0, 0), ref into);
        }
        else
        {
            Write(kind, bytes, ref into);
        }
    }

    // What SQLite, which has neither truths nor times, mostly holds in their place: what the converter would make of it, without its ways for all the rest.
    private bool TryCommon<T>(CellKind kind, ReadOnlySpan<byte> bytes, ref T into)
        where T : struct, IFieldTarget
    {
        switch (_native)
        {
            case CellKind.Boolean when kind == CellKind.Int64 && BinaryPrimitives.ReadInt64LittleEndian(bytes) is 0 or 1:
                into.WriteByte(CanonicalTag.Boolean, bytes[0]);
                return true;
            case CellKind.Timestamp when kind == CellKind.Text && TimestampParser.TryParseCommon(bytes, out var microseconds):
                into.WriteInt64(CanonicalTag.Timestamp, Round(microseconds));
                return true;
            case CellKind.TimestampTz when kind == CellKind.Text && TimestampParser.TryParseCommon(bytes, out var microseconds):
                into.WriteInt64(CanonicalTag.TimestampTz, Round(microseconds));
                return true;
            default:
                return false;
        }
    }

    private void Write<T>(CellKind kind, ReadOnlySpan<byte> bytes, ref T into)
        where T : struct, IFieldTarget
    {
        switch (kind)
        {
            case CellKind.Null:
                into.WriteNull();
                break;
            case CellKind.Int64:
                into.WriteInt64(CanonicalTag.Integer, BinaryPrimitives.ReadInt64LittleEndian(bytes));
                break;
            case CellKind.Text:
                WriteText(_meaning.WithoutPadding ? bytes.TrimEnd((byte)' ') : bytes, ref into);
                break;
            case CellKind.Float64 when _native == CellKind.Float64:
                into.WriteFloat64(BinaryPrimitives.ReadDoubleLittleEndian(bytes));
                break;
            case CellKind.Float32 when _native == CellKind.Float32:
                into.WriteFloat32(BinaryPrimitives.ReadSingleLittleEndian(bytes));
                break;
            case CellKind.Float64:
                WriteNumber(BinaryPrimitives.ReadDoubleLittleEndian(bytes), ref into);
                break;
            case CellKind.Float32:
                WriteNumber(BinaryPrimitives.ReadSingleLittleEndian(bytes), ref into);
                break;
            case CellKind.Decimal:
                WriteNumber(bytes, ref into);
                break;
            case CellKind.Boolean:
                into.WriteByte(CanonicalTag.Boolean, bytes[0]);
                break;
            case CellKind.Blob:
                into.WriteVariable(CanonicalTag.Blob, bytes);
                break;
            case CellKind.Date:
                into.WriteInt32(CanonicalTag.Date, BinaryPrimitives.ReadInt32LittleEndian(bytes));
                break;
            case CellKind.Time:
                into.WriteInt64(CanonicalTag.Time, Round(BinaryPrimitives.ReadInt64LittleEndian(bytes)));
                break;
            case CellKind.Timestamp:
                into.WriteInt64(CanonicalTag.Timestamp, Round(BinaryPrimitives.ReadInt64LittleEndian(bytes)));
                break;
            case CellKind.TimestampTz:
                into.WriteInt64(CanonicalTag.TimestampTz, Round(BinaryPrimitives.ReadInt64LittleEndian(bytes)));
                break;
            case CellKind.Interval:
                into.WriteFixed(CanonicalTag.Interval, bytes);
                break;
            case CellKind.Uuid:
                into.WriteFixed(CanonicalTag.Uuid, bytes);
                break;
            case CellKind.Json:
                WriteJson(bytes, ref into);
                break;
            case CellKind.Opaque:
                into.WriteVariable(CanonicalTag.Opaque, bytes);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "No canonical form for this kind.");
        }
    }

    private void WriteText<T>(ReadOnlySpan<byte> text, ref T into)
        where T : struct, IFieldTarget
    {
        var rules = _meaning.Text;
        if (text.IsEmpty && rules.EmptyAsNull)
        {
            into.WriteNull();
        }
        else if ((rules.IgnoreCase || rules.Normalize) && Utf8.IsValid(text))
        {
            into.WriteVariable(CanonicalTag.Text, Encoding.UTF8.GetBytes(Fold(Encoding.UTF8.GetString(text), rules)));
        }
        else
        {
            into.WriteVariable(CanonicalTag.Text, text);
        }
    }

    // Composed first and last: an upper-case letter may have another composition than its lower-case one.
    private static string Fold(string text, TextRules rules)
    {
        var composed = rules.Normalize ? text.Normalize(NormalizationForm.FormC) : text;
        var folded = rules.IgnoreCase ? composed.ToUpperInvariant() : composed;
        return rules is { Normalize: true, IgnoreCase: true } ? folded.Normalize(NormalizationForm.FormC) : folded;
    }

    /// <summary>To the coarser precision as PostgreSQL rounds (AdjustTimestampForTypmod): to the nearest, halves away from 2000.</summary>
    private long Round(long microseconds)
    {
        if (_unit == 1 || microseconds is long.MaxValue or long.MinValue)
        {
            return microseconds;
        }

        var half = microseconds < 0 ? -(_unit / 2) : _unit / 2;
        return (microseconds + half) / _unit * _unit;
    }

    // The room is not cleared before: that is done by wide registers, after which SQLite's code is slow (SqliteColumnValues.Step).
    [SkipLocalsInit]
    private static void WriteNumber<T>(double value, ref T into)
        where T : struct, IFieldTarget
    {
        if (DecimalFloat.IsInt64(value))
        {
            into.WriteInt64(CanonicalTag.Integer, (long)value);
            return;
        }

        // What is no whole number as a float is none as a decimal.
        Span<byte> wire = stackalloc byte[DecimalFloat.MaxWireLength];
        WriteDecimal(wire[..DecimalFloat.FromFloat64(value, wire)], ref into);
    }

    private static void WriteNumber<T>(float value, ref T into)
        where T : struct, IFieldTarget
    {
        Span<byte> wire = stackalloc byte[DecimalFloat.MaxWireLength];
        WriteNumber(wire[..DecimalFloat.FromFloat32(value, wire)], ref into);
    }

    private static void WriteNumber<T>(ReadOnlySpan<byte> wire, ref T into)
        where T : struct, IFieldTarget
    {
        if (DecimalWire.TryToInt64(wire, out var integer))
        {
            into.WriteInt64(CanonicalTag.Integer, integer);
            return;
        }

        WriteDecimal(wire, ref into);
    }

    private static void WriteDecimal<T>(ReadOnlySpan<byte> wire, ref T into)
        where T : struct, IFieldTarget
    {
        var digits = DecimalWire.Normalize(wire, out var header);
        into.WriteVariable(CanonicalTag.Decimal, header, digits);
    }

    private void WriteJson<T>(ReadOnlySpan<byte> json, ref T into)
        where T : struct, IFieldTarget
    {
        if (_meaning.JsonByValue && CanonicalJson.TryWrite(json) is { } value)
        {
            into.WriteVariable(CanonicalTag.Json, value);
        }
        else
        {
            into.WriteVariable(CanonicalTag.Json, json);
        }
    }

    private bool IsAsItComes(CellKind kind) => kind == CellKind.Null || ((kind == _native || _native == CellKind.Null) && kind switch
    {
        CellKind.Int64 or CellKind.Boolean or CellKind.Blob or CellKind.Date or CellKind.Interval or CellKind.Uuid or CellKind.Opaque => true,
        CellKind.Text => !_meaning.WithoutPadding && _meaning.Text.Exact,
        CellKind.Time or CellKind.Timestamp or CellKind.TimestampTz => _unit == 1,
        CellKind.Json => !_meaning.JsonByValue,
        _ => false,
    });

    /// <summary>The kind of cell that the meaning has; Null where any is as it is.</summary>
    private static CellKind NativeKind(LogicalKind kind) => kind switch
    {
        LogicalKind.Dynamic => CellKind.Null,
        LogicalKind.Boolean => CellKind.Boolean,
        LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => CellKind.Int64,
        LogicalKind.Decimal => CellKind.Decimal,
        LogicalKind.Float32 => CellKind.Float32,
        LogicalKind.Float64 => CellKind.Float64,
        LogicalKind.Text or LogicalKind.Char => CellKind.Text,
        LogicalKind.Blob => CellKind.Blob,
        LogicalKind.Date => CellKind.Date,
        LogicalKind.Time => CellKind.Time,
        LogicalKind.Timestamp => CellKind.Timestamp,
        LogicalKind.TimestampTz => CellKind.TimestampTz,
        LogicalKind.Interval => CellKind.Interval,
        LogicalKind.Uuid => CellKind.Uuid,
        LogicalKind.Json => CellKind.Json,
        _ => CellKind.Opaque,
    };
}
