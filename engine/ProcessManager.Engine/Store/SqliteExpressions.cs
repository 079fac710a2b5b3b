using Microsoft.Data.Sqlite;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Engine.Store;

/// <summary>Lets a SQLite connection answer filters made of expressions.</summary>
public static class SqliteExpressions
{
    /// <summary>Adds <see cref="SqlFunctions"/> to the open connection, until it is closed.</summary>
    public static void AddExpressionFunctions(this SqliteConnection connection)
    {
        foreach (var function in SqlFunctions.All)
        {
            var body = function.Body;
            switch (function.Arguments)
            {
                case 1: connection.CreateFunction<object?, object?>(function.Name, a => body([Plain(a)]), isDeterministic: true); break;
                case 2: connection.CreateFunction<object?, object?, object?>(function.Name, (a, b) => body([Plain(a), Plain(b)]), isDeterministic: true); break;
                default: connection.CreateFunction<object?, object?, object?, object?>(function.Name, (a, b, c) => body([Plain(a), Plain(b), Plain(c)]), isDeterministic: true); break;
            }
        }
    }

    private static object? Plain(object? value) => value is DBNull ? null : value;
}
