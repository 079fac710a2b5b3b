using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Shaping;

/// <summary>One walk over nodes and shapes, side by side.</summary>
internal sealed class ShapeWalk(ICollection<Diagnostic> diagnostics)
{
    private int steps;

    /// <param name="key">The key that the node is the value of; null for items of lists and the file itself.</param>
    public void Visit(YamlNode node, Shape shape, YamlScalar? key)
    {
        if (node.IsBroken)
        {
            return;
        }

        var form = Words.FormOf(node);
        if ((shape.Forms & form) == 0)
        {
            ReportForm(node, shape, key);
            return;
        }

        switch (shape)
        {
            case OneOfShape oneOf:
                Visit(node, oneOf.OptionOf(form), key);
                break;
            case ListShape list:
                VisitList((YamlSequence)node, list, key);
                break;
            case MapShape map:
                VisitMap((YamlMapping)node, map, key);
                break;
            case ObjectShape known:
                VisitObject((YamlMapping)node, known, key);
                break;
            case StepShape:
                VisitStep((YamlMapping)node, key);
                break;
            case VariantShape variant:
                VisitVariant((YamlMapping)node, variant, key);
                break;
            case EmptyShape:
                VisitEmpty(node, key);
                break;
            case AnyShape:
                break;
            default:
                ScalarCheck.Run((YamlScalar)node, shape, key?.Value, diagnostics);
                break;
        }
    }

    private static string For(YamlScalar? key) => key is null ? "" : $" for `{key.Value}`";

    private void ReportForm(YamlNode node, Shape shape, YamlScalar? key)
    {
        if (node is YamlScalar { IsNothing: true })
        {
            var at = key?.Span ?? node.Span;
            diagnostics.Add(Errors.NoValue.At(at, key is null
                ? $"There is nothing here. Expected {shape.Noun}."
                : $"`{key.Value}` has no value. Expected {shape.Noun}."));
            return;
        }

        var fix = node is YamlScalar text && shape is ListShape
            ? new QuickFix("Make it a list", [new TextEdit(text.Span, $"[{text.File.Text[text.Start..text.End]}]")])
            : null;
        diagnostics.Add(Errors.WrongForm.At(node.Span, $"Expected {shape.Noun}{For(key)}, found {node.Describe()}.", fix));
    }

    private void VisitEmpty(YamlNode node, YamlScalar? key)
    {
        if (node is YamlMapping { Entries: [var first, ..] })
        {
            diagnostics.Add(Errors.UnknownKey.At(first.Key.Span, $"Expected nothing{For(key)}, found “{first.Name}”."));
        }
    }

    private void VisitList(YamlSequence node, ListShape list, YamlScalar? key)
    {
        if (node.Items.Length < list.AtLeast)
        {
            diagnostics.Add(Errors.TooFew.At(node.Span, $"The list{For(key)} is empty. Expected {list.Noun}."));
        }

        foreach (var item in node.Items)
        {
            Visit(item, list.Item, null);
        }
    }

    private void VisitMap(YamlMapping node, MapShape map, YamlScalar? key)
    {
        if (node.Entries.Length < map.AtLeast)
        {
            diagnostics.Add(Errors.TooFew.At(node.Span, $"There are no {map.Plural}{For(key)}. Add one, or remove the key."));
        }

        foreach (var entry in node.Entries)
        {
            if (map.Key is IdShape id)
            {
                ScalarCheck.Run(entry.Key, id, null, diagnostics);
            }

            Visit(entry.Value, map.Value, entry.Key);
        }
    }

    private void VisitObject(YamlMapping node, ObjectShape shape, YamlScalar? owner)
    {
        foreach (var entry in node.Entries)
        {
            if (shape.Find(entry.Name) is not { } known)
            {
                ReportUnknown(entry, node, shape);
            }
            else
            {
                if (known.OnlyWith is { } other && node.Find(other) is null)
                {
                    diagnostics.Add(Errors.KeyNeedsAnother.At(entry.Key.Span, $"`{known.Name}` means nothing without `{other}`."));
                }

                Visit(entry.Value, known.Shape, entry.Key);
            }
        }

        CheckMissing(node, shape, owner);
        CheckChoices(node, shape, owner);
    }

    private void ReportUnknown(YamlEntry entry, YamlMapping node, ObjectShape shape)
    {
        if (entry.Name == "each" && StepKindCatalog.Find(shape.Name) is { AllowsEach: false } kind)
        {
            diagnostics.Add(Errors.EachNotHere.At(entry.Key.Span, kind.Key == "approval"
                ? "An approval is a decision of everybody that `assign` names already, so `each` isn't allowed on it: write the people with `assign` and how many with `need`."
                : $"`each` isn't allowed on a step of kind {kind.Key}, where a member means nothing: expected {Words.List(StepKindCatalog.All.Where(k => k.AllowsEach).Select(k => k.Key))}."));
            return;
        }

        if (node.IsFlow && entry.Value is YamlScalar { IsNothing: true } && entry.Name.Contains(' ', StringComparison.Ordinal))
        {
            diagnostics.Add(Errors.UnknownKey.At(entry.Key.Span,
                $"{Words.Capital(Words.A(shape.Name))} has no key “{entry.Name}”. If the comma before it belongs to a text, quote the whole text."));
            return;
        }

        var free = shape.Keys.Where(k => node.Find(k.Name) is null).Select(k => k.Name).ToList();
        var (advice, fix) = Words.Suggest(entry.Name, free, entry.Key.Span);
        diagnostics.Add(Errors.UnknownKey.At(entry.Key.Span, $"{Words.Capital(Words.A(shape.Name))} has no key “{entry.Name}”.{advice}", fix));
    }

