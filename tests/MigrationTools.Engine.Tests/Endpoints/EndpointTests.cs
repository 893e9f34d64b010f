using System.Text.Json;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Tests.Endpoints;

public sealed class EndpointTests
{
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    private sealed class Secrets(string value) : ISecretSource
    {
        public string? Find(string kind, string name) => kind == "env" && name == "P" ? value : null;
    }

    [Fact]
    public void A_reference_is_shown_as_it_is_and_resolved_only_for_the_driver()
    {
        var endpoint = Endpoint.Parse("PostgreSQL://u:${env:P}@h/d", "/base", new Secrets("p@s/s"));

        endpoint.Scheme.ShouldBe("postgresql");
        endpoint.ToString().ShouldBe("PostgreSQL://u:${env:P}@h/d");
        endpoint.Reveal().ShouldBe("PostgreSQL://u:p%40s%2Fs@h/d");
    }

    [Fact]
    public void A_path_is_not_percent_encoded() =>
        Endpoint.Parse("sqlite:${env:P}", "/base", new Secrets("my dir/a.db")).Reveal().ShouldBe("sqlite:my dir/a.db");

    [Fact]
    public void A_value_that_looks_like_a_reference_is_not_resolved_again() =>
        Endpoint.Parse("sqlite:${env:P}", "/base", new Secrets("${env:P}")).Reveal().ShouldBe("sqlite:${env:P}");

    [Fact]
    public void A_reference_without_value_is_named_by_the_error()
    {
        var error = Should.Throw<SecretMissingException>(() => Endpoint.Parse("postgresql://u:${env:NOT_THERE}@h/d", "/", new Secrets("x")).Reveal());

        error.Message.ShouldContain("${env:NOT_THERE}");
        error.ErrorId.ShouldBe(ErrorIds.SecretMissing);
    }

    [Fact]
    public void Nothing_that_an_endpoint_gives_to_people_or_files_holds_its_secret()
    {
        var endpoint = Endpoint.Parse("postgresql://u:hunter2@h/d?password=hunter2", "/");

        endpoint.ToString().ShouldNotContain("hunter2");
        $"{endpoint}".ShouldNotContain("hunter2");
        JsonSerializer.Serialize(endpoint).ShouldNotContain("hunter2");
        JsonSerializer.Serialize(endpoint, WithFields).ShouldNotContain("hunter2");
        endpoint.HoldsLiteralSecret.ShouldBeTrue();
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("p@ss w/rd?")]
    public void An_endpoint_knows_its_own_secrets_in_any_text(string secret)
    {
        var endpoint = Endpoint.Parse("postgresql://u:${env:P}@h/d", "/", new Secrets(secret));

        endpoint.Redact($"auth failed with {secret} and {Uri.EscapeDataString(secret)}.").ShouldBe("auth failed with *** and ***.");
    }

    [Fact]
    public void Redacting_needs_no_secret_to_be_there() =>
        Endpoint.Parse("postgresql://u:${env:NOT_THERE}@h/d", "/", new Secrets("x")).Redact("it is away").ShouldBe("it is away");

    [Theory]
    [InlineData("")]
    [InlineData("shop.db")]
    [InlineData(":x")]
    [InlineData("my shop:x")]
    [InlineData("1a:x")]
    public void A_text_without_scheme_is_no_endpoint(string text) =>
        Should.Throw<EndpointException>(() => Endpoint.Parse(text, "/")).Message.ShouldContain("expected scheme:rest");

    [Fact]
    public void A_windows_path_is_told_how_to_become_an_endpoint() =>
        Should.Throw<EndpointException>(() => Endpoint.Parse("C:\\data\\shop.db", "/")).Message.ShouldContain("write sqlite: before it");

    [Fact]
    public void A_reference_can_not_stand_for_the_scheme() =>
        Should.Throw<EndpointException>(() => Endpoint.Parse("${env:DATABASE_URL}", "/")).Message.ShouldContain("scheme must be written out");

    [Fact]
    public void Endpoints_are_equal_by_what_they_say_and_where_they_say_it()
    {
        Endpoint.Parse("sqlite:a.db", "/x").ShouldBe(Endpoint.Parse("sqlite:a.db", "/x"));
        Endpoint.Parse("sqlite:a.db", "/x").ShouldNotBe(Endpoint.Parse("sqlite:a.db", "/y"));
    }
}
