using ShopService;

var settings = ShopSettings.Parse(args);
if (settings is null)
{
    Console.Error.WriteLine("usage: ShopService --version 2|3 --database FILE [--port N] [--allow-faults]");
    return 2;
}

await ShopServer.Build(settings).RunAsync();
return 0;
