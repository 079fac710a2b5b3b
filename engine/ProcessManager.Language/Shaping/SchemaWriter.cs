using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProcessManager.Language.Shaping;

/// <summary>
/// Writes a shape as a JSON schema (draft 7, which editors for YAML know best), so that an editor completes keys,
/// shows their help and underlines what is wrong while one types. What a schema can't say, the compiler says.
/// </summary>
public static class SchemaWriter
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schemas that belong into <c>definitions/schema</c>, by file name.</summary>
    public static ImmutableSortedDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["plan.schema.json"] = Write(PlanShape.Plan, "An action plan"),
        ["organisation.schema.json"] = Write(OrganisationShape.Organisation, "The organisation"),
        ["calendar.schema.json"] = Write(CalendarShape.Calendar, "A working calendar"),
        ["tests.schema.json"] = Write(TestsShape.File, "The tests of a plan"),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <param name="title">As the editor shows it.</param>
    public static string Write(ObjectShape shape, string title)
    {
        var parts = new Parts();
        var root = parts.Of(shape, inPlace: true);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = title,
        };
        foreach (var (name, value) in root.ToList())
        {
            root.Remove(name);
            schema[name] = value;
        }

        if (parts.Definitions.Count > 0)
        {
            schema["definitions"] = parts.Definitions;
        }

        return schema.ToJsonString(Indented) + "\n";
    }

    /// <summary>Shapes with keys are written once each and referred to.</summary>
    private sealed class Parts
    {
        private const string DayOfEveryYear =
            "^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$|^easter( *[+-] *[0-9]{1,3})?$|^(1st|2nd|3rd|4th|last) [a-z]+ of [a-z]+$";

        private readonly Dictionary<Shape, string> names = new(ReferenceEqualityComparer.Instance);

        public JsonObject Definitions { get; } = [];

        public JsonObject Of(Shape shape, bool inPlace = false) => shape switch
        {
            ObjectShape known => inPlace ? Keys(known) : Named(known, known.Name, () => Keys(known)),
            StepShape => Step(),
            VariantShape variant => Named(variant, variant.Name, () => new JsonObject
            {
                ["anyOf"] = Each(variant.Variants.Select(v => Named(v, v.Name, () => Keys(v)))),
            }),
            AnyShape => [],
            MapShape map => Map(map),
            ListShape list => new JsonObject
            {
                ["type"] = "array",
                ["items"] = Of(list.Item),
                ["minItems"] = list.AtLeast,
            },
            OneOfShape oneOf => new JsonObject { ["anyOf"] = Each(oneOf.Options.Select(o => Of(o))) },
            EmptyShape => new JsonObject
            {
                ["anyOf"] = Each([new JsonObject { ["type"] = "null" }, new JsonObject { ["type"] = "object", ["maxProperties"] = 0 }]),
            },
            // `true` is an id like any other.
            IdShape => new JsonObject { ["type"] = new JsonArray("string", "boolean"), ["pattern"] = "^[a-z][a-z0-9-]*$", ["maxLength"] = IdShape.MaxLength },
            NumberShape number => Number(number),
            FlagShape => new JsonObject { ["enum"] = new JsonArray(true, false, "yes", "no", "true", "false") },
            ChoiceShape choice => new JsonObject { ["enum"] = Each(choice.Values.Select(v => JsonValue.Create(v))) },
            DateShape date => Pattern(date.Yearly ? DayOfEveryYear : "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
            HoursShape => Pattern("^[0-2][0-9]:[0-5][0-9] *- *[0-2][0-9]:[0-5][0-9]$"),
            CurrencyShape => Pattern("^[A-Z]{3}$"),
            // Editors read scalars as YAML types them: a text may look like a number, a date or a flag to them.
            _ => new JsonObject { ["type"] = new JsonArray("string", "number", "boolean"), ["pattern"] = "\\S" },
        };

        private static JsonArray Each(IEnumerable<JsonNode?> nodes) => [.. nodes];

        private JsonObject Named(Shape shape, string name, Func<JsonObject> write)
        {
            if (!names.TryGetValue(shape, out var known))
            {
                known = name.Replace(' ', '-');
                for (var count = 2; Definitions.ContainsKey(known); count++)
                {
                    known = $"{name.Replace(' ', '-')}-{count}";
                }

                names[shape] = known;
                Definitions[known] = new JsonObject();
                Definitions[known] = write();
            }

            return new JsonObject { ["$ref"] = "#/definitions/" + known };
        }

        private JsonObject Map(MapShape map)
        {
            var schema = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = Of(map.Value),
                ["minProperties"] = map.AtLeast,
            };
            if (map.Key is IdShape id)
            {
                schema["propertyNames"] = Of(id);
            }

            return schema;
        }

        private static JsonObject Number(NumberShape shape)
        {
            var number = new JsonObject { ["type"] = shape.Integer ? "integer" : "number" };
            if (shape.Min > decimal.MinValue)
            {
                number["minimum"] = shape.Min;
            }

            if (shape.Max < decimal.MaxValue)
            {
                number["maximum"] = shape.Max;
            }

            // In quotes a number is a number as well: values are typed by their keys.
            List<JsonObject> forms = [number, Pattern(shape.Integer ? "^[+-]?[0-9]+(\\.0*)?$" : "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$")];
            if (!shape.Also.IsEmpty)
            {
                forms.Add(new JsonObject { ["enum"] = Each(shape.Also.Select(w => JsonValue.Create(w))) });
            }

            return new JsonObject { ["anyOf"] = Each(forms) };
        }

        private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

        private JsonObject Step() => new()
        {
            ["anyOf"] = Each(StepKindCatalog.All.Select(k => Named(k.Shape, k.Key + " step", () => Keys(k.Shape)))),
        };

        private JsonObject Keys(ObjectShape shape)
        {
            var properties = new JsonObject();
            foreach (var key in shape.Keys)
            {
                // Beside a $ref other words don't count in this draft.
                var value = Of(key.Shape);
                properties[key.Name] = value.ContainsKey("$ref")
                    ? new JsonObject { ["description"] = key.Help, ["allOf"] = new JsonArray(value) }
                    : Described(value, key);
            }

            var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
            if (shape.RequiredKeys.Any())
            {
                schema["required"] = Each(shape.RequiredKeys.Select(k => JsonValue.Create(k.Name)));
            }

            var dependencies = shape.Keys.Where(k => k.OnlyWith is not null).ToList();
            if (dependencies.Count > 0)
            {
                schema["dependencies"] = new JsonObject(dependencies.Select(k =>
                    KeyValuePair.Create<string, JsonNode?>(k.Name, new JsonArray(k.OnlyWith))));
            }

            if (Exclusions(shape) is { Count: > 0 } rules)
            {
                schema["allOf"] = rules;
            }

            return schema;
        }

        private static JsonObject Described(JsonObject value, KeyShape key)
        {
            value["description"] = key.Help;
            return value;
        }

        private static JsonArray Exclusions(ObjectShape shape)
        {
            var rules = new JsonArray();
            foreach (var choice in shape.Choices)
            {
                var one = Each(choice.Keys.Select(k => new JsonObject { ["required"] = new JsonArray(k) }));
                if (!choice.Required)
                {
                    one.Add(new JsonObject
                    {
                        ["not"] = new JsonObject { ["anyOf"] = Each(choice.Keys.Select(k => new JsonObject { ["required"] = new JsonArray(k) })) },
                    });
                }

                rules.Add(new JsonObject { ["oneOf"] = one });
            }

            return rules;
        }
    }
}
