using System.Globalization;
using System.Text;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Conversion;

/// <summary>One value as a reader would give it.</summary>
internal sealed record Cell(CellKind Kind, byte[] Bytes)
{
    public static Cell Null { get; } = new(CellKind.Null, []);

    public static Cell Of(Action<RowBatch> append)
    {
        var batch = new RowBatch(1);
        append(batch);
        batch.RowCount.ShouldBe(1);
        return new Cell(batch.KindAt(0, 0), batch.BytesAt(0, 0).ToArray());
    }

    public static Cell Text(string value) => new(CellKind.Text, Encoding.UTF8.GetBytes(value));

    public static Cell Json(string value) => new(CellKind.Json, Encoding.UTF8.GetBytes(value));

    public static Cell Blob(params byte[] value) => new(CellKind.Blob, value);

    public static Cell Int(long value) => Of(batch => batch.AppendInt64(value));

    public static Cell Float(double value) => Of(batch => batch.AppendFloat64(value));

    public static Cell Single(float value) => Of(batch => batch.AppendFloat32(value));

    public static Cell Boolean(bool value) => Of(batch => batch.AppendBoolean(value));

    public static Cell Decimal(string value)
    {
        var text = Encoding.ASCII.GetBytes(value);
        var wire = new byte[DecimalText.MaxWireLength(text.Length)];
        DecimalText.TryParse(text, wire, out var length).ShouldBeTrue(value);
        return new Cell(CellKind.Decimal, wire[..length]);
    }

    public static Cell Date(int days) => Of(batch => batch.AppendDate(days));

    public static Cell Date(string value) => Text(value).To(new LogicalType(LogicalKind.Date));

    public static Cell Timestamp(string value) => Text(value).To(new LogicalType(LogicalKind.Timestamp));

    public static Cell TimestampTz(string value) => Text(value).To(new LogicalType(LogicalKind.TimestampTz));

    /// <summary>The cell after conversion; fails where it is refused.</summary>
    public Cell To(LogicalType to, LogicalType? from = null, ConversionOptions? options = null)
    {
        var (cell, reason) = Convert(to, from, options);
        reason.ShouldBeNull();
        return cell.ShouldNotBeNull();
    }

    /// <summary>Why the cell is refused; fails where it is not.</summary>
    public string RefusedAs(LogicalType to, LogicalType? from = null, ConversionOptions? options = null)
    {
        var (cell, reason) = Convert(to, from, options);
        cell.ShouldBeNull(reason ?? $"{this} was taken as {cell}");
        return reason.ShouldNotBeNull();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}:{CellText.ToString(Kind, Bytes) ?? "NULL"}");

    private (Cell? Cell, string? Reason) Convert(LogicalType to, LogicalType? from, ConversionOptions? options)
    {
        var batch = new RowBatch(1);
        var reason = CellConverters.For(from ?? new LogicalType(LogicalKind.Dynamic), to, options).Convert(Kind, Bytes, batch);
        batch.RowCount.ShouldBe(reason is null ? 1 : 0, "one cell with no reason, none with one");
        return reason is null ? (new Cell(batch.KindAt(0, 0), batch.BytesAt(0, 0).ToArray()), null) : (null, reason);
    }
}
