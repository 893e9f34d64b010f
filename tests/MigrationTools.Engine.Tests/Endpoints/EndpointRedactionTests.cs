using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Tests.Endpoints;

public sealed class EndpointRedactionTests
{
    public static TheoryData<string> AwkwardPasswords =>
    [
        "hunter2", "p@ss", "p@@s@", "pa:ss", ":", "@", "pa/ss", "/", "//", "pa?ss", "pa#ss", "pa%40ss", "100%", "it's", "say\"hi\"", "a'b\"c`d",
        "1234", "1234/ab", "1234?x=y", "12'34", "a&b", "a=b", "a;b", "a,b", "a|b", "{a}", "}a{", "[a]", "(a)", "<a>", "a\\b", "a$b", "${a}", "${env:A}b", "b${env:A}",
        "$$", "p@ss/w:rd?#", "p@x'y", "postgresql://", "x,ab://y", "*", "***x", "ünïcödé", "😀", "a+b", "a~b", "!", "-", "_", "a@b:5432/c@d",
    ];

    [Theory]
    [MemberData(nameof(AwkwardPasswords))]
    public void A_password_in_a_uri_is_hidden_whatever_is_in_it(string password)
    {
        foreach (var user in new[] { "migrator", "", "admin@server", "a.b-c_d" })
        {
            var redacted = Endpoint.Parse($"postgresql://{user}:{password}@db.example:5432/shop?sslmode=verify-full", "/").Redacted;

            redacted.ShouldBe($"postgresql://{user}:***@db.example:5432/shop?sslmode=verify-full");
        }
    }

    [Theory]
    [MemberData(nameof(AwkwardPasswords))]
    public void A_password_in_a_uri_in_a_sentence_is_hidden_whatever_is_in_it(string password)
    {
        var redacted = EndpointRedaction.Redact($"Can't open 'postgresql://migrator:{password}@db:5432/shop' (attempt 1: timeout), see http://docs:80/a:b.");

        redacted.ShouldBe("Can't open 'postgresql://migrator:***@db:5432/shop' (attempt 1: timeout), see http://docs:80/a:b.");
    }

    [Fact]
    public void A_password_that_looks_like_a_setting_is_hidden_with_what_follows_it() =>
        Endpoint.Parse("postgresql://u:password=hunter2@h/d", "/").Redacted.ShouldBe("postgresql://u:***");

    [Theory]
    [InlineData("my secret pass")]
    [InlineData("tab\tpass")]
    [InlineData("trail ")]
    [InlineData("a\nb")]
    public void White_space_does_not_end_a_password_in_an_endpoint(string password)
    {
        Endpoint.Parse($"postgresql://u:{password}@h/d", "/").Redacted.ShouldBe("postgresql://u:***@h/d");
        Endpoint.Parse($"postgresql://h/d?password={password}&sslmode=require", "/").Redacted.ShouldBe("postgresql://h/d?password=***&sslmode=require");
    }

    [Theory]
    [InlineData("postgresql://u:my pass@h/d", "postgresql://u:***@h/d")]
    [InlineData("see postgresql://u:hunter", "see postgresql://u:***")]
    [InlineData("see postgresql://u:hunter\nmail a@b", "see postgresql://u:***\nmail a@b")]
    public void A_password_with_a_space_or_cut_off_in_a_sentence_is_hidden(string text, string expected) =>
        EndpointRedaction.Redact(text).ShouldBe(expected);

    [Theory]
    [InlineData("postgresql:u:hunter2@h/d", "postgresql:u:***@h/d")]
    [InlineData("postgresql:/u:hunter2@h/d", "postgresql:/u:***@h/d")]
    [InlineData("postgresql:///u:hunter2@h/d", "postgresql:///u:***@h/d")]
    [InlineData("migrator:hunter2@h/d", "migrator:***@h/d")]
    [InlineData("sqlite://u:hunter2@h/d", "sqlite://u:***@h/d")]
    [InlineData("jdbc:postgresql://u:hunter2@h/d", "jdbc:postgresql:***@h/d")]
    public void A_mistyped_uri_gives_its_password_away_no_more_than_a_right_one(string uri, string expected) =>
        Endpoint.Parse(uri, "/").Redacted.ShouldBe(expected);

