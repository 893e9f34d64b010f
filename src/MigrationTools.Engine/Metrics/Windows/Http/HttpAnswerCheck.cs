using System.Buffers;
using System.Globalization;
using System.Text;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Metrics.Windows.Http;

/// <summary>Whether an answer is one of a request that succeeded. The whole body is always read: a latency ends with it.</summary>
internal sealed class HttpAnswerCheck(IReadOnlyList<string> statuses, Expectation? body)
{
    /// <summary>Of a body that is looked at, so much is kept; the rest is read and not looked at.</summary>
    private const int LongestBody = 1024 * 1024;

    public string Expected => $"status {string.Join(" or ", statuses)}{(body is null ? "" : $", body {body}")}";

    /// <summary>What is wrong with the answer, in few and always the same words; null where nothing is.</summary>
    public async Task<string?> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (!statuses.Any(expected => expected == status || (expected.EndsWith("xx", StringComparison.Ordinal) && expected[0] == status[0])))
        {
            return $"status {status}";
        }

        return body is null || ExpectationEvaluator.Evaluate(body, text.Trim()).Verdict == Verdict.Passed ? null : "another body than expected";
    }

    private async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var ofStream = stream.ConfigureAwait(false);
        if (body is null)
        {
            await stream.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            return "";
        }

        using var kept = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                kept.Write(buffer, 0, Math.Min(read, LongestBody - (int)kept.Length));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }
}
