using System.Security.Cryptography;
using System.Text;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>What every page begins with, up to its body: its looks, and a content security policy that allows these and nothing else.</summary>
internal static class PageHead
{
    /// <param name="title">The page's title, as plain text.</param>
    /// <param name="version">The version that wrote the page.</param>
    /// <param name="script">The text of the page's only script; null where it has none.</param>
    public static Markup Of(string title, string version, string? script)
    {
        var allowed = script is null ? Markup.Empty : Markup.Of($"script-src '{HashOf(script)}'; ");
        return Markup.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{HashOf(ReportStyle.Text)}'; {allowed}base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="MigrationTools {version}">
            <title>{title}</title>
            <style>{Markup.Asset(ReportStyle.Text)}</style>
            </head>
            """);
    }

    // Hash sources: W3C, Content Security Policy Level 3, section 8.2. The hash is of the element's text as the parser sees it.
    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
