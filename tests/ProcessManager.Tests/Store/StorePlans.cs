namespace ProcessManager.Tests.Store;

/// <summary>The definitions folder of the store tests.</summary>
internal static class StorePlans
{
    public const string Organisation = """
        organisation: Test House
        zone: UTC
        calendar: office
        currencies: [EUR]
        groups:
          sales: Sales
        close-reasons:
          lost:
            no-interest: No interest
        types:
          sales:
            name: Sale
            won: Sold
            currency: EUR
            statuses: { new: New, active: Active }
        """;

    public const string Calendar = """
        calendar: office
        name: Office
        zone: UTC
        week:
          monday: ["08:00-17:00"]
          tuesday: ["08:00-17:00"]
          wednesday: ["08:00-17:00"]
          thursday: ["08:00-17:00"]
          friday: ["08:00-17:00"]
        """;

    public const string Welcome = """
        ---
        subject: Welcome, {{title}}
        ---
        # Hello

        Your *order* is **{{title}}**.
        """;

    /// <summary>One call, then two tasks.</summary>
    public const string Call = """
        plan: call
        name: Call back
        type: sales
        fields:
          secret: { kind: text, sensitive: true }
        roles:
          helper: { label: Helper, from: group:sales }
        stages:
          first:
            name: First
            probability: 10
            steps:
              call:
                task: Call {{title}} back
                assign: owner
                due: 1 day
                remind: [2 hours before due, every 1 day after due at most 3]
                outcomes:
                  interested:
                  no: { close: lost, reason: no-interest }
              quote: { task: Prepare the quote, assign: owner, after: call, due: 2 days }
              sheet: { task: Print the sheet, assign: group:sales, after: call }
          second:
            name: Second
            probability: 60
            steps:
              decide: { task: Record the decision, assign: owner }
        """;

    public const string Mail = """
        plan: mail
        name: Send a mail
        type: sales
        stages:
          only:
            name: Only
            probability: 0
            steps:
              hello:
                email: welcome
                to: customer@example.com
                wait: true
                outcomes: [sent, failed]
              thank: { task: Thank them, assign: owner, after: hello.sent }
              repair: { task: Find their address, assign: owner, after: hello.failed }
        """;

    public const string Alert = """
        plan: alert
        name: Tell people
        type: sales
        stages:
          only:
            name: Only
            probability: 0
            steps:
              tell: { alert: "Somebody asked for {{title}}", to: group:sales, acknowledge: true }
              pause: { wait: 1 hour }
              turns: { task: Take your turn, assign: group:sales, share: round-robin }
              idle: { task: Take what you can, assign: group:sales, share: least-busy }
        """;

    public static readonly (string Id, string Text)[] All = [("call", Call), ("mail", Mail), ("alert", Alert)];
}
