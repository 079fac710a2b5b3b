using ProcessManager.Engine;
using ProcessManager.Host;
using ProcessManager.Host.Shell;

try
{
    var app = HostApp.Build(args is ["serve", .. var rest] ? rest : args);
    await app.RunAsync();
    return 0;
}
catch (Exception refused) when (refused is StartRefusedException or EngineRefusedException)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