    private void CheckMissing(YamlMapping node, ObjectShape shape, YamlScalar? owner)
    {
        foreach (var missing in shape.RequiredKeys)
        {
            if (node.Find(missing.Name) is not null)
            {
                continue;
            }

            diagnostics.Add(Errors.MissingKey.At(Head(node, owner),
                $"{Named(shape, owner)} needs the key `{missing.Name}`: {Words.Small(missing.Help)}"));
        }
    }

    private void CheckChoices(YamlMapping node, ObjectShape shape, YamlScalar? owner)
    {
        foreach (var choice in shape.Choices)
        {
            var written = WrittenOf(node, choice);
            if (written.Count > 1)
            {
                diagnostics.Add(Errors.KeysExcludeEachOther.At(written[1].Key.Span,
                    $"Only one of {Words.List(choice.Keys.Select(k => $"`{k}`"))} can be written; `{written[0].Name}` is there already."));
            }
            else if (written.Count == 0 && choice.Required)
            {
                diagnostics.Add(Errors.MissingKey.At(Head(node, owner),
                    $"{Named(shape, owner)} needs one of {Words.List(choice.Keys.Select(k => $"`{k}`"))}."));
            }
        }
    }

    /// <summary>The keys of a choice that are written, in the order of the file.</summary>
    private static List<YamlEntry> WrittenOf(YamlMapping node, KeyChoice choice)
    {
        var written = new List<YamlEntry>(1);
        foreach (var entry in node.Entries)
        {
            if (choice.Keys.Contains(entry.Name))
            {
                written.Add(entry);
            }
        }

        return written;
    }

    private static string Named(ObjectShape shape, YamlScalar? owner) =>
        owner is null || owner.Value == shape.Name ? $"The {shape.Name}" : $"The {shape.Name} “{owner.Value}”";

    /// <summary>Where something is said of a map as a whole: its key, or the first sign of it.</summary>
    private static SourceSpan Head(YamlMapping node, YamlScalar? owner) =>
        owner?.Span ?? (node.Entries is [var first, ..] && !node.IsFlow ? first.Key.Span : node.File.Span(node.Start, node.Start + 1));

    private void VisitStep(YamlMapping node, YamlScalar? key)
    {
        if (++steps > PlanShape.MaxSteps)
        {
            if (steps == PlanShape.MaxSteps + 1)
            {
                diagnostics.Add(Errors.TooManySteps.At(Head(node, key), "Here the plan passes 2,000 steps. Split it into several plans."));
            }

            return;
        }

        switch (ShapeChecker.KindsOf(node))
        {
            case [var kind]:
                VisitObject(node, kind.Shape, key);
                break;
            case []:
                ReportNoKind(node, key);
                break;
            case [var first, .. var more]:
                diagnostics.Add(Errors.TwoStepKinds.At(node.Find(more[0].Key)!.Key.Span,
                    $"A step has one kind, and this one is a `{first.Key}` already. Make two steps of it."));
                break;
        }
    }

    private void VisitVariant(YamlMapping node, VariantShape shape, YamlScalar? key)
    {
        var verbs = node.Entries.Where(e => shape.Verbs.Contains(e.Name)).ToList();
        if (verbs.Count == 1)
        {
            VisitObject(node, shape.Variants.First(v => v.Keys[0].Name == verbs[0].Name), key);
        }
        else if (verbs.Count > 1)
        {
            diagnostics.Add(Errors.TwoVerbs.At(verbs[1].Key.Span, $"This {shape.Name} says `{verbs[0].Name}` already. Make `{verbs[1].Name}` an item of its own."));
        }
        else
        {
            var all = shape.Verbs.ToList();
            var slip = node.Entries.FirstOrDefault(e => Words.Nearest(e.Name, all) is not null) ?? node.Entries.FirstOrDefault();
            var (advice, fix) = slip is null ? ("", null) : Words.Suggest(slip.Name, all, slip.Key.Span);
            diagnostics.Add(Errors.UnknownVerb.At(slip?.Key.Span ?? Head(node, key), slip is null
                ? $"Nothing is said here. Expected one of {Words.List(all)}." : $"“{slip.Name}” is nothing that a test does.{advice}", fix));
        }
    }

    private void ReportNoKind(YamlMapping node, YamlScalar? key)
    {
        var kinds = StepKindCatalog.All.Select(k => k.Key).ToList();
        var slip = node.Entries
            .Where(e => StepParts.EveryStep.Concat(StepParts.ForPeople).All(k => k.Name != e.Name))
            .Select(e => (Entry: e, Kind: Words.Nearest(e.Name, kinds)))
            .FirstOrDefault(e => e.Kind is not null);
        if (slip.Kind is not null)
        {
            var (advice, fix) = Words.Suggest(slip.Entry.Name, kinds, slip.Entry.Key.Span);
            diagnostics.Add(Errors.NoStepKind.At(slip.Entry.Key.Span, $"“{slip.Entry.Name}” is no kind of step.{advice}", fix));
            return;
        }

        var named = key is null ? "The step" : $"The step “{key.Value}”";
        diagnostics.Add(Errors.NoStepKind.At(Head(node, key), $"{named} doesn't say what it is. Add one of {Words.List(kinds.Select(k => k + ":"))}."));
    }
}
