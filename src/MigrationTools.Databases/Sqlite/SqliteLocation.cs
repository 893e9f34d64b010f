using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Sqlite;

/// <summary>Turns a <c>sqlite:</c> endpoint into the absolute path of its file.</summary>
internal static class SqliteLocation
{
    /// <summary>
    /// <c>sqlite:shop.db</c> is relative to the endpoint's base directory, <c>sqlite:/var/shop.db</c> and <c>sqlite:C:\shop.db</c> are absolute: what
    /// follows the colon is taken letter for letter. <c>sqlite:///var/shop.db</c> is a URI: percent-encoding is decoded.
    /// </summary>
    /// <exception cref="EndpointException">It names no file.</exception>
    public static string PathOf(Endpoint endpoint)
    {
        var revealed = endpoint.Reveal();
        var rest = revealed[(revealed.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (rest.Contains('?', StringComparison.Ordinal))
        {
            throw Invalid(endpoint, "a SQLite endpoint takes no parameters; a '?' that belongs to the file's name is written sqlite:///directory/a%3Fb.db");
        }

        var path = rest.StartsWith("//", StringComparison.Ordinal) ? FromUri(endpoint, rest[2..]) : rest;
        if (path.Length == 0)
        {
            throw Invalid(endpoint, "it names no file; expected sqlite:shop.db or sqlite:/directory/shop.db");
        }

        if (path.Equals(":memory:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid(endpoint, "a database in memory or a file: URI can't be migrated, for every connection would see another one; name a file");
        }

        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw Invalid(endpoint, "a file's name can't hold a NUL character");
        }

        return Path.GetFullPath(path, Path.GetFullPath(endpoint.BaseDirectory));
    }

    private static string FromUri(Endpoint endpoint, string authorityAndPath)
    {
        var slash = authorityAndPath.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? authorityAndPath : authorityAndPath[..slash];
        if (slash < 0 || (authority.Length > 0 && !authority.Equals("localhost", StringComparison.OrdinalIgnoreCase)))
        {
            throw Invalid(endpoint, "a SQLite file is on this machine; expected sqlite:shop.db, sqlite:/directory/shop.db or sqlite:///directory/shop.db");
        }

        var path = Uri.UnescapeDataString(authorityAndPath[slash..]);
        var hasDrive = path.Length >= 3 && char.IsAsciiLetter(path[1]) && path[2] == ':';
        return hasDrive ? path[1..] : path;
    }

    private static EndpointException Invalid(Endpoint endpoint, string why) => new($"'{endpoint}': {why}.");
}
