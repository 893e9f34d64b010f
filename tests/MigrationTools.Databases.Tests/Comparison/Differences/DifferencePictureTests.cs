using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Differences;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Pages;

namespace MigrationTools.Databases.Tests.Comparison.Differences;

/// <summary>The page of differences as a browser lays it out.</summary>
public sealed class DifferencePictureTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mt-picture-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(1280, true)]
    [InlineData(1280, false)]
    [InlineData(500, true)]
    public async Task It_fits_its_width_and_follows_the_reader_s_colours(int width, bool light)
    {
        Chromium.SkipWhereMissing();
        var page = Path.Combine(_directory, "differences.html");
        await WriteAsync(page);
        var browser = new Chromium(_directory);

        var (wide, inner, red) = await browser.MeasureAsync(page, width, light);
        wide.ShouldBeLessThanOrEqualTo(inner);
        (red > 127).ShouldBe(light);

        var picture = Path.Combine(Environment.GetEnvironmentVariable("MIGRATIONTOOLS_TEST_PICTURES") ?? _directory, $"differences-{width}-{(light ? "light" : "dark")}.png");
        await browser.TakePictureAsync(page, width, light, picture);
        new FileInfo(picture).Length.ShouldBeGreaterThan(20_000);
    }

    private static async Task WriteAsync(string path)
    {
        await using var file = DifferenceFiles.Create(path);
        var names = new[] { "public.customers", "public.orders", "public.a_table_with_a_rather_long_name_that_must_not_break_the_page" };
        foreach (var (name, table) in names.Select((name, index) => (name, index)))
        {
            var pair = new TablePair
            {
                Source = new TableSchema { Name = new TableName(null, name.Split('.')[1]), Columns = [] },
                Target = new TableSchema { Name = new TableName("public", name.Split('.')[1]), Columns = [] },
                Columns = [],
            };
            for (var id = 0; id < (table == 2 ? 1005 : 8); id++)
            {
                file.Add(pair, new RowDifference
                {
                    Kind = (DifferenceKind)(id % 3),
                    Key = new Dictionary<string, string?> { ["id"] = $"{id + 1000}", ["region"] = id % 4 == 0 ? null : "north <b>" },
                    Count = id == 3 ? 4 : 1,
                    Columns = id % 3 != 2 ? [] :
                    [
                        new ColumnDifference("name", "Zoë Ångström", "Zoe\u0308 Ångström"),
                        new ColumnDifference("note", "The quick brown fox jumps over the lazy dog, and then again over the lazy cat; nobody counted.", "The quick brown fox jumps over the lazy dog, and then once more over the lazy cat; nobody counted."),
                        new ColumnDifference("total", "1.50", null),
                        new ColumnDifference("script", "<script>alert('x')</script>", ""),
                    ],
                });
            }
        }

        await file.CompleteAsync(default);
    }
}
