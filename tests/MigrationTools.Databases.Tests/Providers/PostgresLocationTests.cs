using MigrationTools.Databases.Postgres;
using MigrationTools.Engine.Endpoints;
using Npgsql;

namespace MigrationTools.Databases.Tests.Providers;

public sealed class PostgresLocationTests
{
    private static NpgsqlConnectionStringBuilder Settings(string uri) => PostgresLocation.SettingsOf(Endpoint.Parse(uri, "/base"));

    [Theory]
    [InlineData("postgresql://ann@db.example/shop", SslMode.VerifyFull)]
    [InlineData("postgresql://10.0.0.5/shop", SslMode.VerifyFull)]
    [InlineData("postgresql://localhost,db.example/shop", SslMode.VerifyFull)]
    [InlineData("postgresql://localhost/shop", SslMode.Prefer)]
    [InlineData("postgresql://127.0.0.1,[::1]/shop", SslMode.Prefer)]
    [InlineData("postgresql:///shop?host=/var/run/postgresql", SslMode.Disable)]
    [InlineData("postgresql://%2Fvar%2Frun%2Fpostgresql/shop", SslMode.Disable)]
    [InlineData("postgresql://db.example/shop?sslmode=disable", SslMode.Disable)]
    [InlineData("postgresql://db.example/shop?sslmode=allow", SslMode.Allow)]
    [InlineData("postgresql://db.example/shop?sslmode=prefer", SslMode.Prefer)]
    [InlineData("postgresql://db.example/shop?sslmode=require", SslMode.Require)]
    [InlineData("postgresql://db.example/shop?sslmode=verify-ca", SslMode.VerifyCA)]
    [InlineData("postgresql://localhost/shop?sslmode=verify-full", SslMode.VerifyFull)]
    public void A_server_elsewhere_must_prove_who_it_is_unless_the_user_says_otherwise(string uri, SslMode mode) =>
        Settings(uri).SslMode.ShouldBe(mode);

    [Fact]
    public void All_parts_are_taken_and_decoded()
    {
        var settings = Settings("postgres://a%40b:p%2Fw%20%25@db.example:6543/my%20db?connect_timeout=7&application_name=mine&options=-c%20search_path%3Dx&sslrootcert=root.crt&passfile=/x/pass&target_session_attrs=read-write");

        settings.Host.ShouldBe("db.example");
        settings.Port.ShouldBe(6543);
        settings.Username.ShouldBe("a@b");
        settings.Password.ShouldBe("p/w %");
        settings.Database.ShouldBe("my db");
        settings.Timeout.ShouldBe(7);
        settings.ApplicationName.ShouldBe("mine");
        settings.Options.ShouldBe("-c search_path=x");
        settings.RootCertificate.ShouldBe(Path.GetFullPath("/base/root.crt"));
        settings.Passfile.ShouldBe(Path.GetFullPath("/x/pass"));
        settings.TargetSessionAttributes.ShouldBe("read-write");
    }

    [Theory]
    [InlineData("postgresql://u@one:1,two:2/d", "one:1,two:2")]
    [InlineData("postgresql://u@one,two/d?port=7", "one:7,two:7")]
    [InlineData("postgresql://u@[::1]:9,h/d", "[::1]:9,h:5432")]
    [InlineData("postgresql:///d?host=one,two&port=1,2", "one:1,two:2")]
    public void Hosts_and_ports_may_be_lists(string uri, string hosts) => Settings(uri).Host.ShouldBe(hosts);

    [Theory]
    [InlineData("postgresql://u@[::1]:9/d", "::1", 9)]
    [InlineData("postgresql://u@/d?host=/run/pg&port=5", "/run/pg", 5)]
    [InlineData("postgresql://u@:5/d?host=/run/pg", "/run/pg", 5)]
    [InlineData("postgresql://u@h/d", "h", 5432)]
    public void One_host_has_one_port(string uri, string host, int port) => (Settings(uri).Host, Settings(uri).Port).ShouldBe((host, port));

    [Fact]
    public void Without_a_database_it_is_the_users_name() => Settings("postgresql://ann@localhost").Database.ShouldBe("ann");

    [Theory]
    [InlineData("postgresql:shop", "postgresql://user@host")]
    [InlineData("postgresql://h/d?sslmod=require", "sslmod")]
    [InlineData("postgresql://h/d?sslmode=strict", "sslmode must be")]
    [InlineData("postgresql://h/d?connect_timeout=soon", "connect_timeout")]
    [InlineData("postgresql://h/d?application_name", "no value")]
    [InlineData("postgresql://h:99999/d", "port")]
    [InlineData("postgresql://a:1,b:2/d?port=1,2,3", "2 hosts with 3 ports")]
    [InlineData("postgresql://h/d%zz", "%")]
    [InlineData("postgresql://h/d?client_encoding=LATIN1", "UTF8")]
    [InlineData("postgresql://h/d?target_session_attrs=best", "target_session_attrs")]
    public void What_can_not_be_understood_is_named(string uri, string named) =>
        Should.Throw<EndpointException>(() => Settings(uri)).Message.ShouldContain(named);

    [Theory]
    [InlineData("postgresql://ann:hunter2@h/d?bogus=1")]
    [InlineData("postgresql://ann@h/d?password=hunter2&bogus=1")]
    [InlineData("postgresql://ann:hunter2@h:port/d")]
    [InlineData("postgresql://ann:hunter2%@h/d")]
    [InlineData("postgresql://ann:hunter2/2@h/d")]
    public void No_secret_is_in_an_error(string uri) =>
        Should.Throw<EndpointException>(() => Settings(uri)).ToString().ShouldNotContain("hunter2");
}
