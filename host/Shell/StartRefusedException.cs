namespace ProcessManager.Host.Shell;

/// <summary>The host won't start in these surroundings; the message is one sentence that says what to change.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
