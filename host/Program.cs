return await ProcessManager.Host.Cli.CommandLine.RunAsync(args);
