using System.Collections.Immutable;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Binds organisation.yaml.</summary>
internal static class OrganisationBinder
{
    /// <param name="calendars">The ids of the calendars that could be bound or at least are there.</param>
    public static Organisation Bind(YamlMapping root, IReadOnlyCollection<string> calendars, List<Diagnostic> diagnostics)
    {
        if (root.Scalar("calendar") is { } calendar && !calendars.Contains(calendar.Value))
        {
            Unknown(Errors.UnknownCalendar, calendar, "calendar", calendars, diagnostics);
        }

        var groups = root.EntriesOf("groups").ToImmutableDictionary(g => g.Name, NameOf);
        CheckReasons(root, diagnostics);
        var reasons = root.EntriesOf("close-reasons")
            .Where(e => Kinds.Close(e.Name) is not null && e.Value is YamlMapping)
            .ToImmutableDictionary(e => Kinds.Close(e.Name)!.Value, e => ((YamlMapping)e.Value).Entries);
        return new Organisation
        {
            Name = root.Text("organisation") ?? "",
            Zone = root.Text("zone") ?? "",
            Calendar = root.Text("calendar") ?? "",
            Currencies = [.. root["currencies"].Scalars().Select(s => s.Value)],
            Types = [.. root.EntriesOf("types").Select(t => Type(t, root, groups, diagnostics))],
            Groups = groups,
            GroupCalendars = GroupCalendars(root, calendars, diagnostics),
            GroupRoles = Labels(root, "group-roles"),
            CloseReasons = reasons.Values.SelectMany(r => r).DistinctBy(r => r.Name).ToImmutableDictionary(r => r.Name, Label),
            ReasonsByResult = reasons.ToImmutableDictionary(r => r.Key, r => r.Value.Select(e => e.Name).ToImmutableArray()),
        };
    }

    private static ImmutableDictionary<string, string> GroupCalendars(YamlMapping root, IReadOnlyCollection<string> calendars, List<Diagnostic> diagnostics)
    {
        var named = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var group in root.EntriesOf("groups"))
        {
            if ((group.Value as YamlMapping)?.Scalar("calendar") is not { } calendar) { continue; }
            if (calendars.Contains(calendar.Value)) { named[group.Name] = calendar.Value; }
            else { Unknown(Errors.UnknownCalendar, calendar, "calendar", calendars, diagnostics); }
        }

        return named.ToImmutable();
    }

    private static string NameOf(YamlEntry group) =>
        group.Value is YamlMapping keys ? keys.Text("name") ?? Words.Humanise(group.Name) : Label(group);

    private static ProjectType Type(YamlEntry entry, YamlMapping root, ImmutableDictionary<string, string> groups, List<Diagnostic> diagnostics)
    {
        var body = entry.Value as YamlMapping;
        if (body?.Scalar("owners") is { } owners && !groups.ContainsKey(owners.Value))
        {
            Unknown(Errors.UnknownGroup, owners, "group", groups.Keys, diagnostics);
        }

        var currencies = root["currencies"].Scalars().Select(s => s.Value).ToList();
        if (body?.Scalar("currency") is { } currency && currencies.Count > 0 && !currencies.Contains(currency.Value))
        {
            Unknown(Errors.UnknownCurrency, currency, "currency", currencies, diagnostics);
        }

        var quantity = body?.Text("quantity");
        return new ProjectType(
            entry.Name, body?.Text("name") ?? Words.Humanise(entry.Name), body?.Text("won") ?? "Won",
            body is null ? ImmutableDictionary<string, string>.Empty : Labels(body, "statuses"),
            quantity is not null ? null : body?.Text("currency") ?? currencies.FirstOrDefault(),
            body?.Text("owners"), body?.Text("administrator"))
        { Quantity = quantity };
    }

    /// <summary>A reason that stands under several results is one reason, with one name.</summary>
    private static void CheckReasons(YamlMapping root, List<Diagnostic> diagnostics)
    {
        var labels = new Dictionary<string, string>();
        foreach (var reason in root.EntriesOf("close-reasons").Select(r => r.Value).OfType<YamlMapping>().SelectMany(r => r.Entries))
        {
            var label = Label(reason);
            if (!labels.TryAdd(reason.Name, label) && labels[reason.Name] != label)
            {
                diagnostics.Add(Errors.TwoLabels.At(reason.Value.Span,
                    $"The reason '{reason.Name}' is called '{labels[reason.Name]}' above. Give it the same name here, or take another id.",
                    BindingContext.Replace(reason.Value.Span, labels[reason.Name])));
            }
        }
    }

    private static ImmutableDictionary<string, string> Labels(YamlMapping map, string key) =>
        map.EntriesOf(key).ToImmutableDictionary(e => e.Name, Label);

    private static string Label(YamlEntry entry) =>
        (entry.Value as YamlScalar).Written()?.Value ?? Words.Humanise(entry.Name);

    private static void Unknown(ErrorDefinition error, YamlScalar found, string what, IEnumerable<string> known, List<Diagnostic> diagnostics) =>
        new BindingContext(Definitions.None, diagnostics)
            .Unknown(error, found.Span, found.Value, $"There is no {what} “{found.Value}”", known.Order(StringComparer.Ordinal), "there is none");
}
