namespace ProcessManager.Language.Reading;

/// <summary>
/// From positions in a scalar's value to offsets in the file. Exact for what stands on one line, quotes and
/// escapes included, and for every visible character of folded and block texts; a blank that folding made of
/// a line break leads to that line break.
/// </summary>
internal sealed class ScalarMap
{
    private readonly int[]? starts;
    private readonly int[]? ends;
    private readonly int offset;
    private readonly int length;

    private ScalarMap(int offset, int length)
    {
        this.offset = offset;
        this.length = length;
    }

    private ScalarMap(int[] starts, int[] ends, int offset)
    {
        this.starts = starts;
        this.ends = ends;
        this.offset = offset;
        length = starts.Length;
    }

    public static ScalarMap Of(YamlScalar scalar)
    {
        var text = scalar.File.Text;
        var quote = scalar.Style is YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted ? 1 : 0;
        var from = scalar.Start + quote;
        var to = Math.Max(from, scalar.End - quote);
        if (scalar.IsBroken
            || text.AsSpan(from, Math.Min(to, text.Length) - from).SequenceEqual(scalar.Value))
        {
            return new ScalarMap(from, scalar.Value.Length);
        }

        if (scalar.Style is YamlScalarStyle.Literal or YamlScalarStyle.Folded)
        {
            from = scalar.File.LineOf(from) is var line && line < scalar.File.LineCount
                ? scalar.File.LineStart(line + 1)
                : to;
        }

        return new Walk(text, from, Math.Min(to, text.Length), scalar).Run();
    }

    /// <summary>The offset of the value's character at <paramref name="position"/>.</summary>
    public int Start(int position) => position >= length
        ? length == 0 ? offset : End(length - 1)
        : starts is null ? offset + Math.Max(0, position) : starts[Math.Max(0, position)];

    /// <summary>The offset after the value's character at <paramref name="position"/>.</summary>
    public int End(int position)
    {
        position = Math.Clamp(position, 0, Math.Max(0, length - 1));
        return length == 0 ? offset : ends is null ? offset + position + 1 : ends[position];
    }

    /// <summary>Goes through value and source side by side.</summary>
    private sealed class Walk(string text, int from, int to, YamlScalar scalar)
    {
        private readonly int[] starts = new int[scalar.Value.Length];
        private readonly int[] ends = new int[scalar.Value.Length];
        private int at = from;

        public ScalarMap Run()
        {
            var value = scalar.Value;
            for (var i = 0; i < value.Length; i++)
            {
                if (scalar.Style == YamlScalarStyle.DoubleQuoted && Escape(i, value))
                {
                    continue;
                }

                if (value[i] is ' ' or '\t' or '\n' or '\r')
                {
                    Blank(i, value[i]);
                }
                else
                {
                    Visible(i, value[i]);
                }
            }

            return new ScalarMap(starts, ends, scalar.Start);
        }

        private void Set(int i, int start, int end)
        {
            starts[i] = Math.Min(start, to);
            ends[i] = Math.Min(end, to);
        }

        private bool Escape(int i, string value)
        {
            if (i > 0 && char.IsLowSurrogate(value[i]) && ends[i - 1] - starts[i - 1] == 10)
            {
                // The second half of a character that was written as one escape of eight digits.
                Set(i, starts[i - 1], ends[i - 1]);
                return true;
            }

            SkipContinuation(value[i]);
            if (at >= to || text[at] != '\\')
            {
                return false;
            }

            var size = at + 1 >= to ? 1 : text[at + 1] switch { 'x' => 4, 'u' => 6, 'U' => 10, _ => 2 };
            Set(i, at, at + size);
            at += size;
            return true;
        }

        /// <summary>A backslash before a line break joins the lines; what stands before the next line's text is no text.</summary>
        private void SkipContinuation(char next)
        {
            while (at + 1 < to && text[at] == '\\' && text[at + 1] is '\n' or '\r')
            {
                at++;
                while (at < to && (text[at] is '\n' or '\r' || (text[at] is ' ' or '\t' && next != text[at])))
                {
                    at++;
                }
            }
        }

        private void Visible(int i, char c)
        {
            while (at < to && text[at] is ' ' or '\t' or '\n' or '\r')
            {
                at++;
            }

            var size = c == '\'' && scalar.Style == YamlScalarStyle.SingleQuoted ? 2 : 1;
            Set(i, at, at + size);
            at += size;
        }

        private void Blank(int i, char c)
        {
            if (at < to && text[at] == '\r' && c == '\n')
            {
                at++;
            }

            if (at < to && text[at] == c)
            {
                Set(i, at, at + 1);
                at++;
            }
            else
            {
                Set(i, at, at < to && text[at] is '\n' or '\r' ? at + 1 : at);
            }
        }
    }
}
