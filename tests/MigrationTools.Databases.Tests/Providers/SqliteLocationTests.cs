using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Tests.Providers;

public sealed class SqliteLocationTests
{
    [Theory]
    [InlineData("sqlite:shop.db", "/base/shop.db")]
    [InlineData("sqlite:data/../shop.db", "/base/shop.db")]
    [InlineData("sqlite:/var/shop.db", "/var/shop.db")]
    [InlineData("sqlite:///var/shop.db", "/var/shop.db")]
    [InlineData("sqlite://localhost/var/shop.db", "/var/shop.db")]
    [InlineData("sqlite:///var/a%3Fb%20c.db", "/var/a?b c.db")]
    [InlineData("sqlite:100% real.db", "/base/100% real.db")]
    [InlineData("SQLite:Größe.db", "/base/Größe.db")]
    public void An_endpoint_names_a_file(string uri, string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths of Unix");

        SqliteLocation.PathOf(Endpoint.Parse(uri, "/base")).ShouldBe(path);
    }

    [Theory]
    [InlineData(@"sqlite:C:\data\shop.db", @"C:\data\shop.db")]
    [InlineData("sqlite:///C:/data/shop.db", @"C:\data\shop.db")]
    public void A_drive_of_Windows_is_kept(string uri, string path)
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "paths of Windows");

        SqliteLocation.PathOf(Endpoint.Parse(uri, @"C:\base")).ShouldBe(path);
    }

    [Theory]
    [InlineData("sqlite:")]
    [InlineData("sqlite::memory:")]
    [InlineData("sqlite:file:x.db")]
    [InlineData("sqlite://server/share/x.db")]
    [InlineData("sqlite:shop.db?mode=ro")]
    public void What_names_no_file_of_this_machine_is_refused(string uri) =>
        Should.Throw<EndpointException>(() => new SqliteProvider().Open(Endpoint.Parse(uri, "/base"))).Message.ShouldContain(uri);

    [Fact]
    public void A_path_may_come_from_a_secret()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths of Unix");

        SqliteLocation.PathOf(Endpoint.Parse("sqlite:${env:PLACE}", "/base", new OneSecret("/hidden/a b.db"))).ShouldBe("/hidden/a b.db");
        SqliteLocation.PathOf(Endpoint.Parse("sqlite:///hidden/${env:PLACE}", "/base", new OneSecret("100%?.db"))).ShouldBe("/hidden/100%?.db");
    }

    private sealed class OneSecret(string value) : ISecretSource
    {
        public string? Find(string kind, string name) => value;
    }
}