    [Theory]
    [InlineData("us er:hunter2@h/d")]
    [InlineData("//u:hunter2@h/d")]
    [InlineData("u@x:hunter2@h/d")]
    [InlineData("C:\\x?password=hunter2")]
    [InlineData("${env:X}:hunter2@h")]
    public void The_error_about_a_wrong_endpoint_holds_no_password(string text) =>
        Should.Throw<EndpointException>(() => Endpoint.Parse(text, "/")).ToString().ShouldNotContain("hunter2");

    [Theory]
    [InlineData("postgresql://migrator@db:5432/shop?sslmode=verify-full")]
    [InlineData("postgresql://db/shop")]
    [InlineData("postgresql://h1:5432,h2:5433/shop")]
    [InlineData("postgresql://u@[2001:db8::1]:5432/shop")]
    [InlineData("postgresql://[::1]:5432/shop")]
    [InlineData("postgresql://u:@h/d")]
    [InlineData("postgresql://u:${env:PGPASSWORD}@db:5432/shop")]
    [InlineData("postgresql://${env:DB_USER}:${file:/run/secrets/db}@${env:DB_HOST}:${env:DB_PORT}/shop")]
    [InlineData("postgresql://db/shop?user=u&password=${env:PGPASSWORD}&sslmode=require")]
    [InlineData("sqlite:shop.db")]
    [InlineData("sqlite:/data/a:b@c.db")]
    [InlineData("sqlite:///data/a:b@c.db")]
    [InlineData("http://blue:8080")]
    [InlineData("https://host/a:b")]
    [InlineData("https://${env:TOKEN}@host/a")]
    [InlineData("https://u:${env:TOKEN}@registry/@scope/x")]
    [InlineData("unix:/run/haproxy.sock")]
    [InlineData("postgresql://db/shop?passfile=/etc/pgpass&application_name=token_count")]
    public void What_is_no_secret_is_shown(string uri)
    {
        var endpoint = Endpoint.Parse(uri, "/");

        endpoint.Redacted.ShouldBe(uri);
        endpoint.HoldsLiteralSecret.ShouldBeFalse();
        EndpointRedaction.Redact($"it said: {uri} is away").ShouldBe($"it said: {uri} is away");
    }

    [Theory]
    [InlineData("https://ghp_abcdef@host/a", "https://***@host/a")]
    [InlineData("https://ghp_abcdef@host:8443/a", "https://***@host:8443/a")]
    [InlineData("git+https://ghp_abcdef@host/a", "git+https://***@host/a")]
    public void A_web_uris_user_without_password_is_hidden_because_it_is_a_token_more_often_than_a_name(string uri, string expected) =>
        Endpoint.Parse(uri, "/").Redacted.ShouldBe(expected);

    [Theory]
    [InlineData("host=db password=hunter2 user=m", "host=db password=*** user=m")]
    [InlineData("host=db password = hunter2 user=m", "host=db password = *** user=m")]
    [InlineData("password='a b' host=db", "password=*** host=db")]
    [InlineData(@"password='a\' b' host=db", "password=*** host=db")]
    [InlineData("password='a''b c' host=db", "password=*** host=db")]
    [InlineData("password='never closed host=db", "password=***")]
    [InlineData("password=it's host=db", "password=*** host=db")]
    [InlineData("password=a&b;c host=db", "password=*** host=db")]
    [InlineData("password=a=b host=db", "password=*** host=db")]
    [InlineData("PGPASSWORD=hunter2 psql", "PGPASSWORD=*** psql")]
    public void A_libpq_connection_strings_password_is_hidden(string text, string expected) => EndpointRedaction.Redact(text).ShouldBe(expected);

    [Theory]
    [InlineData("Host=db;Password=hunter2;Database=d", "Host=db;Password=***;Database=d")]
    [InlineData("Host=db;Password=my long pass;Database=d", "Host=db;Password=***;Database=d")]
    [InlineData("Host=db;Password=\"a;b\"\"c\";Database=d", "Host=db;Password=***;Database=d")]
    [InlineData("Host=db;Password='a;b';Database=d", "Host=db;Password=***;Database=d")]
    [InlineData("Host=db; Pwd = x ; Database=d", "Host=db; Pwd = ***; Database=d")]
    [InlineData("Driver=x;PWD={a;b}}c};UID=u", "Driver=x;PWD=***;UID=u")]
    [InlineData("Access Token=abc;Host=db", "Access Token=***;Host=db")]
    [InlineData("Account Key=abc==;Host=db", "Account Key=***;Host=db")]
    [InlineData("SharedAccessKey=abc=;EntityPath=p", "SharedAccessKey=***;EntityPath=p")]
    public void An_ado_connection_strings_password_is_hidden(string text, string expected) => EndpointRedaction.Redact(text).ShouldBe(expected);

