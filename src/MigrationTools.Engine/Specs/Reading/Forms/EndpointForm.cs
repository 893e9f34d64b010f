using System.Text.Json.Nodes;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A URI whose secrets are references. A password that is written out is refused: specs lie in repositories.</summary>
internal sealed class EndpointForm(string expected, Func<SpecVocabulary, IEnumerable<string>>? schemes = null) : ScalarForm<Endpoint>
{
    public static EndpointForm Database { get; } = new(
        "a database's URI, such as sqlite:shop.db or postgresql://user:${env:NAME}@host:5432/db",
        vocabulary => vocabulary.DatabaseEngines.Keys);

    public static EndpointForm Http { get; } = new("a base URL, such as http://blue:8080", _ => ["http", "https"]);

    public static EndpointForm Router { get; } = new("a router's address, such as unix:/run/haproxy.sock or file:/etc/nginx/conf.d/split.conf");

    public override string Expected { get; } = expected;

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = "^[A-Za-z][A-Za-z0-9+.-]+:" };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out Endpoint? value)
    {
        value = null;
        if (Malformed(scalar.Text) is { } malformed)
        {
            return malformed;
        }

        try
        {
            value = Endpoint.Parse(scalar.Text, context.Directory, context.Secrets);
        }
        catch (EndpointException)
        {
            return Advice(scalar.Text);
        }

        if (value.HoldsLiteralSecret)
        {
            return $"{Echo.Quote(scalar.Text)} holds a password or another secret written out; put ${{env:NAME}} or ${{file:path}} in its place "
                + "(and write an @ that is no part of it as %40).";
        }

        return CheckScheme(value.Scheme, scalar, context) ?? (scalar.Text.Any(char.IsControl) ? $"{Echo.Quote(scalar.Text)} holds a control character." : null);
    }

    private string? CheckScheme(string scheme, ScalarNode scalar, ReadingContext context)
    {
        var known = schemes?.Invoke(context.Vocabulary).ToList();
        if (known is null || known.Contains(scheme, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var nearest = NearestName.Suggest(scheme, known);
        return $"{Echo.Quote(scalar.Text)}: the scheme '{scheme}' is not supported here{(nearest.Length == 0 ? $"; expected {Words.List(known, "or")}." : nearest)}";
    }

    private string Advice(string text)
    {
        if (text.StartsWith("${", StringComparison.Ordinal))
        {
            return $"expected {Expected}, found {Echo.Quote(text)}; the scheme must be written out before a reference.";
        }

        var isWindowsPath = text.Length > 1 && char.IsAsciiLetter(text[0]) && text[1] == ':';
        var mayBePath = this == Database && (isWindowsPath || !text.Contains(':', StringComparison.Ordinal)) && !text.Contains('@', StringComparison.Ordinal);
        return $"expected {Expected}, found {Echo.Quote(text)}{(mayBePath ? $"; a file of SQLite is {Echo.Quote("sqlite:" + text)}" : string.Empty)}.";
    }

    private static string? Malformed(string text)
    {
        var index = SecretReferences.IndexOfMalformed(text);
        if (index < 0)
        {
            return null;
        }

        // Only the kind is shown: what stands in the braces may be a password that happens to begin so.
        var colon = text.IndexOf(':', index);
        var kind = colon > index + 2 && colon - index < 20 && text[(index + 2)..colon].All(char.IsAsciiLetter) ? text[(index + 2)..colon] : string.Empty;
        var nearest = kind is "" or "env" or "file" ? "." : NearestName.Suggest(kind, ["env", "file"]) is { Length: > 0 } suggestion ? suggestion : ".";
        return $"what begins with '${{{(kind.Length > 0 ? kind + ":" : string.Empty)}' is no reference to a secret; expected ${{env:NAME}} or ${{file:path}}{nearest}";
    }
}
