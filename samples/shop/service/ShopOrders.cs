using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ShopService;

/// <summary>Reads orders from the database of the service's version.</summary>
internal sealed class ShopOrders(ShopSettings settings)
{
    private const string OfVersion2 =
        """
        select o.id, u.full_name, o.status, o.currency, o.total
        from "order" o join users u on u.id = o.user_id
        """;

    private const string OfVersion3 =
        """
        select o.id, c.first_name || coalesce(' ' || c.last_name, ''), o.status, o.currency, o.total
        from orders o join customers c on c.id = o.customer_id
        """;

    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = settings.Database, Mode = SqliteOpenMode.ReadOnly }.ToString();

    private string Select => settings.Version == 2 ? OfVersion2 : OfVersion3;

    /// <summary>An order; null where there is none.</summary>
    public ShopOrder? Find(long id, bool wrong) => Read($"{Select} where o.id = $id", id, wrong).FirstOrDefault();

    public IReadOnlyList<ShopOrder> Latest() => Read($"{Select} order by o.placed_at desc, o.id desc limit 20", 0, wrong: false);

    private List<ShopOrder> Read(string sql, long id, bool wrong)
    {
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", id);
        using var reader = command.ExecuteReader();
        var orders = new List<ShopOrder>();
        while (reader.Read())
        {
            var total = decimal.Parse(reader.GetValue(4).ToString()!, NumberStyles.Float, CultureInfo.InvariantCulture) + (wrong ? 0.01m : 0);
            orders.Add(new ShopOrder(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), total.ToString("0.00", CultureInfo.InvariantCulture), DateTimeOffset.UtcNow, Guid.NewGuid()));
        }

        return orders;
    }
}