    [Theory]
    [InlineData("postgresql://h/d?user=u&password=hunter2&sslmode=require", "postgresql://h/d?user=u&password=***&sslmode=require")]
    [InlineData("postgresql://h/d?password=a&b#c'd\"e&sslmode=require", "postgresql://h/d?password=***&sslmode=require")]
    [InlineData("postgresql://h/d?pass%77ord=hunter2", "postgresql://h/d?pass%77ord=***")]
    [InlineData("postgresql://h/d?sslpassword=x&sslkey=k", "postgresql://h/d?sslpassword=***&sslkey=k")]
    [InlineData("sqlserver://h:1433;user=u;password=x;encrypt=strict", "sqlserver://h:1433;user=u;password=***;encrypt=strict")]
    [InlineData("https://b.blob/c?sv=1&sig=a%2Fb%3D&se=2", "https://b.blob/c?sv=1&sig=***&se=2")]
    [InlineData("https://h/x?key=abc&y=1", "https://h/x?key=***&y=1")]
    [InlineData("https://h/x?access_token=abc", "https://h/x?access_token=***")]
    [InlineData("sqlite:x.db?key=abc", "sqlite:x.db?key=***")]
    public void A_query_parameters_secret_is_hidden(string uri, string expected)
    {
        Endpoint.Parse(uri, "/").Redacted.ShouldBe(expected);
        EndpointRedaction.Redact(uri).ShouldBe(expected);
    }

    [Theory]
    [InlineData("{\"password\":\"hunt\\\"er2\",\"user\":\"u\"}", "{\"password\":\"***\",\"user\":\"u\"}")]
    [InlineData("{\"client_secret\" : \"x\"}", "{\"client_secret\" : \"***\"}")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: Bearer ***")]
    [InlineData("authorization=Basic dTpw", "authorization=*** ***")]
    public void Json_and_headers_give_no_secret_away(string text, string expected) => EndpointRedaction.Redact(text).ShouldBe(expected);

    [Theory]
    [InlineData("from postgresql://a:x@h1/d to postgresql://b:y@h2/d", "from postgresql://a:***@h1/d to postgresql://b:***@h2/d")]
    [InlineData("postgresql://a:x@h1/d,postgresql://b:y@h2/d", "postgresql://a:***@h1/d,postgresql://b:***@h2/d")]
    [InlineData("[\"postgresql://a:x@h1/d\",\"postgresql://b:y@h2/d\"]", "[\"postgresql://a:***@h1/d\",\"postgresql://b:***@h2/d\"]")]
    [InlineData("postgresql://h1:5432/d,postgresql://b:y@h2/d;http://c:z@h3", "postgresql://h1:5432/d,postgresql://b:***@h2/d;http://c:***@h3")]
    [InlineData("postgresql://a@h1/d and https://b:y@h2/?next=http://c:z@h3", "postgresql://a@h1/d and https://b:***@h2/?next=http://c:***@h3")]
    public void Each_of_many_uris_is_redacted_by_itself(string text, string expected) => EndpointRedaction.Redact(text).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("an error at 12:30:45: nobody@example.org was there")]
    [InlineData("where a = b and c >= 5; d != e")]
    [InlineData("12:30 mail a@b")]
    [InlineData("warning:x@y")]
    public void Text_without_secrets_stays_as_it_is(string text) => EndpointRedaction.Redact(text).ShouldBe(text);

    [Theory]
    [MemberData(nameof(AwkwardPasswords))]
    public void Redacting_twice_is_redacting_once(string password)
    {
        var once = EndpointRedaction.Redact($"postgresql://u:{password}@h/d?password={password}&x=1 password='{password}' host=h");

        EndpointRedaction.Redact(once).ShouldBe(once);
    }

    [Fact]
    public void Hostile_text_is_redacted_in_time_that_grows_with_its_length()
    {
        foreach (var piece in new[] { "ab://u:p", "ab://", "password=", "a:", "=", "${env:A}", "://", "'\"", "\"password\":\"", "password='a ", "ab://u:p ", "&password=a;b", "password=a b " })
        {
            var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));

            // Quadratic work would take minutes here; the test would then be ended by the runner's own limit, not by a clock of its own.
            EndpointRedaction.Redact(text).ShouldNotBeNull();
        }
    }
}
