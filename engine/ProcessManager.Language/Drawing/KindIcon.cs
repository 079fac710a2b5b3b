namespace ProcessManager.Language.Drawing;

/// <summary>A sign for each kind of step, as strokes in a square of 16.</summary>
internal static class KindIcon
{
    public static string Path(StepKind kind) => kind switch
    {
        TaskKind => "M3 3h10v10H3zM5.5 8l2 2 3.5-4",
        ApprovalKind => "M8 1.8l5 2v4c0 3.2-2.1 5.4-5 6.4-2.9-1-5-3.2-5-6.4v-4zM5.6 8l1.8 1.8 3-3.4",
        NoteKind => "M4 2h6l3 3v9H4zM10 2v3h3M6 8h5M6 11h5",
        AlertKind => "M8 2a4 4 0 0 0-4 4v3l-1 2h10l-1-2V6a4 4 0 0 0-4-4zM6.7 13.5h2.6",
        EmailKind => "M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5",
        LetterKind => "M4 1.8h5.5L12.5 5v9.2h-8.5zM9.3 2v3.2h3M6 8h4.5M6 10.5h4.5",
        ReceiveKind => "M2 8.5h3l1 2h4l1-2h3V13H2zM8 2v5M5.8 5L8 7.2 10.2 5",
        HttpKind => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM2.2 8h11.6M8 2c2.2 2 2.2 10 0 12M8 2c-2.2 2-2.2 10 0 12",
        StartKind => "M5 3l7.5 5L5 13zM2.5 3v10",
        WaitKind => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.8V8l2.4 1.6",
        SetKind => "M3 13l.7-3L11 2.7l2.3 2.3L6 12.3zM9.5 4.2l2.3 2.3",
        DecideKind => "M8 1.8L14.2 8 8 14.2 1.8 8zM8 5v3.2M8 10.6v.2",
        GateKind => "M3 3l5 5 5-5M8 8v5.5",
        CloseKind => "M4 14.2V2.2M4 2.8h8l-2 2.7 2 2.7H4",
        GoToKind => "M2.5 8h10.5M9 4l4 4-4 4",
        _ => "M3 8h10",
    };

    public const string Redo = "M3.2 8a4.8 4.8 0 1 0 1.6-3.6M3.4 2.4v2.8h2.8";

    public const string GoTo = "M2.5 8h10.5M9 4l4 4-4 4";

    public const string End = "M4 14.2V2.2M4 2.8h8l-2 2.7 2 2.7H4";

    public const string Milestone = "M8 2.2L13.8 8 8 13.8 2.2 8z";
}
