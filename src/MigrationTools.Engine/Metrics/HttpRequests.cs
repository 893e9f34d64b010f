using System.Net.Http.Headers;
using System.Text;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Metrics;

/// <summary>Requests to an endpoint with a path behind it.</summary>
internal static class HttpRequests
{
    /// <summary>A GET request; a user and password of the endpoint travel as basic authentication (RFC 7617).</summary>
    /// <exception cref="MeasurementException">The endpoint is no address of HTTP.</exception>
    public static HttpRequestMessage Get(Endpoint endpoint, string path)
    {
        if (!Uri.TryCreate(endpoint.Reveal(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new MeasurementException($"'{endpoint}' is not an http or https address.");
        }

        // A base of http://host/api means /api/health for the path /health: the path is added, it does not replace.
        var whole = new UriBuilder(address) { UserName = "", Password = "", Query = "" };
        var question = path.IndexOf('?', StringComparison.Ordinal);
        whole.Path = whole.Path.TrimEnd('/') + '/' + (question < 0 ? path : path[..question]).TrimStart('/');
        whole.Query = question < 0 ? address.Query : path[question..];
        var request = new HttpRequestMessage(HttpMethod.Get, whole.Uri);
        if (address.UserInfo.Length > 0)
        {
            var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        }

        return request;
    }
}
