using System.Text.Json.Nodes;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A webhook's address. Those of chat services let everybody who knows them write, so they are secrets and stand as references.</summary>
internal sealed class WebhookForm : ScalarForm<string>
{
    private static readonly string[] SecretHosts = ["hooks.slack.com", "webhook.office.com", "logic.azure.com", "api.powerplatform.com", "discord.com"];

    public override string Expected => "a reference to an address, such as ${env:SLACK_WEBHOOK}, or an http or https URL";

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = "^(https?://|\\$\\{(env|file):)" };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out string? value)
    {
        value = scalar.Text;
        if (SecretReferences.IndexOfMalformed(value) >= 0 || value.Any(char.IsControl))
        {
            return string.Empty;
        }

        if (value.StartsWith("${", StringComparison.Ordinal))
        {
            return null;
        }

        if (!Uri.TryCreate(value, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return string.Empty;
        }

        var secret = EndpointRedaction.HoldsSecret(value) || SecretHosts.Any(host => address.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase));
        return secret && !SecretReferences.Any(value) ? $"the address at {address.Host} is a secret; put ${{env:NAME}} or ${{file:path}} in its place." : null;
    }
}
