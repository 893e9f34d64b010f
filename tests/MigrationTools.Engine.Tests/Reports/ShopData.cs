using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Tests.Reports;

/// <summary>What the database verbs write into their steps' data (design, section 6), for a shop of ten tables.</summary>
internal static class ShopData
{
    private static readonly (string Source, string Target, long Rows, long Bytes, double Seconds)[] Tables =
    [
        ("users", "public.customers", 8_000, 1_310_720, 0.61),
        ("addresses", "public.addresses", 11_204, 1_572_864, 0.74),
        ("products", "public.products", 1_200, 4_404_019, 0.48),
        ("coupons", "public.coupons", 340, 20_480, 0.04),
        ("order", "public.orders", 20_000, 2_936_012, 1.32),
        ("order_lines", "public.order_lines", 41_873, 3_774_873, 2.35),
        ("reviews", "public.reviews", 6_011, 1_887_436, 0.52),
        ("stock_log", "public.stock_log", 15_730, 1_048_576, 0.66),
        ("settings", "public.settings", 12, 1_024, 0.01),
        ("select distinct country_code as code, country_name as name from addresses", "public.countries", 0, 0, 0.02),
    ];

    public static CheckResult Check(string id, Verdict verdict, string message, string category = "", double weight = 1, string? remedy = null, bool required = true) => new()
    {
        Id = id,
        Name = id[(id.IndexOf(':') + 1)..],
        Verdict = verdict,
        Message = message,
        Category = category.Length == 0 ? id[..id.IndexOf(':')] : category,
        Weight = weight,
        Remedy = remedy,
        Required = required,
        System = "shop_database",
        Duration = TimeSpan.FromMilliseconds(12),
        Evidence = [new Evidence("select count(*) from t", message, new DateTimeOffset(2026, 3, 14, 21, 30, 9, TimeSpan.Zero)) { Endpoint = ShopPlan.Target, Expected = "as in the source" }],
    };

    public static CheckResult[] Readiness(Verdict disk = Verdict.Passed) =>
    [
        Check("dependency:target-server", Verdict.Passed, "server_version_num is 150018, at least 150000 asked for"),
        Check("health:shop_database.source", Verdict.Passed, "opened, quick_check says ok"),
        Check("health:shop_database.target", Verdict.Passed, "connected in 14 ms"),
        Check("backup:shop_database.source", Verdict.Passed, "restored from backups/shop.db (2 h old): 10 tables, 104,370 rows"),
        Check("resources:disk", disk, disk == Verdict.Passed ? "31.2 GiB free, 20 GiB asked for" : "3.1 GiB free, 20 GiB asked for", remedy: "Free 16.9 GiB on the target's disk, or give it another tablespace."),
        Check("compatibility:public.customers", Verdict.Passed, "8,000 rows looked at: every value fits its column"),
        Check("compatibility:public.products", Verdict.Skipped, "skipped by the spec: images are checked by the importer", required: false),
    ];

    /// <summary>What <c>database.copy</c> writes.</summary>
    public static StepObservation Copied(long resumed = 0, long rejected = 0) => new("104,370 rows in 10 tables")
    {
        Evidence = [new Evidence("rows that the target said it took, in committed chunks", "104370", new DateTimeOffset(2026, 3, 14, 21, 30, 8, TimeSpan.Zero)) { Endpoint = ShopPlan.Target }],
        Data = new JsonObject
        {
            ["tables"] = new JsonArray([.. Tables.Select(table => Node(new
            {
                source = table.Source,
                target = table.Target,
                rows = table.Rows,
                resumedRows = table.Target == "public.order_lines" ? resumed : 0,
                rejected = table.Target == "public.reviews" ? rejected : 0,
                rejectedFile = table.Target == "public.reviews" && rejected > 0 ? "runs/x/rejected/shop_database/public.reviews.jsonl" : null,
                bytes = table.Bytes,
                duration = TimeSpan.FromSeconds(table.Seconds),
            }))]),
        },
    };

