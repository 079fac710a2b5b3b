using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ProcessManager.Engine.Store;

/// <summary>A table's and its columns' quoted names, as the EF model has them, and the statements made from them.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, string> columns;

    private Table(IEntityType type)
    {
        Name = Quote(type.GetTableName()!);
        columns = type.GetProperties().ToDictionary(p => p.Name, p => Quote(p.GetColumnName()));
    }

    public static Table Of<T>(IModel model) => new(
        model.FindEntityType(typeof(T)) ??
        throw new InvalidOperationException($"The model lacks {typeof(T).Name}: call {nameof(EngineModel)}.{nameof(EngineModel.Configure)}."));

    public string Name { get; }

    /// <summary>The column of a property.</summary>
    public string this[string property] => columns[property];

    public string Columns(params string[] properties) => string.Join(", ", properties.Select(p => columns[p]));

    /// <summary>Takes its values as parameters 0, 1, 2 … in the order of the properties.</summary>
    public string Insert(params string[] properties) =>
        $"insert into {Name} ({Columns(properties)}) values ({string.Join(", ", properties.Select((_, i) => $"@p{i}"))})";

    public string Select(string[] properties, params string[] keys) =>
        $"select {Columns(properties)} from {Name} where {Where(keys, 0)}";

    /// <summary>Takes the values to set as the first parameters, those to find the row by after them.</summary>
    public string Update(string[] set, params string[] keys) =>
        $"update {Name} set {string.Join(", ", set.Select((p, i) => $"{columns[p]} = @p{i}"))} where {Where(keys, set.Length)}";

    public string Delete(params string[] keys) => $"delete from {Name} where {Where(keys, 0)}";

    private string Where(string[] keys, int first) =>
        string.Join(" and ", keys.Select((p, i) => $"{columns[p]} = @p{first + i}"));

    private static string Quote(string name) => $"\"{name}\"";
}
