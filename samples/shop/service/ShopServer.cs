using System.Net;

namespace ShopService;

/// <summary>The service: health, an order, the latest orders.</summary>
public static class ShopServer
{
    public const string VersionHeader = "X-Shop-Version";

    public static WebApplication Build(ShopSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, settings.Port));
        var shop = builder.Build();
        var orders = new ShopOrders(settings);
        var faults = new ShopFaults();
        var asked = 0;

        shop.Use(async (context, next) =>
        {
            context.Response.Headers[VersionHeader] = settings.VersionName;
            var now = Volatile.Read(ref faults);
            var number = Interlocked.Increment(ref asked);
            if (context.Request.Path.StartsWithSegments("/orders", StringComparison.Ordinal))
            {
                if (now.DelayMilliseconds > 0)
                {
                    await Task.Delay(now.DelayMilliseconds, context.RequestAborted);
                }

                // Spread over the answers: with 8 % the 13th, 25th, 38th … of a hundred.
                if (number * now.ErrorPercent % 100 < now.ErrorPercent)
                {
                    context.Response.StatusCode = 500;
                    return;
                }
            }

            await next();
        });
        shop.MapGet("/healthz", () => settings.VersionName);
        shop.MapGet("/orders", () => orders.Latest());
        shop.MapGet("/orders/{id:long}", (long id) =>
        {
            var every = Volatile.Read(ref faults).WrongTotalEvery;
            return orders.Find(id, wrong: every > 0 && Volatile.Read(ref asked) % every == 0) is { } order ? Results.Ok(order) : Results.NotFound();
        });
        if (settings.AllowFaults)
        {
            shop.MapPut("/faults", (ShopFaults wanted) => Volatile.Write(ref faults, wanted));
        }

        return shop;
    }
}