    /// <summary>What <c>database.compare</c> writes where both sides hold the same, or where three rows differ.</summary>
    public static StepObservation Compared(bool differing = false) => new(differing ? "3 rows differ" : "104,370 rows compared")
    {
        Checks = [.. Checks(differing)],
        Data = new JsonObject
        {
            ["comparison"] = Node(new
            {
                verdict = differing ? Verdict.Failed : Verdict.Passed,
                source = ShopPlan.Source,
                target = ShopPlan.Target,
                tables = Tables.Select(table => Comparison(table, differing)).ToArray(),
            }),
            ["counts"] = new JsonArray([.. Tables.Select(table => Node(new { source = table.Source, target = table.Target, sourceRows = table.Rows, targetRows = table.Rows, verdict = Verdict.Passed, durationMs = 3, notes = Array.Empty<string>() }))]),
            ["referential"] = new JsonArray(
                Node(new { system = "shop_database", side = "target", table = "orders", foreignKey = "orders_customer_id_fkey", columns = new[] { "customer_id" }, references = "customers", rows = 20000, orphans = 0, verdict = Verdict.Passed }),
                Node(new { system = "shop_database", side = "target", table = "reviews", foreignKey = "reviews_product_id_fkey", columns = new[] { "product_id" }, references = "products", rows = 6011, orphans = differing ? 1 : 0, verdict = differing ? Verdict.Failed : Verdict.Passed })),
            ["rules"] = new JsonArray(Node(new { name = "order totals add up", side = "target", expected = "= 0", observed = "0", verdict = Verdict.Passed, durationMs = 18 })),
            ["quality"] = new JsonArray(
                Quality("customers", "email", "8000", "8000", "a.berg@example.org", "a.berg@example.org", Verdict.Passed),
                Quality("customers", "tier", null, null, "basic", "silver", Verdict.Passed),
                Quality("orders", "total", "19873", differing ? "19872" : "19873", "0.00", "0.00", differing ? Verdict.Failed : Verdict.Passed)),
            ["score"] = Node(IntegrityScore.Of(Checks(differing))),
        },
    };

    public static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, MigrationJson.Line)!;

    private static IEnumerable<CheckResult> Checks(bool differing)
    {
        foreach (var table in Tables)
        {
            yield return Check($"counts:shop_database/{table.Target}", Verdict.Passed, $"{table.Rows} rows on both sides");
        }

        foreach (var table in Tables)
        {
            var wrong = differing && table.Target == "public.orders";
            yield return Check($"checksum:shop_database/{table.Target}", wrong ? Verdict.Failed : Verdict.Passed, wrong ? "1 missing, 1 extra, 1 changed" : $"{table.Rows} rows compared: 0 missing, 0 extra, 0 changed", "checksums", remedy: wrong ? "Look at the differences, mend the rows on the side that is wrong, and compare again." : null);
        }

        yield return Check("referential:shop_database/orders(customer_id)", Verdict.Passed, "0 orphans in 20,000 rows");
        yield return Check("referential:shop_database/reviews(product_id)", differing ? Verdict.Inconclusive : Verdict.Passed, differing ? "the referenced table was locked while it was looked at" : "0 orphans in 6,011 rows");
        yield return Check("rule:order-totals-add-up", Verdict.Passed, "0, as expected", weight: 2);
        yield return Check("quality:shop_database/orders.total", differing ? Verdict.Failed : Verdict.Passed, differing ? "distinct 19,873 → 19,872" : "20,000 rows, 0 nulls, 19,873 distinct on both sides");
    }

    private static object Comparison((string Source, string Target, long Rows, long Bytes, double Seconds) table, bool differing)
    {
        var wrong = differing && table.Target == "public.orders";
        return new
        {
            source = table.Source,
            target = table.Target,
            verdict = wrong ? Verdict.Failed : Verdict.Passed,
            method = "Stream",
            sourceRows = table.Rows,
            targetRows = table.Rows,
            missing = wrong ? 1 : 0,
            extra = wrong ? 1 : 0,
            changed = wrong ? 1 : 0,
            durationMs = (long)(table.Seconds * 400),
            notes = table.Target == "public.products" ? new[] { "column price: compared at scale 2, the coarser of the two" } : [],
            differences = wrong
                ? new object[]
                {
                    new { kind = "Changed", key = new { id = "7041" }, columns = new[] { new { name = "note", source = (string?)"Bitte beim Nachbarn abgeben: Müller", target = (string?)"Bitte beim Nachbarn abgeben: Mu\u0308ller" }, new { name = "shipped_at", source = (string?)null, target = (string?)"" } }, count = 1 },
                    new { kind = "Missing", key = new { id = "19999" }, columns = Array.Empty<object>(), count = 1 },
                    new { kind = "Extra", key = new { id = "20001" }, columns = Array.Empty<object>(), count = 1 },
                }
                : [],
        };
    }

    private static JsonNode Quality(string table, string column, string? before, string? after, string minimum, string maximum, Verdict verdict) => Node(new
    {
        system = "shop_database",
        table,
        column,
        source = new { rows = 8000, nulls = 0, nullRate = 0.0, distinct = before, minimum, maximum, minimumLength = 4, maximumLength = 62, averageLength = 21.4 },
        target = new { rows = 8000, nulls = 0, nullRate = 0.0, distinct = after, minimum, maximum, minimumLength = 4, maximumLength = 62, averageLength = 21.4 },
        verdict,
        notes = Array.Empty<string>(),
    });
}
